"""./setup/replica: the product on a read replica, shown by PostgreSQL's statistics."""

import argparse
import sys
import types

from . import benchmark, benchmark_inside, databases, environment, replica_site
from .errors import SetupError, say

WORKERS, ROUNDS = (1, 2, 4), 3


def _options(arguments):
    parser = argparse.ArgumentParser(
        prog="./setup/replica",
        description="Start a primary and a streaming standby of PostgreSQL of their own, "
        "fill a database, serve it with the standby as read replica, make every read of "
        "the product and show by the servers' statistics where each ran; then the same "
        "load with and without the replica. All of it is thrown away at the end.",
        epilog="Both servers run on this machine, so the replica brings no speed here: it "
        "shows what goes there. The pytest of the same is tests/replica.",
    )
    add = parser.add_argument
    add("--size", type=int, default=20_000, help="contact events (20000)")
    add("--workers", type=int, default=2, help="of Odoo (2)")
    add("--users", type=int, default=20, help="at once under load (20)")
    add("--seconds", type=int, default=10, help="of each load (10; 0: no load)")
    add(
        "--sizing",
        action="store_true",
        help="only the load by workers: the table of kontakti_contact/readme/SIZING.md",
    )
    options = parser.parse_args(arguments)
    if not benchmark.SMALLEST <= options.size <= benchmark.LARGEST:
        sizes = f"{benchmark.SMALLEST:,} to {benchmark.LARGEST:,}"
        raise SetupError(f"--size goes from {sizes}")
    if options.workers < 1 or not 1 < options.users <= benchmark.MOST_USERS:
        raise SetupError(
            f"--workers wants 1 or more, --users 2 to {benchmark.MOST_USERS}"
        )
    return options


def main(arguments):
    options = _options(arguments)
    sys.path.insert(0, str(benchmark_inside.TESTS))
    with environment.ready() as run:
        with replica_site.filled(run, options.size, options.users) as site:
            if options.sizing:
                return _size(site, options)
            elsewhere = _prove(site, options)
            if options.seconds:
                _load(site, options)
    return 1 if elsewhere else 0


def _prove(site, options):
    """Print where each call ran; returns the reads that did not run on the replica."""
    from replica import calls, figures, proof, report

    with site.served(options.workers):
        client = calls.Client(site, site.people[0])
        reads = [proof.trace(site, call) for call in calls.reads(client)]
        writes = [proof.trace(site, call) for call in calls.writes(client)]
        say(f"the standby: {site.pair.replication()}, {_recovery(site)}")
        print(report.proof_text([*reads, *writes]))
        print(report.arrival_text(figures.arrival(site)))
    elsewhere = [found["name"] for found in reads if not proof.is_on_replica(found)]
    if elsewhere:
        say(f"not on the replica alone: {', '.join(elsewhere)}")
    return elsewhere


def _recovery(site):
    with databases.cursor(site.pair.standby.settings(), site.db) as cr:
        cr.execute("SELECT pg_is_in_recovery()")
        return f"pg_is_in_recovery: {cr.fetchone()[0]}"


def _size(site, options):
    """Print the load by workers, each the best of some rounds by turns."""
    from replica import report

    people, screens = _record(site, options)
    found = {workers: {} for workers in WORKERS}
    for workers in WORKERS * ROUNDS:
        with site.served(workers, replica=False):
            for name, rate in _rates(site, people, screens, options, workers).items():
                found[workers][name] = max(rate, found[workers].get(name, 0))
        say(f"{workers} workers, at best a second: {found[workers]}")
    print(report.sizing_text(found))


def _rates(site, people, screens, options, workers):
    """``{kind of visit: a second}`` on the site as it is served now."""
    from benchmark import load

    crowd = load.Crowd(site.url, people, screens, workers)
    visits = {
        "task list": load.dashboard,
        "mix of work": load.mixed,
        "CRM pipeline": load.pipeline,
    }
    crowd.rush("warm", options.users, min(3, options.seconds), load.mixed)
    runs = {
        name: crowd.rush(name, options.users, options.seconds, visit)
        for name, visit in visits.items()
    }
    errors = [error for run in runs.values() for error in run["first_errors"]]
    if errors:
        raise SetupError(f"under load: {errors[0]}")
    return {name: round(run["per_second"], 1) for name, run in runs.items()}


def _record(site, options):
    chosen = types.SimpleNamespace(users=[options.users])
    return benchmark._recorded(site.run, site.db, chosen)


def _load(site, options):
    """The same load without the replica, with it, and with a primary that waits."""
    from replica import report

    people, screens = _record(site, options)
    runs = []
    for name, replica, is_waiting in (
        ("no", False, False),
        ("yes", True, False),
        ("yes, remote_apply", True, True),
    ):
        site.pair.wait_for_standby(is_waiting)
        say(f"load; read replica: {name}")
        with site.served(options.workers, replica=replica):
            runs.append(_rush(site, people, screens, options, name, replica))
    site.pair.wait_for_standby(False)
    print(report.load_text(runs))
    for run in runs:
        print(report.taken_text(run))


def _rush(site, people, screens, options, name, replica):
    from benchmark import load
    from replica import figures

    crowd = load.Crowd(site.url, people, screens, options.workers)
    count, seconds = options.users, options.seconds
    crowd.rush("warm", count, min(3, seconds), load.mixed)
    with figures.Watch(site, replica) as watch:
        mix = crowd.rush("mix", count, seconds, load.mixed)
        dashboard = crowd.rush("dashboard", count, seconds, load.dashboard)
    return {"name": name, "mix": mix, "dashboard": dashboard, "taken": watch.found()}
