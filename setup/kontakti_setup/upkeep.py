"""./setup/format and ./setup/pot: what keeps the sources as the tests want them."""

import os
import re
import subprocess
import sys
from pathlib import Path

from . import environment, node, paths
from .errors import SetupError, say

FORMAT_USAGE = """Usage: ./setup/format

Formats Python, JavaScript, XML and SCSS as ./setup/test tests/repo wants them.
"""
POT_USAGE = """Usage: ./setup/pot

Writes every addon's i18n/ADDON.pot anew and brings its .po files up to it: new texts
come in empty, changed ones as fuzzy, old ones go.
"""
PATTERNS = ("*.js", "*.cjs", "*.xml", "*.scss")


def format_sources(arguments):
    if arguments:
        print(FORMAT_USAGE)
        return 0
    ruff = [sys.executable, "-m", "ruff"]
    _call([*ruff, "check", "--no-cache", "--fix", "--quiet", "--select", "I", "."])
    _call([*ruff, "format", "--no-cache", "--quiet", "."])
    lint, bin_folder = node.packages(sys.executable)
    modules = lint / "node_modules"
    plugin = f"--plugin={modules}/@prettier/plugin-xml/src/plugin.js"
    folders = [*paths.addons(), "tests", "setup"]
    globs = [f"{folder}/**/{pattern}" for folder in folders for pattern in PATTERNS]
    prettier = [modules / ".bin" / "prettier", "--write", "--log-level=warn", plugin]
    search = f"{bin_folder}:{os.environ['PATH']}"
    _call([*prettier, "--no-error-on-unmatched-pattern", *globs], PATH=search)
    return 0


def _call(command, **variables):
    code = subprocess.call(
        list(map(str, command)), cwd=paths.CHECKOUT, env={**os.environ, **variables}
    )
    if code:
        raise SetupError(f"{Path(str(command[0])).name} failed: mend what it says")


def pot(arguments):
    if arguments:
        print(POT_USAGE)
        return 0
    with environment.ready() as run:
        database = run.clone("pot")
        for name in paths.addons():
            folder = paths.CHECKOUT / name / "i18n"
            folder.mkdir(exist_ok=True)
            exported = run.scratch / f"{name}.pot"
            args = ("export", name, "-l", "pot", "-o", exported)
            done = run.odoo("i18n", *args, db=database)
            if done.returncode:
                raise SetupError(f"Odoo could not export {name}: {done.stdout[-300:]}")
            _keep(exported, folder / f"{name}.pot")
            _merge(exported, folder)
    return 0


def _keep(exported, template):
    """Only the date of an export may differ: then the file stays as it is."""
    dated = r'"(POT-Creation|PO-Revision)-Date: .*'
    texts = [
        re.sub(dated, "", path.read_text("utf-8")) if path.exists() else None
        for path in (exported, template)
    ]
    if texts[0] != texts[1]:
        template.write_text(exported.read_text("utf-8"), "utf-8")


def _merge(template, folder):
    import polib

    source = polib.pofile(str(template))
    for path in sorted(folder.glob("*.po")):
        translation = polib.pofile(str(path), wrapwidth=78)
        translation.merge(source)
        for entry in translation.obsolete_entries():
            translation.remove(entry)
        translation.save(str(path))
        missing = len(translation.untranslated_entries())
        say(f"{path.relative_to(paths.CHECKOUT)}: {missing} texts to translate")
