"""Odoo's own module of checks passes with the addons installed."""

import re


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
