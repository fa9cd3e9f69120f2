"""./setup/format, and the tools of ./setup/lint/run that it and pre-commit call."""

import os
import subprocess
import sys

from kontakti_setup import paths
from kontakti_setup.errors import SetupError
from kontakti_setup.machine import node

USAGE = """Usage: ./setup/format

Formats Python, JavaScript, XML and SCSS as ./setup/test tests/repo wants them.
"""
PATTERNS = ("*.js", "*.cjs", "*.xml", "*.scss")


def main(arguments):
    if arguments:
        print(USAGE)
        return 0
    _checked("ruff", "check", "--no-cache", "--fix", "--quiet", "--select", "I", ".")
    _checked("ruff", "format", "--no-cache", "--quiet", ".")
    folders = [*paths.addons(), "tests", "setup"]
    globs = [f"{folder}/**/{pattern}" for folder in folders for pattern in PATTERNS]
    _checked("prettier", "--write", "--no-error-on-unmatched-pattern", *globs)
    return 0


def _checked(*command):
    if tool(command):
        raise SetupError(f"{command[0]} failed: mend what it says")


def tool(arguments):
    """Run ruff, pylint, prettier or eslint with their settings; returns its exit code."""
    name, rest = arguments[0], list(arguments[1:])
    lint, bin_folder = node.packages(sys.executable)
    modules = lint / "node_modules"
    command = [sys.executable, "-m", name]
    if name in ("prettier", "eslint"):
        command = [modules / ".bin" / name]
    if name == "prettier":
        plugin = modules / "@prettier" / "plugin-xml" / "src" / "plugin.js"
        command += ["--log-level=warn", f"--plugin={plugin}"]
    variables = {
        **os.environ,
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "NODE_PATH": str(modules),
    }
    return subprocess.call([*command, *rest], cwd=paths.CHECKOUT, env=variables)
