"""What linters do not see: silent mistakes in how an Odoo addon is laid out."""

import ast
import csv
import json
import re

import pytest
import tree

from kontakti_setup import paths

LONGEST_FUNCTION = 40
LONGEST_FILE = 350
# Package registries by their hosts; the machine's own settings say which to use.
REGISTRIES = re.compile(
    r"https?://[\w.-]*(debian\.org|ubuntu\.com|pypi\.org|pythonhosted\.org|npmjs\.(org|com)"
    r"|yarnpkg\.com)"
)
MACHINE_PATHS = re.compile(r"(?<![\w$}/.])/(root|home/\w+|work|Users)/\w")
TEXT = ("*.py", "*.xml", "*.js", "*.scss", "*.sh", "*.md", "*.txt", "*.toml", "*.json")
addons = pytest.mark.parametrize("addon", tree.ADDONS, ids=tree.shown)
all_addons = pytest.mark.parametrize(
    "addon", [*tree.ADDONS, *tree.TEST_ADDONS], ids=tree.shown
)


def not_written_by_hand(path):
    return path.name in ("package-lock.json",) or "static/lib" in str(path)


def test_nothing_depends_twice():
    """Of two decorators `api.depends` on a method Odoo keeps the upper one alone."""
    twice = [
        f"{tree.shown(path)}:{node.lineno} {node.name}"
        for path in tree.files("*.py")
        for node in tree.functions(path)
        for name in ("api.depends", "api.constrains", "api.onchange")
        if sum(ast.unparse(one).startswith(f"{name}(") for one in node.decorator_list)
        > 1
    ]
    assert not twice


@all_addons
def test_every_python_test_is_imported(addon):
    init = addon / "tests" / "__init__.py"
    imported = set(re.findall(r"\w+", init.read_text())) if init.exists() else set()
    found = {path.stem for path in tree.files("test_*.py", below=addon / "tests")}
    assert found <= imported, "Odoo never runs these: tests/__init__.py lacks them"


@all_addons
def test_every_javascript_test_is_in_a_bundle(addon):
    assets = paths.manifest(addon).get("assets", {})
    for suffix, bundle in (
        (".test.js", "web.assets_unit_tests"),
        ("", "web.assets_tests"),
    ):
        entries = [entry for entry in assets.get(bundle, ()) if isinstance(entry, str)]
        matched = {
            path
            for entry in entries
            for path in addon.parent.glob(entry)
            if path.is_file()
        }
        if suffix:
            wanted = tree.files("*.test.js", below=addon / "static" / "tests")
        else:
            wanted = tree.files("*.js", below=addon / "static" / "tests" / "tours")
        assert set(wanted) <= matched, f"not in {bundle}: Odoo never runs these"


def declared_models(addon):
    """Names of the models an addon makes itself, without the abstract ones."""
    for path in tree.files("*.py", below=addon):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and _is_stored(node):
                yield from _model_name(node)


def _is_stored(node):
    bases = {base.attr for base in node.bases if isinstance(base, ast.Attribute)}
    return bool(bases & {"Model", "TransientModel"})


def _constants(node):
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(
            statement.targets[0], ast.Name
        ):
            try:
                yield statement.targets[0].id, ast.literal_eval(statement.value)
            except ValueError:
                continue


def _model_name(node):
    values = dict(_constants(node))
    inherited = values.get("_inherit") or []
    inherited = [inherited] if isinstance(inherited, str) else inherited
    if "_name" in values and values["_name"] not in inherited:
        yield values["_name"]


@all_addons
def test_every_model_has_access_rights(addon):
    rows = set()
    for path in tree.files("ir.model.access.csv", below=addon):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                rows.add(row["model_id:id"].split(".")[-1])
    wanted = {f"model_{name.replace('.', '_')}" for name in declared_models(addon)}
    assert wanted <= rows, "no row in ir.model.access.csv"


@all_addons
def test_manifest(addon):
    manifest = paths.manifest(addon)
    assert manifest["license"] == "LGPL-3"
    assert manifest["author"] == "Kontakti"
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest["version"])
    assert manifest.get("summary")
    loaded = {*manifest.get("data", ()), *manifest.get("demo", ())}
    folders = ("data", "demo", "security", "views", "wizards", "report", "reports")
    found = {
        str(path.relative_to(addon))
        for folder in folders
        for path in tree.files("*.xml", "*.csv", below=addon / folder)
    }
    assert found <= loaded, "not in the manifest: Odoo never loads these"


@pytest.mark.parametrize("path", tree.files("*.py", "*.js"), ids=tree.shown)
def test_files_and_functions_are_short(path):
    if tree.is_test(path) or not_written_by_hand(path):
        return
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{lines} lines: make rooms of it"
    if path.suffix == ".py":
        lengths = {n.name: n.end_lineno - n.lineno + 1 for n in tree.functions(path)}
        long = {name: size for name, size in lengths.items() if size > LONGEST_FUNCTION}
        assert not long, "longer than a screen: take a step out and name it"


@addons
def test_sudo_says_why(addon):
    bare = []
    for path in tree.files("*.py", below=addon):
        if tree.is_test(path):
            continue
        lines = path.read_text("utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            near = "".join(lines[max(number - 2, 0) : number])
            if ".sudo(" in line.split("#")[0] and "#" not in near:
                bare.append(f"{tree.shown(path)}:{number}: {line.strip()}")
    assert not bare, "sudo() without a comment on its line or the one before"


def test_no_registry_and_no_path_of_a_machine():
    found = []
    for path in tree.files(*TEXT, "setup/*", ".ci/*"):
        if path.parent == tree.ROOT / "tests" / "repo":
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if REGISTRIES.search(line) or MACHINE_PATHS.search(line):
                found.append(f"{tree.shown(path)}:{number}: {line.strip()[:100]}")
    assert not found


def test_the_lock_of_npm_names_no_registry():
    lock = json.loads((tree.ROOT / "setup/lint/package-lock.json").read_text())
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]


def test_requirements_are_exact():
    lines = (tree.ROOT / "requirements.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    loose = [line for line in pins if not re.match(r"[\w.-]+==[\w.]+( ; .+)?$", line)]
    assert not loose


@addons
def test_licence_is_at_the_root(addon):
    text = (tree.ROOT / "LICENSE").read_text("utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
