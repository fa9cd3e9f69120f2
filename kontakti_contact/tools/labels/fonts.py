"""Letters on labels: which font has them, and how wide they are (S4).

Noto Sans, which Odoo ships, has Latin with all its accents, Cyrillic and Greek. DejaVu
Sans, shipped here, adds Armenian, Georgian and symbols. Chinese, Japanese and Korean are
printed when the server has one of the TrueType fonts below. A letter that none of them
has makes the label one that cannot be printed: nothing is printed as an empty box.
"""

import functools
import unicodedata
from pathlib import Path
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from odoo.tools.misc import file_path

SHIPPED = (
    ("KontaktiNotoSans", "web/static/fonts/sign/NotoSans-Reg.ttf"),
    ("KontaktiDejaVuSans", "kontakti_contact/static/fonts/DejaVuSans.ttf"),
)
ON_THE_SERVER = (
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "NanumGothic.ttf",
    "fonts-japanese-gothic.ttf",
)
# These need more than a letter after a letter: joined, reordered or stacked.
RIGHT_TO_LEFT = frozenset(("R", "AL"))
COMPLEX_SCRIPTS = range(0x0900, 0x0E00), range(0x0E00, 0x10A0), range(0x1780, 0x1800)


class Font(NamedTuple):
    """A font registered with reportlab."""

    name: str
    widths: dict  # of a character, in thousandths of the font's size


@functools.cache
def fonts() -> tuple[Font, ...]:
    """Return the fonts there are, the first choice first. Read once a process."""
    found = [_register(name, file_path(path)) for name, path in SHIPPED]
    for number, file_name in enumerate(ON_THE_SERVER):
        path = _find_on_server(file_name)
        if path:
            try:
                found.append(_register(f"KontaktiServer{number}", path))
            except TTFError:
                continue  # outlines of a kind that cannot be embedded
    return tuple(found)


def _register(name, path):
    font = TTFont(name, path)
    pdfmetrics.registerFont(font)
    face = font.face
    widths = {
        chr(code): face.charWidths.get(code, face.defaultWidth)
        for code in face.charToGlyph
    }
    return Font(name, widths)


def _find_on_server(file_name):
    for folder in rl_config.TTFSearchPath:
        for path in Path(folder).glob(f"**/{file_name}") if "%" not in folder else ():
            return str(path)
    return None


def clean(text: str) -> str:
    """Return ``text`` in one line, composed, without control characters and emoji.

    >>> clean("  Ma\\u0308ki\\t\\n Oy\\u200b ")
    'Mäki Oy'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(char for char in text if _is_kept(char)).strip()


def _is_kept(char):
    kind = unicodedata.category(char)
    if kind in ("Cc", "Cf", "Co", "Cn") or char in "\ufe0e\ufe0f":
        return False
    # a symbol may go: the letters say who and where
    return kind[0] != "S" or _font_of(char) is not None


@functools.lru_cache(maxsize=4096)
def _font_of(char):
    if unicodedata.bidirectional(char) in RIGHT_TO_LEFT or any(
        ord(char) in script for script in COMPLEX_SCRIPTS
    ):
        return None
    return next((font for font in fonts() if char in font.widths), None)


def missing_letters(lines: list[str]) -> str:
    """Return the letters of ``lines`` that cannot be printed, each once.

    >>> missing_letters(["Mannerheimintie 1", "Київ", "Ąžuolų g. 5", "Αθήνα"])
    ''
    >>> missing_letters(["שלום"])
    'שלום'
    """
    first = fonts()[0].widths.keys()
    letters = dict.fromkeys(char for line in lines for char in line)
    return "".join(c for c in letters if c not in first and _font_of(c) is None)


@functools.lru_cache(maxsize=16384)
def runs(text: str) -> list[tuple[Font, str]]:
    """Return ``text`` in pieces that one font has.

    >>> [(font.name, piece) for font, piece in runs("Kahvila ☕")]
    [('KontaktiNotoSans', 'Kahvila '), ('KontaktiDejaVuSans', '☕')]
    """
    first = fonts()[0]
    if first.widths.keys() >= set(text):
        return [(first, text)]
    pieces = []
    for char in text:
        font = (first if char in first.widths else _font_of(char)) or first
        if pieces and pieces[-1][0] is font:
            pieces[-1] = (font, pieces[-1][1] + char)
        else:
            pieces.append((font, char))
    return pieces


@functools.lru_cache(maxsize=16384)
def text_width(text: str) -> float:
    """Return how wide ``text`` is at size 1, in the size's unit."""
    widths = (font.widths.get(char, 0) for font, piece in runs(text) for char in piece)
    return sum(widths) / 1000
