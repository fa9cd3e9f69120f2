"""The files of the project, for the checks beside this file."""

import ast
import subprocess

from kontakti_setup import paths

ROOT = paths.CHECKOUT
ADDONS = [ROOT / name for name in paths.addons()]
TEST_ADDONS = [
    ROOT / "tests" / "addons" / n for n in paths.addons(ROOT / "tests/addons")
]


def files(*patterns, below=ROOT):
    """Files under version control or about to be, that match a pattern."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        found = (ROOT / name for name in done.stdout.split("\0") if name)
    else:
        found = ROOT.rglob("*")
    return sorted(
        path
        for path in set(found)
        if path.is_file()
        and path.is_relative_to(below)
        and any(path.match(pattern) for pattern in patterns)
    )


def shown(path):
    return str(path.relative_to(ROOT))


def is_test(path):
    return "tests" in path.relative_to(ROOT).parts


def functions(path):
    """The functions of a Python file, as syntax trees."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node
