"""./setup/description: static/description/index.html of the addons, from their readmes."""

import re
from pathlib import Path

from kontakti_setup import paths

USAGE = """Usage: ./setup/description

Writes static/description/index.html of every addon, which Odoo shows in Apps, from the
fragments of its readme.
"""
FRAGMENTS = {
    "DESCRIPTION": "",
    "USAGE": "Usage",
    "CONFIGURE": "Configuration",
    "HISTORY": "History",
}
PAGE = """<section class="oe_container">
<h1>{name}</h1>
<p class="oe_slogan">{summary}</p>
{body}</section>
"""


def main(arguments):
    if arguments:
        print(USAGE)
        return 0
    for name in paths.addons():
        addon = paths.CHECKOUT / name
        written(addon).write_text(made(addon), "utf-8")
    return 0


def written(addon):
    return Path(addon) / "static" / "description" / "index.html"


def made(addon):
    """The page of an addon, as its readme has it now."""
    from markdown_it import MarkdownIt

    manifest = paths.manifest(addon)
    text = "\n".join(_fragment(Path(addon), *entry) for entry in FRAGMENTS.items())
    body = MarkdownIt("commonmark").enable("table").render(text)
    return PAGE.format(name=manifest["name"], summary=manifest["summary"], body=body)


def _fragment(addon, fragment, title):
    """A fragment below its title; the pictures lie beside the page."""
    path = addon / "readme" / f"{fragment}.md"
    text = path.read_text("utf-8") if path.exists() else ""
    text = re.sub(r"^#", "###", text, flags=re.MULTILINE)
    text = text.replace("(../static/description/", "(")
    return f"## {title}\n\n{text}" if title and text else text
