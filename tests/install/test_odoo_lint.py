"""Odoo's own module of checks passes with the addons installed."""

import configparser
import re

ODOOS_OWN_PORTS = {8069, 8072}


def test_odoos_test_lint_passes(kontakti):
    database = kontakti.clone("lint")
    done = kontakti.odoo(
        "-i",
        "test_lint",
        "--test-tags",
        "/test_lint,-/test_lint:TestPyLint",
        db=database,
    )
    kontakti.drop(database)
    assert done.returncode == 0, done.stdout[-8000:]
    assert re.search(r"0 failed, 0 error\(s\) of [1-9]\d* tests", done.stdout)


def test_no_command_of_the_tests_wants_a_port_that_setup_run_has(kontakti):
    """Odoo opens one even when told not to, if it is to run tests."""
    for path in (kontakti.pytest_config(), kontakti._odoo.config()):
        config = configparser.ConfigParser(interpolation=None)
        config.read(path)
        ports = {
            config["options"].getint(f"{kind}_port") for kind in ("http", "gevent")
        }
        assert len(ports) == 2
        assert not ports & ODOOS_OWN_PORTS
