"""What goes out with the addons: readmes, requirements, versions, descriptions."""

import re

import pytest
import tree

from kontakti_setup import paths
from kontakti_setup.commands import description

README = tree.ROOT / "README.md"
READMES = [README, *tree.files("*.md", below=tree.ROOT / "kontakti_contact")]
READMES += tree.files("*.md", below=tree.ROOT / "kontakti_contact_links")
NUMBER = re.compile(r"\b[ST]\d{1,2}\b")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"\./setup/\w+")
TEST = re.compile(r"(?<![\w/])tests/[\w/.]*\w")
LONGEST_README = 150
addons = pytest.mark.parametrize("addon", tree.ADDONS, ids=tree.shown)
readmes = pytest.mark.parametrize("path", READMES, ids=tree.shown)


def requirements():
    path = tree.ROOT / "kontakti_contact" / "readme" / "REQUIREMENTS.md"
    return re.findall(r"^- \*\*([ST]\d+)\*\* \S", path.read_text("utf-8"), re.MULTILINE)


def test_the_requirements_are_numbered_without_a_gap():
    numbers = [*(f"S{n}" for n in range(1, 37)), *(f"T{n}" for n in range(1, 18))]
    assert requirements() == numbers


def test_every_requirement_that_the_sources_name_is_there():
    known = set(requirements())
    lost = [
        f"{tree.shown(path)}: {number}"
        for path in tree.files("*.py", "*.js", "*.xml", "*.md")
        for number in set(NUMBER.findall(path.read_text("utf-8"))) - known
    ]
    assert not lost


@readmes
def test_what_a_readme_names_is_there(path):
    text = path.read_text("utf-8")
    wanted = {path.parent / link for link in LINK.findall(text)}
    wanted |= {tree.ROOT / name for name in COMMAND.findall(text)}
    below = (tree.ROOT, path.parents[1])
    lost = [str(found) for found in wanted if not found.exists()]
    lost += [
        name
        for name in TEST.findall(text)
        if not any((folder / name).exists() for folder in below)
    ]
    assert not lost


def test_the_readme_is_short():
    assert len(README.read_text("utf-8").splitlines()) <= LONGEST_README


def test_every_folder_is_named_in_the_developers_map():
    path = tree.ROOT / "kontakti_contact" / "readme" / "DEVELOP.md"
    start = path.read_text("utf-8").split("\n# The commands")[0]
    folders = {
        name
        for below in (tree.ROOT, tree.ROOT / "kontakti_contact", tree.ROOT / "tests")
        for file in tree.files("*", below=below)
        for name in file.relative_to(below).parts[:-1][:1]
    }
    named = set(re.findall(r"[\w.]+", start))
    assert folders <= named


@addons
def test_the_version_has_its_history_and_no_migration_is_ahead_of_it(addon):
    def key(version):
        return tuple(map(int, version.split(".")))

    version = paths.manifest(addon)["version"]
    history = (addon / "readme" / "HISTORY.md").read_text("utf-8")
    released = re.findall(r"^# (19[\d.]+) \(", history, re.MULTILINE)
    assert released[0] == version
    assert released == sorted(released, key=key, reverse=True)
    migrated = {path.parent.name for path in addon.glob("migrations/*/*.py")}
    assert migrated <= set(released)


@addons
def test_the_description_is_fresh(addon):
    written = description.written(addon)
    assert written.exists(), "run ./setup/description"
    assert written.read_text("utf-8") == description.made(addon)
    pictures = re.findall(r'<img src="([^"]+)"', written.read_text("utf-8"))
    assert pictures
    assert not [name for name in pictures if not (written.parent / name).exists()]
