"""Formatters and linters have nothing to say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import tree

ODOO_CHECKS = (
    "used-before-assignment,undefined-variable,eval-used,unreachable,"
    "function-redefined,sql-injection,gettext-variable,gettext-placeholders,"
    "gettext-repr,raise-unlink-override"
)
ODOO_PLUGINS = (
    "_pylint_path_setup,_odoo_checker_sql_injection,_odoo_checker_gettext,"
    "_odoo_checker_unlink_override"
)
# a colour that does not change with Odoo's when its screens are dark
FIXED_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b(?=[;\s\"'])|\b(?:rgb|hsl)a?\("
    r"|\b(?:bg|text)-(?:white|black|light|dark)\b",
    re.IGNORECASE,
)
PAPER = "label_sheet_field.scss"  # is white, and its ink is black
ADDONS = [tree.shown(addon) for addon in (*tree.ADDONS, *tree.TEST_ADDONS)]


def check(*command, **variables):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=tree.ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **{name: str(value) for name, value in variables.items()}},
    )
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"


def python_module(name, *args, **variables):
    check(sys.executable, "-m", name, *args, **variables)


def javascript(kontakti, script, *args):
    """A tool of setup/lint, run by its own Node."""
    program = kontakti.node_modules / ".bin" / script
    search = f"{kontakti.node_bin}:{os.environ['PATH']}"
    check(program, *args, PATH=search, NODE_PATH=kontakti.node_modules)


def test_ruff_finds_nothing():
    python_module("ruff", "check", "--no-cache", "--output-format=concise", ".")


def test_python_is_formatted():
    python_module("ruff", "format", "--no-cache", "--check", ".")


@pytest.mark.skipif(not ADDONS, reason="allowed: no addon yet")
def test_pylint_odoo_finds_nothing():
    python_module("pylint", "--rcfile=.pylintrc-mandatory", "-j2", *ADDONS)


@pytest.mark.skipif(not ADDONS, reason="allowed: no addon yet")
def test_odoos_own_checkers_find_nothing(kontakti):
    plugins = kontakti.odoo_path / "odoo" / "addons" / "test_lint" / "tests"
    python_module(
        "pylint",
        "--rcfile=/dev/null",
        "--disable=all",
        f"--enable={ODOO_CHECKS}",
        f"--load-plugins={ODOO_PLUGINS}",
        *ADDONS,
        PYTHONPATH=f"{kontakti.odoo_path}:{plugins}",
    )


def test_eslint_finds_nothing(kontakti):
    files = tree.files("*.js")
    if files:
        config = "setup/lint/eslint.config.cjs"
        javascript(kontakti, "eslint", "-c", config, *map(tree.shown, files))


def test_javascript_xml_and_scss_are_formatted(kontakti):
    found = tree.files("*.js", "*.cjs", "*.xml", "*.scss")
    plugin = kontakti.node_modules / "@prettier/plugin-xml/src/plugin.js"
    options = ["--check", "--log-level=warn", f"--plugin={plugin}"]
    javascript(kontakti, "prettier", *options, *map(tree.shown, found))


def test_colours_are_odoos_and_follow_its_dark_mode():
    """Odoo Community has no dark screens: addons that bring them change its variables."""
    for addon in tree.ADDONS:
        for path in tree.files("*.scss", "*.xml", "*.js", below=addon):
            if tree.is_test(path) or path.name == PAPER:
                continue
            found = FIXED_COLOUR.findall(path.read_text("utf-8"))
            assert not found, f"{tree.shown(path)}: {found}"


@pytest.mark.parametrize(
    "script",
    [
        path
        for path in tree.files("setup/*", "*.sh")
        if path.open("rb").read(4) == b"#!/b"
    ],
    ids=tree.shown,
)
def test_shell_scripts_are_sound(script: Path):
    check("sh", "-n", script)
    assert os.access(script, os.X_OK), f"{tree.shown(script)} is not executable"
