"""HTML as it is read, without the ORM."""

import unicodedata

from lxml import etree, html

# between the parts of a text that is searched as one; no text has it in it
SEPARATOR = "\x1f"
# of which nothing is read
UNSEEN = frozenset("head noscript script style template title".split())
# within a word: all others part words
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q"
    " s samp small span strike strong sub sup t time tt u var wbr".split()
)
PARSER = html.HTMLParser(huge_tree=True)
# editors and mail programs put them into words
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def plain_text(markup: str | None) -> str:
    """Return what is read of ``markup``, on one line.

    >>> plain_text("<p>R&amp;D: the <b>of</b>fer</p><p>a &lt; b,&nbsp; 5&nbsp;&euro;</p>")
    'R&D: the offer a < b, 5 €'
    >>> plain_text("<ul><li>one</li><li>two<br>three</li></ul><style>x</style><!-- y -->")
    'one two three'
    >>> plain_text("<p>of<b>f</b><i>er</i>s</p>")
    'offers'
    >>> plain_text(None), plain_text("<p><br></p>"), plain_text("just text")
    ('', '', 'just text')
    """
    if not markup or not markup.strip():
        return ""
    root = html.fragment_fromstring(markup, create_parent="div", parser=PARSER)
    return as_read("".join(_read(root)))


def as_read(text: str) -> str:
    """Return ``text`` with one space where there is any white space, and NFC letters.

    >>> as_read(" two\\u00a0 words\\n"), as_read("so\\u00adft"), len(as_read("a\\u0308"))
    ('two words', 'soft', 1)
    """
    words = text.translate(INVISIBLE).split()
    return unicodedata.normalize("NFC", " ".join(words))


def _read(root):
    """Yield the pieces of text in ``root``, a space where something other than words is.

    Not by recursion: what is pasted may be nested deeply.
    """
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if isinstance(node.tag, str) and node.tag not in INLINE:
            yield " "
        if event == "start":
            if node.tag in UNSEEN:
                walk.skip_subtree()
            elif node.text:
                yield node.text
        elif node.tail:
            yield node.tail
