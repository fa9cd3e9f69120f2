"""Hashes of the addons: what a prepared database depends on."""

import ast
import hashlib
from pathlib import Path

from kontakti_setup import paths

# Python that runs while an addon is installed or updated counts as a whole.
INSTALL_FILES = ("hooks.py", "__init__.py", "__manifest__.py")
INSTALL_METHODS = ("init", "_auto_init", "_register_hook")
IGNORED_FOLDERS = ("tests", "static", "__pycache__", "readme")
IGNORED_SUFFIXES = (".md", ".pyc", ".rst", ".pot")


class _WithoutBodies(ast.NodeTransformer):
    """Leaves of a function only its name, arguments and decorators."""

    def visit_FunctionDef(self, node):
        if node.name not in INSTALL_METHODS:
            node.body = [ast.Pass()]
        return node


def _python(path):
    text = path.read_text("utf-8")
    if path.name in INSTALL_FILES or "migrations" in path.parts:
        return text
    try:
        return ast.dump(_WithoutBodies().visit(ast.parse(text)))
    except SyntaxError:
        return text


def _content(path):
    if path.suffix == ".py":
        return _python(path).encode()
    return path.read_bytes()


def _files(addon):
    for path in sorted(addon.rglob("*")):
        if path.is_file() and path.suffix not in IGNORED_SUFFIXES:
            yield path


def _hash(files):
    total = hashlib.sha256()
    for path, content in files:
        total.update(f"{path}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()[:10]


def schema(addons):
    """Changes when a database with these addons has to be made anew.

    The body of a method does not count: a change of it needs no update of a database.
    """

    def relevant(addon):
        for path in _files(addon):
            if not set(path.relative_to(addon).parts) & set(IGNORED_FOLDERS):
                yield f"{addon.name}/{path.relative_to(addon)}", _content(path)

    return _hash(entry for addon in addons for entry in relevant(Path(addon)))


def everything(addon):
    """Changes with any file of an addon that Odoo reads while it is updated."""

    def relevant():
        for path in _files(addon):
            parts = path.relative_to(addon).parts
            if not {"tests", "__pycache__"} & set(parts):
                yield path.relative_to(addon), path.read_bytes()

    return _hash(relevant())


def assets(addons):
    """Changes with any file of the addons' bundles."""
    found = (
        (path, path.read_bytes())
        for addon in addons
        for path in _files(Path(addon) / "static")
    )
    return paths.digest(_hash(found), schema(addons))
