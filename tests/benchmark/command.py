"""./setup/benchmark: how fast the product is, as ratios to Odoo's own CRM."""

import argparse
import datetime
from pathlib import Path

from benchmark import (
    growth,
    host_command,
    inside,
    live,
    load,
    options,
    plot,
    readme,
    report,
    screens,
    wkhtmltopdf,
)
from kontakti_setup import paths
from kontakti_setup.errors import say
from kontakti_setup.machine import databases
from rig import environment

RESULTS = paths.TESTS / "benchmark" / "results"
USER = "benchmark000"
LABELS_FROM = 100_000  # contact events; below there are too few addresses


def _options(arguments):
    parser = options.parser(
        "benchmark",
        "Fill a database of its own with contact events and as many leads, "
        "the same for the same seed, and measure the product beside Odoo's CRM.",
        "Below a million contact events a twentieth is open, above it 50,000. "
        "Filling a million takes some minutes; --size 20000 is for trying things.",
        size=1_000_000,
        users=[50, 200],
        workers=4,
        seconds=20,
    )
    add = parser.add_argument
    add("--seed", type=int, default=19, help="other rows of the same kind (19)")
    add("--repeats", type=int, default=15, help="of each measure (15)")
    _add_parts(add)
    add(
        "--keep",
        action="store_true",
        help="keep the results in tests/benchmark/results and in the README",
    )
    add("--output", type=Path, default=paths.cache() / "benchmark", help="else here")
    add(
        "--keep-database",
        action="store_true",
        help="keep what was filled, for next time",
    )
    add("--fresh", action="store_true", help="fill anew what was kept")
    return _checked(parser.parse_args(arguments))


def _add_parts(add):
    add(
        "--host",
        action=argparse.BooleanOptionalAction,
        help="only Odoo's own operations, with the addons and without, beside --size "
        "messages; or all but these",
    )
    add(
        "--growth",
        type=int,
        nargs="*",
        metavar="SIZE",
        help="instead: how times grow (10000 100000 1000000 10000000: needs 30 GB)",
    )


def _checked(chosen):
    if chosen.growth == []:
        chosen.growth = list(growth.SIZES)
    if chosen.keep:
        chosen.output = RESULTS
    return options.check(chosen, *(chosen.growth or ()))


def main(arguments):
    chosen = _options(arguments)
    with environment.ready() as run:
        run = run.benchmark()
        if chosen.growth:
            return growth.publish(run, chosen, USER, plan)
        if chosen.host:
            return host_command.publish(run, chosen)
        found = _measure(run, chosen)
        _report(run, chosen, found)
        return 0 if chosen.host is False else host_command.publish(run, chosen)


def plan(size, seed, opened=None):
    """How many of what a database of `size` holds."""
    opened = opened or min(50_000, size // 20)
    return {
        "size": size,
        "opened": opened,
        "mailing": opened * 2 // 5,
        "customers": min(50_000, max(size // 20, 100)),
        "seed": seed,
    }


def _filled(run, chosen, hint, filling):
    return inside.filled(
        run, hint, keep=chosen.keep_database, fresh=chosen.fresh, **filling
    )


def _measure(run, chosen):
    machine = report.machine()
    filling = plan(chosen.size, chosen.seed)
    # the same open contact events and mailing list, with a fifth as many done ones
    short = {**filling, "size": filling["opened"] * 6 // 5}
    big, seconds = _filled(run, chosen, "big", filling)
    small, _seconds = _filled(run, chosen, "small", short)
    if chosen.keep_database:
        inside.drop_kept(run, ("big", "small"), {big, small})
    people, screens = recorded(run, big, chosen)
    results = inside.call(
        run,
        big,
        "measures.measure",
        user=USER,
        small=small,
        screens=screens,
        repeats=chosen.repeats,
    )
    results += _labels(run, big, chosen)
    writing = inside.call(run, big, "writing.measure", user=USER, size=chosen.size)
    inside.vacuum(run, big)  # as autovacuum does meanwhile
    load = _load(run, big, chosen, people, screens) if chosen.seconds else []
    listening = _live(run, big, chosen, people, screens) if chosen.seconds else None
    if load:
        results.append(report.throughput(load))
    return {
        **filling,
        "date": datetime.date.today().isoformat(),
        "machine": machine,
        "versions": inside.versions(run),
        "fill_seconds": round(seconds, 1),
        "workers": chosen.workers,
        "results": results,
        "writing": writing,
        "load": load,
        "live": listening,
    }


def recorded(run, name, chosen):
    """The users' sessions, and what the web client asks for as the first of them."""
    logins = [f"benchmark{number:03d}" for number in range(max(chosen.users))]
    people = inside.call(run, name, "sessions.make", logins=logins)
    say("recording what the web client asks for")
    with run.serve(name) as site:
        return people, screens.record(run, site, people[0])


def _labels(run, name, chosen):
    """Ours beside Odoo's, whose report takes its styles from a server."""
    programs = chosen.size >= LABELS_FROM and wkhtmltopdf.folder()
    if not programs:
        return []
    with run.serve(name) as site:
        arguments = {"user": USER, "programs": programs, "url": site.url}
        repeats = max(3, chosen.repeats // 5)
        return [inside.call(run, name, "labels.measure", repeats=repeats, **arguments)]


def _load(run, name, chosen, people, screens):
    with run.serve(name, workers=chosen.workers, max_cron_threads=0) as site:
        crowd = load.Crowd(site.url, people, screens, chosen.workers)
        found = load.measure(crowd, chosen.users, chosen.seconds, say)
    with databases.cursor(run._odoo.server, name) as cr:
        cr.execute("DELETE FROM kontakti_contact WHERE name = %s", [load.LOGGED])
        cr.execute("VACUUM ANALYZE kontakti_contact")
    return found


def _live(run, name, chosen, people, screens):
    """Open task lists while others work; three times as long as another load."""
    with run.serve(name, workers=chosen.workers, max_cron_threads=0) as site:
        crowd = load.Crowd(site.url, people, screens, chosen.workers)
        return live.measure(run, site, crowd, people, 3 * chosen.seconds, say)


def _report(run, chosen, found):
    kept = report.kept_run(RESULTS / "latest.json", found["size"])
    print(report.text(found, kept))
    say(f"wrote {report.save(found, chosen.output)}")
    if chosen.keep:
        readme.put("latest", report.text(found))
    plot.save(run, plot.bars(*report.bars(found)), chosen.output / "latest")
