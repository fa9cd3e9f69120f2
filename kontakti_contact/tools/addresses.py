"""E-mail addresses as people type them: plain functions."""

import re

from odoo.tools.mail import email_split_and_normalize, formataddr

# A separator, or a quoted name, in which it separates nothing.
SEPARATOR = re.compile(r'("(?:[^"\\]|\\.)*")|[;\r\n]+')
# Two addresses with nothing but a space between them.
SIDE_BY_SIDE = re.compile(r'([^\s"<>,]+@[^\s"<>,]+>?|<[^\s<>]+>)\s+(?=[^\s"<>,]+@)')


def split_addresses(text):
    """Return the addresses in ``text``, ``[(name or "", address)]``, each once.

    >>> split_addresses("A@x.example; Liisa Laine <b@x.example>, a@x.example")
    [('', 'a@x.example'), ('Liisa Laine', 'b@x.example')]
    >>> split_addresses('"Laine; Liisa" <b@x.example> c@x.example')
    [('Laine; Liisa', 'b@x.example'), ('', 'c@x.example')]
    >>> split_addresses("call me"), split_addresses(None)
    ([], [])
    """
    text = SEPARATOR.sub(lambda found: found[1] or ", ", text or "")
    found = {}
    for name, address in email_split_and_normalize(SIDE_BY_SIDE.sub(r"\1, ", text)):
        local, _at, domain = (address or "").rpartition("@")
        if local and domain and not re.search(r"\s", address):
            found.setdefault(address, name)
    return [(name, address) for address, name in found.items()]


def join_addresses(addresses):
    """Return ``[(name, address)]`` as one text for a message's recipients.

    >>> join_addresses([("Liisa", "b@x.example"), ("", "c@x.example")])
    '"Liisa" <b@x.example>, c@x.example'
    """
    return ", ".join(formataddr(pair) for pair in addresses)
