"""How Odoo's own tests are chosen and compared; running them takes an hour."""

import pytest

from guest import comparison
from kontakti_setup.errors import SetupError
from rig import extra_addons


@pytest.mark.parametrize(
    "name, tag",
    [
        ("odoo.addons.mail.tests.test_a.TestA.test_b", "/mail:TestA.test_b"),
        ("odoo.addons.mail.tests.discuss.test_a.TestA.test_b", "/mail:TestA.test_b"),
        ("setUpClass (odoo.addons.mail.tests.test_a.TestA)", "/mail:TestA"),
    ],
)
def test_what_failed_can_be_run_again(name, tag):
    assert comparison._get_tags("mail", [name]) == tag


def test_a_module_is_run_whole_unless_its_files_are_chosen():
    assert comparison._get_tags("portal") == "/portal"
    assert "/base/tests/test_acl.py," in comparison._get_tags("base")


def test_the_files_chosen_exist(kontakti):
    for module, names in comparison.FILES.items():
        folder = kontakti.odoo_path / "odoo" / "addons" / module / "tests"
        missing = [n for n in names.split() if not (folder / f"{n}.py").exists()]
        assert not missing, f"{module}: {missing}"


def test_more_statements_with_the_addons_are_told():
    ours = {"counts": {"a admin": [4, 7], "b admin": [3]}}
    theirs = {"counts": {"a admin": [4, 6], "b admin": [3]}}
    assert comparison._statements(ours, theirs) == [
        "  statements: a admin: [4, 6] without, [4, 7] with"
    ]


def test_an_unknown_module_is_refused():
    with pytest.raises(SetupError, match="no module nosuch"):
        comparison.main(["nosuch"])


def test_the_neighbours_are_pinned():
    lines = extra_addons.NEIGHBOURS.read_text().splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert sum("==19.0." in pin for pin in pins) >= 12
    assert all("==" in pin for pin in pins)
