"""The host part's table: Odoo's own operations with the addons beside without."""

from benchmark import report
from benchmark.quantiles import quantile

# In the order of the table.
OPERATIONS = {
    "inbox": "Inbox",
    "counter": "Inbox counter",
    "chatter": "Chatter of a partner",
    "reading": "Reading messages",
    "followers": "Followers of a partner",
    "attachments": "List of attachments",
    "systray": "Activities in the systray",
    "calendar": "A month of the calendar",
    "partners": "List of partners",
    "form": "Form of a partner",
    "save": "Saving a partner",
    "create_delete": "Creating and deleting a partner",
}
# What Kontakti shows there to its own users: no limit.
SHOWN = {
    "partners_whole": "List of partners, our columns",
    "form_whole": "Form of a partner, our fields",
}
USER, EMPLOYEE = "host000", "hostemployee000"
PEOPLE = {USER: "Kontakti user", EMPLOYEE: "employee"}
LIMIT, NEAR = 1.05, 0.0002  # times the time without, or so many seconds more
HEADER = (
    *("operation", "as", "with", "without", "ratio", "more", "SQL with"),
    *("SQL without", "met"),
)
CALLS = "calls"  # of functions, times those without


def questions():
    """The login and the operation of each line."""
    for key in (*OPERATIONS, *SHOWN):
        yield USER, key
    for key in OPERATIONS:
        yield EMPLOYEE, key


def line(login, key, taken, calls):
    """Return a line of the table.

    :param taken: what calls with the addons and calls without took, see
        :func:`benchmark.host.serve`
    :param calls: how many function calls an operation is with the addons and without
    :return: ``{"key", "name", "as", "with", "without", "ratio"}``; a side has `median` in
        seconds, the highest number of `statements`, `found` and `calls`
    """
    ours, theirs = map(_numbers, taken, calls)
    ratio = ours["median"] / theirs["median"]
    found = {"key": key, "name": {**OPERATIONS, **SHOWN}[key], "as": PEOPLE[login]}
    return {**found, "with": ours, "without": theirs, "ratio": ratio}


def _numbers(taken, calls):
    return {
        "calls": calls,
        "median": quantile(sorted(one["seconds"] for one in taken), 0.5),
        "statements": max(one["statements"] for one in taken),
        "found": taken[0]["found"],
        "repeats": len(taken),
    }


def is_met(line):
    """Whether an operation is as fast as without, and has no statement more."""
    if line["key"] in SHOWN:
        return True
    ours, theirs = line["with"], line["without"]
    more = ours["median"] - theirs["median"]
    return costs_no_statement(line) and (line["ratio"] <= LIMIT or more <= NEAR)


def costs_no_statement(line):
    """Whether an operation has as many statements as without, or less."""
    return line["with"]["statements"] <= line["without"]["statements"]


def calls_ratio(line):
    """How many times the function calls without an operation is with the addons."""
    return line["with"]["calls"] / line["without"]["calls"]


def text(found):
    """The whole part as text, for a terminal or a README."""
    # a run kept from before they were counted has none
    columns = [CALLS] if "calls" in found["host"][0]["with"] else []
    missed = [f"{n['name']} ({n['as']})" for n in found["host"] if not is_met(n)]
    return "\n\n".join(
        [
            f"{found['size']:,} messages, {found['documents']:,} documents (contact "
            "events; without the addons leads that the same people see), seed "
            f"{found['seed']}, {report.where(found)}",
            report.table(
                (*HEADER, *columns), (_row(line, columns) for line in found["host"])
            ),
            f"Not met: {', '.join(missed)}" if missed else "Every limit is met.",
        ]
    )


def _row(line, columns):
    ours, theirs = line["with"], line["without"]
    more = (ours["median"] - theirs["median"]) * 1000
    met = "yes" if is_met(line) else "NO"
    return [
        line["name"],
        line["as"],
        f"{ours['median'] * 1000:,.2f} ms",
        f"{theirs['median'] * 1000:,.2f} ms",
        f"{line['ratio']:.3f}",
        f"{more:+,.2f} ms",
        str(ours["statements"]),
        str(theirs["statements"]),
        "" if line["key"] in SHOWN else met,
        *(f"{calls_ratio(line):.3f}" for _column in columns),
    ]
