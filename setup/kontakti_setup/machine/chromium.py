"""A Chromium for the browser tests: yours, or Debian's unpacked aside."""

import os
import shutil
from pathlib import Path

from kontakti_setup.errors import SetupError
from kontakti_setup.machine import clock, debs, external

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-liberation")
HINT = "no Chromium: install the package chromium, or set KONTAKTI_CHROMIUM to its path"
WRAPPER = """#!/bin/sh
# Debian's Chromium, unpacked beside the system, with the libraries it needs.
here=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH="{libraries}"
export FONTCONFIG_FILE="$here/fonts.conf"
export XDG_DATA_DIRS="{prefix}/usr/share:${{XDG_DATA_DIRS:-/usr/local/share:/usr/share}}"
exec "{prefix}/usr/lib/chromium/chromium" "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{prefix}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""


def find():
    """The path of a Chromium that starts."""
    given = os.environ.get("KONTAKTI_CHROMIUM")
    if given:
        if not _starts(given):
            raise SetupError(f"KONTAKTI_CHROMIUM={given} does not start")
        return given
    for name in NAMES:
        path = shutil.which(name)
        if path and _starts(path):
            return path
    return str(_aside())


def _starts(path):
    return external.output([path, "--version"]) is not None


def _aside():
    folder = debs.aside("chromium", HINT, *PACKAGES)
    if not (folder / "usr/lib/chromium/chromium").exists():
        external.remove(folder)
        raise SetupError(HINT)
    wrapper = _wrapper(folder)
    if not _starts(wrapper):
        raise SetupError(f"{HINT} (Debian's does not start here)")
    return wrapper


def _wrapper(folder):
    """A program called chromium, as Odoo's tests look for it on PATH."""
    path = folder / "bin" / "chromium"
    path.parent.mkdir(exist_ok=True)
    (path.parent / "fonts.conf").write_text(FONTS.format(prefix=folder))
    libraries = f"{folder}/usr/lib/chromium:{debs.library_path(folder)}"
    part = path.with_name(f"chromium.{os.getpid()}")
    part.write_text(WRAPPER.format(prefix=folder, libraries=libraries))
    part.chmod(0o755)
    part.rename(path)
    return path


def on_path(chromium, scratch):
    """A folder for PATH in which Odoo finds this Chromium first.

    Odoo sets the zone of all it starts to UTC: a zone asked for is set again.
    """
    folder = Path(scratch) / "bin"
    folder.mkdir(exist_ok=True)
    link = folder / NAMES[0]
    zone = f"TZ={os.environ['TZ']} " if clock.is_set() else ""
    link.write_text(f'#!/bin/sh\n{zone}exec "{chromium}" "$@"\n')
    link.chmod(0o755)
    return folder
