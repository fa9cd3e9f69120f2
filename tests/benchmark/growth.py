"""How the times of the main operations grow with the number of contact events."""

import datetime

from benchmark import inside, plot, readme, report
from kontakti_setup.errors import say
from kontakti_setup.machine import databases

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
SHARE = 20  # one in so many is open
CUSTOMERS = 50_000  # at any size: only the contact events grow
SHARE_OPEN, AS_MANY = "5 % open", "as many open"


def measure(run, options, user, plan):
    """Each operation at several sizes, with a share open and with as many open.

    :param plan: ``plan(size, seed, opened)``: what to fill
    :return: ``{"operation, 5 % open": [(size, seconds)]}``
    """
    series = {}
    smallest = min(options.growth) // 2
    for size in sorted(options.growth):
        say(f"growth: {size:,} contact events")
        opened = size // SHARE
        name = _filled(run, plan(size, options.seed, opened))
        _add(run, series, name, size, (SHARE_OPEN, user, options.repeats))
        if opened >= smallest:
            inside.call(run, name, "fill.close", opened=smallest)
            _tidy(run, name)
        else:
            run.drop(name)
            name = _filled(run, plan(size, options.seed, smallest))
        _add(run, series, name, size, (AS_MANY, user, options.repeats))
        run.drop(name)
    return series


def _filled(run, chosen):
    chosen = {**chosen, "customers": CUSTOMERS, "leads": False}
    return inside.filled(run, "growth", **chosen)[0]


def _add(run, series, name, size, how):
    label, user, repeats = how
    times = inside.call(run, name, "measures.growth", user=user, repeats=repeats)
    for operation, seconds in times.items():
        series.setdefault(f"{operation}, {label}", []).append((size, seconds))


def _tidy(run, name):
    """As autovacuum and a reindex by night leave it."""
    with databases.cursor(run._odoo.server, name) as cr:
        for index in ("open", "mailing_list"):
            cr.execute(f"REINDEX INDEX kontakti_contact_{index}_idx")
        cr.execute("VACUUM ANALYZE kontakti_contact")


def publish(run, options, user, plan):
    """Measure, print and draw it."""
    machine = report.machine()
    series = measure(run, options, user, plan)
    found = {"seed": options.seed, "machine": machine, "versions": inside.versions(run)}
    found |= {"date": datetime.date.today().isoformat(), "growth": series}
    say(f"wrote {report.save(found, options.output, 'growth')}")
    picture = plot.growth(series, "Time by number of contact events")
    plot.save(run, picture, options.output / "growth")
    print(report.growth_text(found))
    if options.keep:
        readme.put("growth", report.growth_text(found))
    return 0
