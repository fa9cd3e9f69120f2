"""./setup/test --neighbours: our addons beside well-known ones of others."""

from kontakti_setup import paths
from kontakti_setup.errors import SetupError, say
from kontakti_setup.machine import external
from rig import environment, extra_addons

OPTION = "--neighbours"
USAGE = """Usage: ./setup/test --neighbours [PYTEST ARGUMENTS]

Installs the addons of tests/rig/requirements-neighbours.txt in one database and ours beside
them, without a warning, and runs the privacy tests there, or the tests named.
"""
TESTS = (
    "kontakti_contact/tests/test_access_*.py",
    "kontakti_contact_links/tests/test_link_access.py",
)
PROBLEMS = (" WARNING ", " ERROR ", " CRITICAL ")


def main(arguments, pytest):
    """Install and test.

    :param pytest: ``pytest(run, arguments)`` runs tests in the run's database
    """
    if {"--help", "-h"} & set(arguments):
        print(USAGE)
        return 0
    with environment.ready() as run:
        folder = extra_addons.folder(extra_addons.NEIGHBOURS)
        run = run.in_sight_of(folder)
        run.settings["database"] = _install(run, paths.addons(folder))
        return pytest(run, arguments or _privacy_tests())


def _privacy_tests():
    """Paths below the checkout of the tests that run when none is named."""
    found = [path for name in TESTS for path in sorted(paths.CHECKOUT.glob(name))]
    return [str(path.relative_to(paths.CHECKOUT)) for path in found]


def _install(run, theirs):
    """The name of a database with the neighbours, and ours installed after them."""
    name = run.clone_base("neighbours")
    say(f"installing {len(theirs)} addons of others: {' '.join(theirs)}")
    done = run.odoo("-i", ",".join(theirs), db=name)
    if done.returncode:
        raise SetupError(f"the neighbours cannot be installed ({_keep(done)})")
    say("installing ours beside them")
    done = run.odoo("-i", ",".join(paths.addons()), db=name)
    wrong = [
        line for line in done.stdout.splitlines() if any(p in line for p in PROBLEMS)
    ]
    if done.returncode or wrong:
        shown = "; ".join(wrong[:3])
        raise SetupError(f"not installed without a warning: {shown} ({_keep(done)})")
    return name


def _keep(done):
    """Keep the log of an installation; returns its path."""
    log = external.log_path("neighbours")
    log.write_text(done.stdout)
    return log
