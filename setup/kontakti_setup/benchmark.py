"""./setup/benchmark: how fast the product is, as ratios to Odoo's own CRM."""

import argparse
import datetime
import sys
from pathlib import Path

from . import (
    benchmark_growth,
    benchmark_host,
    benchmark_readme,
    databases,
    environment,
    paths,
    wkhtmltopdf,
)
from . import benchmark_inside as inside
from .errors import SetupError, say

RESULTS = paths.CHECKOUT / "tests" / "benchmark" / "results"
SMALLEST, LARGEST = 2000, 10_000_000
USER = "benchmark000"
LABELS_FROM = 100_000  # contact events; below there are too few addresses
MOST_USERS = 200


def _options(arguments):
    parser = argparse.ArgumentParser(
        prog="./setup/benchmark",
        description="Fill a database of its own with contact events and as many leads, "
        "the same for the same seed, and measure the product beside Odoo's CRM.",
        epilog="Below a million contact events a twentieth is open, above it 50,000. "
        "Filling a million takes some minutes; --size 20000 is for trying things.",
    )
    add = parser.add_argument
    add("--size", type=int, default=1_000_000, help="contact events (1000000)")
    add("--seed", type=int, default=19, help="other rows of the same kind (19)")
    add("--repeats", type=int, default=15, help="of each measure (15)")
    add("--seconds", type=int, default=20, help="of each load (20; 0: no load)")
    add("--users", type=int, nargs="+", default=[50, 200], help="at once (50 200)")
    add("--workers", type=int, default=4, help="of the server under load (4)")
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


def _checked(options):
    if options.growth == []:
        options.growth = list(benchmark_growth.SIZES)
    if options.keep:
        options.output = RESULTS
    sizes = [options.size, *(options.growth or ())]
    if not all(SMALLEST <= size <= LARGEST for size in sizes):
        raise SetupError(f"sizes go from {SMALLEST:,} to {LARGEST:,}")
    if not all(0 < users <= MOST_USERS for users in options.users):
        raise SetupError(f"--users wants numbers from 1 to {MOST_USERS}")
    return options


def main(arguments):
    options = _options(arguments)
    sys.path.insert(0, str(inside.TESTS))
    with environment.ready() as run:
        run = run.benchmark()
        if options.growth:
            return benchmark_growth.report(run, options, USER, plan)
        if options.host:
            return benchmark_host.report(run, options)
        found = _measure(run, options)
        _report(run, options, found)
        return 0 if options.host is False else benchmark_host.report(run, options)


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


def _filled(run, options, hint, chosen):
    return inside.filled(
        run, hint, keep=options.keep_database, fresh=options.fresh, **chosen
    )


def _measure(run, options):
    from benchmark import report

    machine = report.machine()
    chosen = plan(options.size, options.seed)
    # the same open contact events and mailing list, with a fifth as many done ones
    short = {**chosen, "size": chosen["opened"] * 6 // 5}
    big, seconds = _filled(run, options, "big", chosen)
    small, _seconds = _filled(run, options, "small", short)
    if options.keep_database:
        inside.drop_kept(run, ("big", "small"), {big, small})
    people, screens = _recorded(run, big, options)
    results = inside.call(
        run,
        big,
        "measures.measure",
        user=USER,
        small=small,
        screens=screens,
        repeats=options.repeats,
    )
    results += _labels(run, big, options)
    writing = inside.call(run, big, "writing.measure", user=USER, size=options.size)
    inside.vacuum(run, big)  # as autovacuum does meanwhile
    load = _load(run, big, options, people, screens) if options.seconds else []
    if load:
        results.append(report.throughput(load))
    return {
        **chosen,
        "date": datetime.date.today().isoformat(),
        "machine": machine,
        "versions": inside.versions(run),
        "fill_seconds": round(seconds, 1),
        "workers": options.workers,
        "results": results,
        "writing": writing,
        "load": load,
    }


def _recorded(run, name, options):
    """The users' sessions, and what the web client asks for as the first of them."""
    from benchmark import screens

    logins = [f"benchmark{number:03d}" for number in range(max(options.users))]
    people = inside.call(run, name, "sessions.make", logins=logins)
    say("recording what the web client asks for")
    with run.serve(name) as site:
        return people, screens.record(run, site, people[0])


def _labels(run, name, options):
    """Ours beside Odoo's, whose report takes its styles from a server."""
    programs = options.size >= LABELS_FROM and wkhtmltopdf.folder()
    if not programs:
        return []
    with run.serve(name) as site:
        arguments = {"user": USER, "programs": programs, "url": site.url}
        repeats = max(3, options.repeats // 5)
        return [inside.call(run, name, "labels.measure", repeats=repeats, **arguments)]


def _load(run, name, options, people, screens):
    from benchmark import load

    with run.serve(name, workers=options.workers, max_cron_threads=0) as site:
        crowd = load.Crowd(site.url, people, screens, options.workers)
        found = load.measure(crowd, options.users, options.seconds, say)
    with databases.cursor(run._odoo.server, name) as cr:
        cr.execute("DELETE FROM kontakti_contact WHERE name = %s", [load.LOGGED])
        cr.execute("VACUUM ANALYZE kontakti_contact")
    return found


def _report(run, options, found):
    from benchmark import plot, report

    kept = report.kept_run(RESULTS / "latest.json", found["size"])
    print(report.text(found, kept))
    say(f"wrote {report.save(found, options.output)}")
    if options.keep:
        benchmark_readme.put("latest", report.text(found))
    plot.save(run, plot.bars(*report.bars(found)), options.output / "latest")
