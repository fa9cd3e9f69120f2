"""./setup/test --odoo: Odoo's own tests, with the addons beside without."""

import argparse
import json
import re
from concurrent.futures import ThreadPoolExecutor

from kontakti_setup import paths
from kontakti_setup.errors import SetupError, say
from kontakti_setup.machine import external
from kontakti_setup.machine.odoo_process import free_port
from rig import environment

OPTION = "--odoo"
SCRIPT = """
import sys
sys.path.insert(0, {folder!r})
import odoo_tests
odoo_tests.run(env, {module!r}, {tags!r}, {path!r})
"""
# Of the largest modules only the files about what the addons touch.
FILES = {
    "base": "test_acl test_form_create test_groups test_ir_actions test_ir_attachment"
    " test_ir_default test_ir_filters test_ir_model test_menu test_orm test_res_company"
    " test_res_partner test_res_partner_bank test_res_partner_merge test_res_users"
    " test_search test_user_has_group",
    "account": "test_account_account test_account_invoice_report test_account_journal"
    " test_account_journal_dashboard test_account_move_attachment"
    " test_account_move_duplicate test_account_move_in_invoice"
    " test_account_move_out_invoice test_account_move_send test_account_partner"
    " test_account_payment test_audit_trail test_digest test_mail_tracking_value"
    " test_portal_attachment test_portal_invoice test_res_partner_merge",
}
MODULES = (
    *("base", "web", "mail", "test_mail", "test_mail_full", "calendar", "portal"),
    *("privacy_lookup", "crm", "sale", "account", "mass_mailing"),
    *("test_mass_mailing", "test_access_rights", "point_of_sale"),
)
WITH, WITHOUT = "with", "without"
TEST_NAME = re.compile(
    r"odoo\.addons\.(\w+)\.tests(?:\.\w+)*?\.(\w+)(?:\.(test\w+))?\)?$"
)


def main(arguments):
    parser = argparse.ArgumentParser(
        prog=f"./setup/test {OPTION}",
        description="Run Odoo's own Python tests on a database with the addons and on "
        "one without. What fails only with them, twice, fails this.",
        epilog=f"Modules: {' '.join(MODULES)}. All of them take about an hour.",
    )
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="only these")
    parser.add_argument("--jobs", type=int, default=2, help="sides at once (2)")
    options = parser.parse_args(arguments)
    unknown = set(options.modules) - set(MODULES)
    if unknown:
        raise SetupError(f"no module {', '.join(unknown)}: choose of {MODULES}")
    with environment.ready() as run:
        comparison = Comparison(run.beside("odoo", MODULES), options.jobs)
        for module in options.modules or MODULES:
            print(comparison.compare(module), flush=True)
        print(comparison.sum_up())
        return 1 if comparison.only_with else 0


class Comparison:
    """Runs modules' tests on both sides and keeps what differs."""

    def __init__(self, run, jobs):
        self.run = run
        self.jobs = jobs
        self.templates = {
            WITH: run.templates.kontakti(),
            WITHOUT: run.templates.base(),
        }
        self.tests = 0
        self.only_with = []

    def compare(self, module):
        """Run a module's tests; returns what came of them as text."""
        say(f"{module}: running Odoo's own tests")
        with ThreadPoolExecutor(self.jobs) as pool:
            sides = (WITH, WITHOUT)
            ours, theirs = pool.map(lambda side: self._test(module, side), sides)
        self.tests += ours["run"]
        only_with = sorted(ours["failed"].keys() - theirs["failed"].keys())
        again = self._test(module, WITH, only_with)["failed"] if only_with else {}
        self.only_with += [name for name in only_with if name in again]
        lines = [_headline(module, ours, theirs)]
        lines += [f"  only with the addons: {n}" for n in only_with if n in again]
        lines += [f"  not each time: {n}" for n in only_with if n not in again]
        if ours["run"] != theirs["run"]:
            lines.append(f"  without the addons {theirs['run']} tests were run")
        return "\n".join([*lines, *_statements(ours, theirs)])

    def _test(self, module, side, names=()):
        """What came of a module's tests, or those named, in a database of their own."""
        name = self.run.new_name(f"odoo_{module}")
        self.run.templates.clone(self.templates[side], name)
        path = self.run.scratch / f"{name}.json"
        script = SCRIPT.format(
            folder=str(paths.CHECKOUT / "tests" / "guest"),
            module=module,
            tags=_get_tags(module, names),
            path=str(path),
        )
        done = self.run._odoo.run(
            "shell", "--log-level=warn", db=name, input=script, http_port=free_port()
        )
        log = external.log_path(f"odoo-{module}-{side}")
        log.write_text(done.stdout)
        self.run.drop(name)
        found = json.loads(path.read_text()) if path.exists() else {"run": 0}
        if not found["run"]:
            raise SetupError(f"{module}: no test was run {side} the addons ({log})")
        return found

    def sum_up(self):
        """The last lines: how many tests, and what fails only with the addons."""
        found = ", ".join(self.only_with) or "nothing"
        return f"{self.tests:,} tests run. Fails only with the addons: {found}"


def _get_tags(module, names=()):
    """Odoo's test tags of a module, or of tests in it by their full names."""
    if names:
        return ",".join(sorted(set(map(_get_tag, names))))
    files = FILES.get(module, "").split()
    return ",".join(f"/{module}/tests/{name}.py" for name in files) or f"/{module}"


def _get_tag(name):
    """
    >>> _get_tag("odoo.addons.mail.tests.test_a.TestA.test_b")
    '/mail:TestA.test_b'
    >>> _get_tag("setUpClass (odoo.addons.mail.tests.discuss.test_a.TestA)")
    '/mail:TestA'
    """
    module, case, method = TEST_NAME.search(name).groups()
    return f"/{module}:{case}" + (f".{method}" if method else "")


def _headline(module, ours, theirs):
    both = len(ours["failed"].keys() & theirs["failed"].keys())
    without = len(theirs["failed"].keys() - ours["failed"].keys())
    return (
        f"{module}: {ours['run']} tests run ({ours['skipped']} skipped), fail on both: "
        f"{both}, only without the addons: {without}"
    )


def _statements(ours, theirs):
    """Blocks that assert a number of statements and have more with the addons."""
    lines = []
    for name, counts in sorted(ours["counts"].items()):
        others = theirs["counts"].get(name, [])
        if len(counts) == len(others) and sum(counts) > sum(others):
            lines.append(f"  statements: {name}: {others} without, {counts} with")
    return lines
