"""The tables of `./setup/replica`."""

HEADER = (
    *("call", "primary: scans", "rows read", "rows written"),
    *("replica: scans", "rows read", "falls back"),
)
LOAD_HEADER = (
    *("read replica", "the mix a second", "p50 ms", "p95 ms", "p99 ms", "errors"),
    *("task list a second", "p50 ms"),
)


def proof_text(traces):
    """Where each call ran, a line a call."""
    return table([HEADER, *map(_proof_row, traces)])


def _proof_row(found):
    primary, replica = found["primary"], found["replica"]
    return (
        *(found["name"], primary["scans"], primary["rows"], primary["written"]),
        *(replica["scans"], replica["rows"], "yes" if found["falls_back"] else "no"),
    )


def load_text(runs):
    """The load beside each other, and what the servers took."""
    return table([LOAD_HEADER, *map(_load_row, runs)])


def _load_row(run):
    mix, dashboard = run["mix"], run["dashboard"]
    return (
        run["name"],
        f"{mix['per_second']:.1f}",
        *(_milliseconds(mix[key]) for key in ("p50", "p95", "p99")),
        mix["errors"] + dashboard["errors"],
        f"{dashboard['per_second']:.1f}",
        _milliseconds(dashboard["p50"]),
    )


def taken_text(run):
    """One line: memory, connections and lag of a run."""
    taken = run["taken"]
    memory = ", ".join(f"{name} {size} MB" for name, size in taken["memory"].items())
    servers = taken["connections"].items()
    connections = ", ".join(f"{count} to the {name}" for name, count in servers)
    return (
        f"{run['name']}: memory at most: {memory}; connections at most: {connections}; "
        f"the standby behind: median {_milliseconds(taken['lag_p50'])} ms, "
        f"at most {_milliseconds(taken['lag_max'])} ms"
    )


def arrival_text(found):
    times = ", ".join(f"{key} {1000 * value:.1f} ms" for key, value in found.items())
    return f"from a commit until the standby shows it: {times}"


def sizing_text(found):
    """``{workers: {kind of visit: a second}}`` as a table for Markdown."""
    kinds = list(next(iter(found.values())))
    rows = [["workers", *(f"{kind} a second" for kind in kinds)], ["---"] * 4]
    rows += [[workers, *rates.values()] for workers, rates in found.items()]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def _milliseconds(seconds):
    return "-" if seconds is None else f"{1000 * seconds:.0f}"


def table(rows):
    """Rows of anything, the first the header, in columns."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _line(row, widths):
    first, *rest = row
    cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
    return "  ".join([first.ljust(widths[0]), *cells])
