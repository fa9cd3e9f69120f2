"""What the project's pytest does differently.

A test that is skipped has not been run: that fails, unless it says it may be. Odoo skips
its browser tests when there is no Chromium; a run would look green without them. A skip
whose reason begins with "allowed:" stays a skip.

With several processes each has a database of its own, and a test of a file marked
`alone`, which measures time, waits until the others have ended theirs.
"""

import pytest

from kontakti_setup.machine import clock
from rig import side_by_side

clock.mend()
ALLOWED = "allowed:"


def _reason(report):
    longrepr = report.longrepr
    text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return text.removeprefix("Skipped: ")


def _fail_if_skipped(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = _reason(report)
        if not reason.startswith(ALLOWED):
            report.outcome = "failed"
            report.longrepr = f"skipped, so not tested: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return _fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return _fail_if_skipped((yield))


# A wrapper, as pytest-odoo's is: those run before all others.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    if hasattr(config, "workerinput"):
        side_by_side.use_own_database(config)
    return (yield)


def pytest_configure(config):
    config.addinivalue_line("markers", "alone: no other test runs meanwhile")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    if not hasattr(item.config, "workerinput"):
        return (yield)
    with side_by_side.turn(alone=bool(item.get_closest_marker("alone"))):
        return (yield)
