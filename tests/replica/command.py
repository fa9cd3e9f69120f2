"""./setup/replica: the product on a read replica, shown by PostgreSQL's statistics."""

from benchmark import command, load, options
from kontakti_setup.errors import SetupError, say
from kontakti_setup.machine import databases
from replica import calls, figures, proof, report, served_site
from rig import environment

WORKERS, ROUNDS = (1, 2, 4), 3


def _options(arguments):
    parser = options.parser(
        "replica",
        "Start a primary and a streaming standby of PostgreSQL of their own, "
        "fill a database, serve it with the standby as read replica, make every read of "
        "the product and show by the servers' statistics where each ran; then the same "
        "load with and without the replica. All of it is thrown away at the end.",
        "Both servers run on this machine, so the replica brings no speed here: it "
        "shows what goes there. The pytest of the same is tests/replica.",
        size=20_000,
        users=[20],
        workers=2,
        seconds=10,
    )
    parser.add_argument(
        "--sizing",
        action="store_true",
        help="only the load by workers: the table of kontakti_contact/readme/SIZING.md",
    )
    return options.check(parser.parse_args(arguments), fewest_users=2)


def main(arguments):
    chosen = _options(arguments)
    with environment.ready() as run:
        with served_site.filled(run, chosen.size, max(chosen.users)) as site:
            if chosen.sizing:
                return _size(site, chosen)
            elsewhere = _prove(site, chosen)
            if chosen.seconds:
                _load(site, chosen)
    return 1 if elsewhere else 0


def _prove(site, chosen):
    """Print where each call ran; returns the reads that did not run on the replica."""

    with site.served(chosen.workers):
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


def _size(site, chosen):
    """Print the load by workers, each the best of some rounds by turns."""

    people, screens = _record(site, chosen)
    found = {workers: {} for workers in WORKERS}
    for workers in WORKERS * ROUNDS:
        with site.served(workers, replica=False):
            for name, rate in _rates(site, people, screens, chosen, workers).items():
                found[workers][name] = max(rate, found[workers].get(name, 0))
        say(f"{workers} workers, at best a second: {found[workers]}")
    print(report.sizing_text(found))


def _rates(site, people, screens, chosen, workers):
    """``{kind of visit: a second}`` on the site as it is served now."""

    crowd = load.Crowd(site.url, people, screens, workers)
    visits = {
        "task list": load.dashboard,
        "mix of work": load.mixed,
        "CRM pipeline": load.pipeline,
    }
    crowd.rush("warm", max(chosen.users), min(3, chosen.seconds), load.mixed)
    runs = {
        name: crowd.rush(name, max(chosen.users), chosen.seconds, visit)
        for name, visit in visits.items()
    }
    errors = [error for run in runs.values() for error in run["first_errors"]]
    if errors:
        raise SetupError(f"under load: {errors[0]}")
    return {name: round(run["per_second"], 1) for name, run in runs.items()}


def _record(site, chosen):
    return command.recorded(site.run, site.db, chosen)


def _load(site, chosen):
    """The same load without the replica, with it, and with a primary that waits."""

    people, screens = _record(site, chosen)
    runs = []
    for name, replica, is_waiting in (
        ("no", False, False),
        ("yes", True, False),
        ("yes, remote_apply", True, True),
    ):
        site.pair.wait_for_standby(is_waiting)
        say(f"load; read replica: {name}")
        with site.served(chosen.workers, replica=replica):
            runs.append(_rush(site, people, screens, chosen, name, replica))
    site.pair.wait_for_standby(False)
    print(report.load_text(runs))
    for run in runs:
        print(report.taken_text(run))


def _rush(site, people, screens, chosen, name, replica):

    crowd = load.Crowd(site.url, people, screens, chosen.workers)
    count, seconds = max(chosen.users), chosen.seconds
    crowd.rush("warm", count, min(3, seconds), load.mixed)
    with figures.Watch(site, replica) as watch:
        mix = crowd.rush("mix", count, seconds, load.mixed)
        dashboard = crowd.rush("dashboard", count, seconds, load.dashboard)
    return {"name": name, "mix": mix, "dashboard": dashboard, "taken": watch.found()}
