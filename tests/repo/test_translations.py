"""Every text of the addons is in the template, and in Finnish and Swedish."""

import polib
import pytest
import tree

LANGUAGES = ("fi", "sv")
ADDONS = pytest.mark.parametrize("addon", tree.ADDONS, ids=tree.shown)


@pytest.fixture(scope="session")
def exported(kontakti, tmp_path_factory):
    """The texts Odoo finds in an addon now, by addon."""
    folder = tmp_path_factory.mktemp("i18n")

    def export(addon):
        target = folder / f"{addon.name}.pot"
        args = ("export", addon.name, "-l", "pot", "-o", target)
        done = kontakti.odoo("i18n", *args, db=kontakti.database)
        assert done.returncode == 0, done.stdout
        return polib.pofile(str(target))

    return export


def msgids(entries):
    return {entry.msgid for entry in entries if not entry.obsolete}


@ADDONS
def test_template_is_fresh(addon, exported):
    found = msgids(exported(addon))
    path = addon / "i18n" / f"{addon.name}.pot"
    written = msgids(polib.pofile(str(path))) if path.exists() else set()
    assert written - found == set(), "no longer in the addon: export the template"
    assert found - written == set(), "not in the template: export it"


@ADDONS
@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_is_complete(addon, language, exported):
    found = msgids(exported(addon))
    path = addon / "i18n" / f"{language}.po"
    entries = polib.pofile(str(path)) if path.exists() else []
    done = {e.msgid for e in entries if e.msgstr and not e.fuzzy and not e.obsolete}
    assert found - done == set(), f"not translated into {language}"


# what people asked for, where a dictionary would say something else
FINNISH = {
    "nobody responsible": "puuttuu",
    "Take off mailing list": "Ota pois postituslistalta",
    "Nothing on saving": "Ei kalenterimerkintää",
    "Entry (your time stays free)": "merkintä (aika jää vapaaksi)",
    "Booking (your time is reserved)": "varaus (aika varataan)",
    "One label per": "Yksi tarra per",
    "Search view": "Avaa haku",
    "Open customer card": "Avaa asiakaskortti",
    "Nobody yet": "Ei vastuuhenkilöä",
    "The till is not open": "Kassa ei ole auki",
    "“%(name)s” was moved: %(date)s": "”%(name)s” siirrettiin: %(date)s",
}
STUMBLES = ("“", "siirrettiin päivällä", "Etsi-näkymä", "Contact Event")


def finnish():
    files = [addon / "i18n" / "fi.po" for addon in tree.ADDONS]
    entries = [entry for path in files for entry in polib.pofile(str(path))]
    return {entry.msgid: entry.msgstr for entry in entries if not entry.obsolete}


def test_finnish_says_what_people_asked_for():
    """13, 45."""
    said = finnish()
    assert {source: said.get(source) for source in FINNISH} == FINNISH


def test_finnish_says_nothing_that_people_stumbled_over():
    """13, 44 and 45; quotation marks are alike on both sides in Finnish."""
    for source, text in finnish().items():
        for word in STUMBLES:
            assert word not in text, source
