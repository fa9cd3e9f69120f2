"""The tables of `./setup/replica`."""

from benchmark.report import milliseconds, table

HEADER = (
    *("call", "primary: scans", "rows read", "rows written"),
    *("replica: scans", "rows read", "falls back"),
)
LOAD_HEADER = (
    *("read replica", "the mix a second", "p50", "p95", "p99", "errors"),
    *("task list a second", "p50"),
)


def proof_text(traces):
    """Where each call ran, a line a call."""
    return table(HEADER, map(_proof_row, traces))


def _proof_row(found):
    primary, replica = found["primary"], found["replica"]
    return (
        *(found["name"], primary["scans"], primary["rows"], primary["written"]),
        *(replica["scans"], replica["rows"], "yes" if found["falls_back"] else "no"),
    )


def load_text(runs):
    """The load beside each other, and what the servers took."""
    return table(LOAD_HEADER, map(_load_row, runs))


def _load_row(run):
    mix, dashboard = run["mix"], run["dashboard"]
    return (
        run["name"],
        f"{mix['per_second']:.1f}",
        *(milliseconds(mix[key]) for key in ("p50", "p95", "p99")),
        mix["errors"] + dashboard["errors"],
        f"{dashboard['per_second']:.1f}",
        milliseconds(dashboard["p50"]),
    )


def taken_text(run):
    """One line: memory, connections and lag of a run."""
    taken = run["taken"]
    memory = ", ".join(f"{name} {size} MB" for name, size in taken["memory"].items())
    servers = taken["connections"].items()
    connections = ", ".join(f"{count} to the {name}" for name, count in servers)
    return (
        f"{run['name']}: memory at most: {memory}; connections at most: {connections}; "
        f"the standby behind: median {milliseconds(taken['lag_p50'])}, "
        f"at most {milliseconds(taken['lag_max'])}"
    )


def arrival_text(found):
    times = ", ".join(f"{key} {milliseconds(value)}" for key, value in found.items())
    return f"from a commit until the standby shows it: {times}"


def sizing_text(found):
    """``{workers: {kind of visit: a second}}`` as a table for Markdown."""
    kinds = next(iter(found.values()))
    header = ("workers", *(f"{kind} a second" for kind in kinds))
    return table(
        header, ([workers, *rates.values()] for workers, rates in found.items())
    )
