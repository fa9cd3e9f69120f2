"""What the addons cost Odoo's own operations, on little data: statements, not times."""

import json
import subprocess

import pytest

from benchmark import command, host_report, readme
from kontakti_setup import paths

SIZE = 4000
ARGUMENTS = f"--host --size {SIZE} --repeats 1"
AS_USER, AS_EMPLOYEE = "Kontakti user", "employee"


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """What the command printed and the lines that it kept."""
    folder = tmp_path_factory.mktemp("host")
    done = subprocess.run(
        [paths.SETUP / "benchmark", *ARGUMENTS.split(), "--output", folder],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept = json.loads((folder / "host.json").read_text("utf-8"))
    return done.stdout, kept["host"]


def test_every_operation_of_the_contract_is_measured(measured):
    printed, lines = measured
    assert len(host_report.OPERATIONS) == 12
    for person in (AS_USER, AS_EMPLOYEE):
        keys = {line["key"] for line in lines if line["as"] == person}
        assert keys >= host_report.OPERATIONS.keys()
    assert all(line["name"] in printed for line in lines)


# The links of a deleted customer go, and contact events are told, in its transaction.
TAKES_LINKS_ALONG = {"create_delete": 1}
# Odoo's activity menu shows a Kontakti user what is late and due today (S7).
ALLOWED = {AS_USER: {**TAKES_LINKS_ALONG, "systray": 1}, AS_EMPLOYEE: TAKES_LINKS_ALONG}


@pytest.mark.parametrize("person", [AS_USER, AS_EMPLOYEE])
def test_no_operation_of_odoos_own_has_a_statement_more(measured, person):
    more = {
        line["key"]: line["with"]["statements"] - line["without"]["statements"]
        for line in measured[1]
        if line["as"] == person
        and line["key"] in host_report.OPERATIONS
        and not host_report.costs_no_statement(line)
    }
    assert more == ALLOWED[person], "statements more with the addons"


# The activity menu, see above; and the documents of files are contact events here, leads
# there, whose rules have less to say.
MORE_WORK = {AS_USER: {"attachments", "systray"}, AS_EMPLOYEE: set()}


@pytest.mark.parametrize("person", [AS_USER, AS_EMPLOYEE])
def test_no_operation_of_odoos_own_has_more_function_calls(measured, person):
    more = {
        line["key"]
        for line in measured[1]
        if line["as"] == person
        and line["key"] in host_report.OPERATIONS
        and host_report.calls_ratio(line) > host_report.LIMIT
    }
    assert more == MORE_WORK[person], "a twentieth more with the addons"


def test_both_databases_have_as_much_to_show(measured):
    """The measure itself fails where they differ; here that there is something."""
    for line in measured[1]:
        assert line["with"]["found"] == line["without"]["found"] > 0, line


def test_the_readme_shows_the_host_run_that_is_kept():
    path = command.RESULTS / "host.json"
    assert path.exists() == readme.has("host")
    if path.exists():
        kept = json.loads(path.read_text("utf-8"))
        assert readme.shown("host") == host_report.text(kept)
