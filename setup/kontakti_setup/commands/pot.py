"""./setup/pot: the texts to translate, renewed."""

import re

from kontakti_setup import paths
from kontakti_setup.errors import SetupError, say
from rig import environment

USAGE = """Usage: ./setup/pot

Writes every addon's i18n/ADDON.pot anew and brings its .po files up to it: new texts
come in empty, changed ones as fuzzy, old ones go.
"""


def main(arguments):
    if arguments:
        print(USAGE)
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
