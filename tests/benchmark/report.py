"""The benchmark's table, JSON and the comparison with the run kept last."""

import json
import os
import platform
import subprocess

STATEMENTS = {"task_list": 3}
HEADER = (
    *("measure", "median", "p95", "SQL", "in SQL", "beside it", "ratio", "limit"),
    "met",
)
WRITING_HEADER = (
    *("writing", "rows", "a second", "MB", "SQL a row", "beside it", "rows "),
    *("a second ", "MB ", "SQL a row ", "ratio"),
)
LIVE_HEADER = (
    *("open task lists", "changes a second", "of a core", "limit", "calls a second"),
    *("all true after", "untrue at the end", "met"),
)
LOAD_HEADER = ("at once over HTTP", "users", "a second", "p50", "p95", "p99", "errors")


def is_met(result):
    """Whether a measure keeps to the contract."""
    if result.get("at_least"):
        return result["ratio"] >= result["limit"] and not result["errors"]
    few = result["ours"]["statements"] <= STATEMENTS.get(result["key"], 10**9)
    return result["ratio"] <= result["limit"] and few


def throughput(load):
    """The dashboard's beside the pipeline's, as a result like the others."""
    ours, theirs = _both(load, "dashboard"), _both(load, "pipeline")
    ratio = ours["per_second"] / theirs["per_second"] if theirs["per_second"] else None
    return {
        "key": "load",
        "name": f"Dashboard, {ours['users']} users at once",
        "peer": "the pipeline of the CRM",
        "limit": 5.0,
        "at_least": True,
        "ours": ours,
        "theirs": theirs,
        "ratio": ratio,
        "errors": sum(run["errors"] for run in load),
    }


def _both(load, name):
    turns = [run for run in load if run["name"] in (name, f"{name} again")]
    seconds = sum(run["seconds"] for run in turns)
    visits = sum(run["visits"] for run in turns)
    return {
        "users": turns[0]["users"],
        "per_second": visits / seconds,
        "p50": max(run["p50"] or 0 for run in turns),
        "p95": max(run["p95"] or 0 for run in turns),
    }


def machine():
    """What the figures depend on, without naming the machine."""
    with open("/proc/meminfo") as file:
        kilobytes = int(file.readline().split()[1])
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(kilobytes / 2**20),
        "system": _system(),
        "python": platform.python_version(),
        "load_average_before": round(os.getloadavg()[0], 1),
    }


def _processor():
    with open("/proc/cpuinfo") as file:
        names = [line.split(":")[1].strip() for line in file if "model name" in line]
    return names[0] if names else platform.machine()


def _system():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def revision(folder):
    """The commit measured, with a plus when files differ from it."""
    command = ["git", "-C", str(folder), "describe", "--always", "--dirty=+"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def text(run, kept=None):
    """The whole report as text, for a terminal or a README."""
    rows = [_row(result, kept) for result in run["results"]]
    header = (*HEADER, "kept") if kept else HEADER
    parts = [_about(run), table(header, rows)]
    if run.get("writing"):
        parts.append(writing_table(run["writing"]))
    if run.get("load"):
        parts.append(table(LOAD_HEADER, map(_load_row, run["load"])))
    if run.get("live"):
        parts.append(table(LIVE_HEADER, [_live_row(run["live"])]))
    missed = [result["name"] for result in run["results"] if not is_met(result)]
    parts.append(f"Not met: {', '.join(missed)}" if missed else "Every limit is met.")
    return "\n\n".join(parts)


def _about(run):
    return (
        f"{run['size']:,} contact events ({run['opened']:,} open), as many leads, "
        f"{run['customers']:,} customers, seed {run['seed']}, {where(run)}"
    )


def where(run):
    """When, on what and of which commit."""
    machine, versions = run["machine"], run["versions"]
    return (
        f"{run['date']}. Odoo {versions['odoo']}, PostgreSQL {versions['postgresql']}, "
        f"Python {machine['python']}, {machine['system']}, {machine['cores']} × "
        f"{machine['processor']}, {machine['memory_gb']} GB, load average before "
        f"{machine['load_average_before']}. Commit {versions['kontakti']}."
    )


def _row(result, kept):
    before = [_kept_ratio(result, kept)] if kept else []
    if result.get("at_least"):
        ours = [f"{result['ours']['per_second']:.1f}/s", "", "", ""]
        theirs, sign = f"{result['theirs']['per_second']:.1f}/s", "≥"
    else:
        numbers = result["ours"]
        ours = [milliseconds(numbers["median"]), milliseconds(numbers["p95"])]
        ours += [str(numbers["statements"]), f"{numbers['sql_share']:.0%}"]
        theirs, sign = milliseconds(result["theirs"]["median"]), "≤"
    met = "yes" if is_met(result) else "NO"
    limits = [f"{result['ratio']:.3f}", f"{sign} {result['limit']:g}", met, *before]
    return [result["name"], *ours, theirs, *limits]


def _kept_ratio(result, kept):
    for other in (kept or {}).get("results", ()):
        if other["key"] == result["key"]:
            return f"{other['ratio']:.3f}"
    return ""


def writing_table(writing):
    """Rates and memory; the CRM writes fewer rows where all would take too long."""
    return table(WRITING_HEADER, map(_writing_row, writing))


def _writing_row(one):
    numbers = [
        [
            f"{one[prefix + 'rows']:,}",
            f"{one[prefix + 'per_second']:,.0f}",
            f"{one[prefix + 'peak_mb']:.0f}",
            f"{one[prefix + 'statements']:.3g}",
        ]
        for prefix in ("", "peer_")
    ]
    ratio = f"{one['per_second'] / one['peer_per_second']:.1f} ×"
    return [one["name"], *numbers[0], one["peer"], *numbers[1], ratio]


def _load_row(run):
    times = [milliseconds(run[name]) for name in ("p50", "p95", "p99")]
    rate = f"{run['per_second']:.1f}"
    return [run["name"], str(run["users"]), rate, *times, str(run["errors"])]


def _live_row(live):
    is_met = live["cores"] <= live["limit"] and not live["untrue"]
    return [
        str(live["listeners"]),
        str(live["changes"]),
        f"{live['cores']:.2f}",
        f"≤ {live['limit']:g}",
        str(live["calls_a_second"]),
        f"{live['true_after']:.1f} s",
        str(live["untrue"]),
        "yes" if is_met and not live["errors"] else "NO",
    ]


def milliseconds(seconds):
    return "" if seconds is None else f"{seconds * 1000:,.1f} ms"


def table(header, rows):
    """As Markdown, with columns that line up in a terminal too."""
    rows = [list(map(str, row)) for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def kept_run(path, size):
    """The run kept last, when it was of the same size."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except OSError:
        return None
    return kept if kept["size"] == size else None


def bars(run):
    """The rows and the title of the picture, see :func:`benchmark.plot.bars`."""
    rows = []
    for result in run["results"]:
        share = result["ratio"] / result["limit"]
        if result.get("at_least"):
            share = 1 / share
        sign = "≥" if result.get("at_least") else "≤"
        label = f"{result['ratio']:.2f} ({sign} {result['limit']:g})"
        rows.append((result["name"], share, label, is_met(result)))
    return (
        rows,
        f"How much of its limit each measure takes, {run['size']:,} contact events",
    )


def growth_text(run):
    """A table: an operation a row, a size a column."""
    series = run["growth"]
    sizes = sorted({size for line in series.values() for size, _seconds in line})
    rows = []
    for name, line in series.items():
        times = dict(map(tuple, line))
        rows.append([name, *(milliseconds(times.get(size)) for size in sizes)])
    times = table(("operation", *(f"{size:,}" for size in sizes)), rows)
    return f"Seed {run['seed']}, {where(run)}\n\n{times}"


def save(run, folder, name="latest"):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path
