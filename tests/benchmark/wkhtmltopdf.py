"""The wkhtmltopdf that Odoo's own reports need: yours, or Debian's unpacked aside.

Only the benchmark asks for it, to print Odoo's product labels beside ours.
"""

import shutil
from pathlib import Path

from kontakti_setup.errors import SetupError, say
from kontakti_setup.machine import debs, external

NAME = "wkhtmltopdf"
WRAPPER = """#!/bin/sh
export LD_LIBRARY_PATH="{libraries}"
export QT_PLUGIN_PATH="{prefix}/usr/lib/{machine}/qt5/plugins"
export QT_QPA_PLATFORM=offscreen
exec "{prefix}/usr/bin/wkhtmltopdf" "$@"
"""


def folder():
    """The folder of a wkhtmltopdf that starts, None when there is none to be had."""
    found = shutil.which(NAME)
    if found and _starts(found):
        return str(Path(found).parent)
    try:
        return str(_aside())
    except SetupError as error:
        say(f"no {NAME}, so Odoo's labels are not measured ({error})")
        return None


def _starts(path):
    return external.output([path, "--version"]) is not None


def _aside():
    prefix = debs.aside(NAME, f"install the package {NAME}", NAME)
    wrapper = prefix / "bin" / NAME
    wrapper.parent.mkdir(exist_ok=True)
    machine = next((prefix / "usr/lib").glob("*-linux-gnu*")).name
    wrapper.write_text(
        WRAPPER.format(
            prefix=prefix, machine=machine, libraries=debs.library_path(prefix)
        )
    )
    wrapper.chmod(0o755)
    if not _starts(wrapper):
        raise SetupError("Debian's does not start here")
    return wrapper.parent
