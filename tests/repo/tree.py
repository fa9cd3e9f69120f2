"""The files of the project, for the checks beside this file."""

import ast
import subprocess

from kontakti_setup import paths

ROOT = paths.CHECKOUT
ADDONS = [ROOT / name for name in paths.addons()]
TEST_ADDONS = [
    folder / name
    for folder in (paths.TEST_ADDONS, paths.TARGET_ADDONS)
    for name in paths.addons(folder)
]


def _listed():
    """What git knows; in a copy without git, all but what tools leave behind."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    except FileNotFoundError:
        done = None
    if done and done.returncode == 0:
        return [ROOT / name for name in done.stdout.split("\0") if name]
    left = {".git", ".ruff_cache", ".pytest_cache", "__pycache__", "node_modules"}
    return [p for p in ROOT.rglob("*") if not left & set(p.relative_to(ROOT).parts)]


def files(*patterns, below=ROOT):
    """Files under version control or about to be, that match a pattern."""
    return sorted(
        path
        for path in set(_listed())
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
