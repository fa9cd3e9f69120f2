"""Two people's changes of one text, put together without losing a word of either."""

from lxml import etree, html
from markupsafe import escape

from odoo.tools import is_html_empty

EDITOR_MARKS = ("data-oe-version", "data-last-history-steps")  # no text of anybody's


def keep_both(read, theirs, mine):
    """Return their text, and beneath it the paragraphs that are new in mine.

    :param read: the HTML that both began from, or nothing
    :param theirs: the HTML that is saved, or nothing
    :param mine: the HTML that is to be saved, or nothing
    :return: HTML (str)

    >>> keep_both("<p>Call</p>", "<p>Call</p><p>Eino</p>", "<p>Call</p><p>Aino</p>")
    '<p>Call</p><p>Eino</p><p>Aino</p>'
    >>> keep_both("<p>Call</p>", "<p>Call Eino</p>", "<p>Call Aino</p>")
    '<p>Call Eino</p><p>Call Aino</p>'
    >>> keep_both("", "<p>Eino</p>", "")
    '<p>Eino</p>'
    """
    known = {_key(part) for text in (read, theirs) for part in _split(text)}
    new = [part for part in _split(mine) if _key(part) not in known]
    return "".join([*_split(theirs), *new])


def is_same(one, other):
    """Return whether two texts are the same, but for the marks of the editor.

    >>> is_same(None, "<p><br></p>"), is_same('<p data-oe-version="2">A</p>', "<p>A</p>")
    (True, True)
    >>> is_same("<p>A</p>", "<p>B</p>")
    False
    """
    one, other = one or "", other or ""
    if one == other or (is_html_empty(one) and is_html_empty(other)):
        return True
    return [*map(_key, _split(one))] == [*map(_key, _split(other))]


def _split(text):
    """Return the paragraphs of an HTML text, each as HTML."""
    if is_html_empty(text or ""):
        return []
    return [
        str(escape(part)) if isinstance(part, str) else _write(part)
        for part in html.fragments_fromstring(text)
    ]


def _key(part):
    """Return what tells a paragraph from others."""
    [element] = html.fragments_fromstring(f"<div>{part}</div>")
    for inner in element.iter(etree.Element):
        for mark in EDITOR_MARKS:
            inner.attrib.pop(mark, None)
    return _write(element).strip()


def _write(element):
    return etree.tostring(element, encoding="unicode", method="html")
