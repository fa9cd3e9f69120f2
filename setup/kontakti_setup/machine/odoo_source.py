"""Odoo 19 itself: yours, or Debian's package unpacked aside; else Odoo's own archive."""

import os
import sys
from pathlib import Path

from kontakti_setup import paths
from kontakti_setup.errors import SetupError
from kontakti_setup.machine import debs, external

SERIES = "19.0"
ARCHIVE = f"https://github.com/odoo/odoo/archive/refs/heads/{SERIES}.tar.gz"
UNPACK = """
import sys, tarfile, requests
with requests.get(sys.argv[1], stream=True, timeout=60) as answer:
    answer.raise_for_status()
    tarfile.open(fileobj=answer.raw, mode="r|gz").extractall(sys.argv[2])
"""
# Odoo's package links to files of these. In Debian's newest release some of them moved.
PACKAGES = (
    "odoo-19/sid",
    "libjs-jquery/bookworm",
    "libjs-jquery-form/bookworm",
    "libjs-underscore/bookworm",
    "fonts-font-awesome/bookworm",
    "fonts-roboto-unhinted/bookworm",
    "fonts-inconsolata/bookworm",
    "fonts-ocr-b/bookworm",
    "fonts-montserrat/sid",
)
# Debian leaves this minified file out; without one every browser test fails.
LEFT_OUT = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def find():
    """The folder to put on PYTHONPATH for `import odoo`."""
    given = os.environ.get("ODOO_PATH")
    if given:
        return _checked(_import_folder(Path(given).absolute(), f"ODOO_PATH={given}"))
    for folder in ("debian", f"archive/odoo-{SERIES}"):
        fetched = paths.cache() / "odoo" / folder
        if fetched.exists():
            return _checked(_import_folder(fetched, fetched))
    return _checked(_fetch())


def _fetch():
    """Debian's package where there is a Debian archive; else Odoo's archive."""
    try:
        return _fetch_package()
    except debs.NoArchive:
        return _fetch_archive()


def _fetch_package():
    folder = paths.cache() / "odoo" / "debian"
    with external.made_once(folder, "fetching Odoo 19 (about 125 MB)") as part:
        if part:
            debs.unpack(part, *PACKAGES)
            _complete(_checked(_import_folder(part, "Debian's odoo-19")))
    return _import_folder(folder, folder)


def _complete(packages):
    stub = packages / "odoo" / LEFT_OUT
    stub.parent.mkdir(parents=True, exist_ok=True)
    if not stub.exists():
        stub.write_text("// Not part of Debian's package.\n")
    # A partial copy of the addons that are complete in odoo/addons.
    external.remove(packages / "addons")


def _fetch_archive():
    """Where apt knows no Debian archive, as on Ubuntu; git need not be there."""
    folder = paths.cache() / "odoo" / "archive"
    with external.made_once(folder, "fetching Odoo 19 (about 300 MB)") as part:
        if part:
            command = [sys.executable, "-c", UNPACK, ARCHIVE, part]
            hint = "Odoo 19 could not be fetched: check the network or set ODOO_PATH"
            external.run(command, "odoo", hint)
    return _import_folder(folder / f"odoo-{SERIES}", folder)


def _import_folder(given, name):
    """Odoo may be named by its checkout, its package or the prefix it is unpacked to."""
    choices = (given, given / "usr/lib/python3/dist-packages", given.parent)
    for choice in choices:
        if (choice / "odoo" / "release.py").is_file():
            return choice
    raise SetupError(f"no Odoo in {name}: set ODOO_PATH to a folder of Odoo {SERIES}")


def version(folder):
    """The release's version, read without importing it."""
    release = {}
    exec((folder / "odoo" / "release.py").read_text("utf-8"), release)
    return release["version"], release["version_info"][:2]


def _checked(folder):
    name, numbers = version(folder)
    if ".".join(map(str, numbers)) != SERIES:
        raise SetupError(
            f"unsupported Odoo version {name} in {folder}: set ODOO_PATH to {SERIES}"
        )
    return folder


def addons_folders(folder):
    """Entries addons_path needs for Odoo's own addons: a checkout keeps them aside."""
    if (folder / "odoo" / "addons" / "web").exists():
        return []
    return [folder / "addons"]
