"""The transfer table T1-T17 with every target addon installed.

The databases of the other tests have only what the addons depend on: there the same
files assert the rows of missing addons as absent.
"""

from xml.etree import ElementTree

import pytest

ADDON = "kontakti_contact/tests"
FILES = [
    f"{ADDON}/test_applications.py",
    f"{ADDON}/test_application_company.py",
    f"{ADDON}/test_application_message.py",
    f"{ADDON}/test_application_pos.py",
    f"{ADDON}/test_application_rpc.py",
    f"{ADDON}/test_application_values.py",
    f"{ADDON}/test_calendar_event.py",
    f"{ADDON}/test_documents.py",
    "kontakti_contact_links/tests/test_link_merge.py",
    "kontakti_contact_links/tests/test_link_register.py",
    "tests/target_addons/test_kontakti_targets/tests/test_personal_data.py",
    "tests/target_addons/test_kontakti_targets/tests/test_targets.py",
]


@pytest.fixture(scope="module")
def results(kontakti, tmp_path_factory):
    """What a pytest of these files told: its end, and [(test, what went wrong)] by file."""
    targets = kontakti.targets()
    report = tmp_path_factory.mktemp("targets") / "report.xml"
    database = targets.clone("targets")
    done = targets.pytest(database, f"--junit-xml={report}", *FILES)
    found = {file: [] for file in FILES}
    for case in ElementTree.parse(report).iter("testcase"):
        wrong = [part.text for part in case if part.tag in ("failure", "error")]
        wrong += [part.get("message") for part in case.iter("skipped")]
        file = next(name for name in FILES if module(name) in case.get("classname"))
        found[file].append((case.get("name"), wrong))
    targets.drop(database)
    return done, found


def module(file):
    return (
        file.removesuffix(".py").replace("/", ".").removeprefix("tests.target_addons.")
    )


@pytest.mark.parametrize("file", FILES)
def test_with_every_target_addon_installed(results, file):
    _done, found = results
    failed = [f"{name}: {wrong}" for name, wrong in found[file] if wrong]
    assert not failed, "\n\n".join(failed)
    assert found[file], "no test of this file has run"


def test_pytest_itself_saw_no_failure(results):
    done, _found = results
    assert done.returncode == 0, done.stdout
