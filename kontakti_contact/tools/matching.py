"""Recognising a customer from typed data, without the ORM (S17)."""

import re

from odoo.tools.mail import email_normalize_all, email_re

COMPANY_FORMS = frozenset(
    "oy oyj ab abp ky kb tmi rf ry avoin yhtiö ltd inc llc gmbh as aps oü sia uab".split()
)
PHONE_TAIL = 7


def customer_key(name: str | None) -> str:
    """Return what makes two typed customer names the same: trimmed, any case.

    >>> customer_key("  ÄLÄMÖLÖ Oy "), customer_key(None)
    ('älämölö oy', '')

    "#7" typed is not the customer with the id 7:

    >>> customer_key("#7")
    '##7'
    """
    key = (name or "").strip().casefold()
    return f"#{key}" if key.startswith("#") else key


def registered_id(key: str | None) -> int:
    """Return the id of the customer from the register that has this key; else 0.

    >>> registered_id("#7"), registered_id("##7"), registered_id("älämölö oy")
    (7, 0, 0)
    """
    digits = (key or "")[1:]
    return int(digits) if f"#{digits}" == key and digits.isdecimal() else 0


def core_name(name: str | None) -> str:
    """Return ``name`` without its company form: "Virtanen Oy" is "Virtanen".

    >>> core_name("Oy Virtanen & Pojat Ab"), core_name("Oy")
    ('Virtanen & Pojat', 'Oy')
    """
    words = (name or "").split()
    core = [word for word in words if word.strip(".,:").casefold() not in COMPANY_FORMS]
    return " ".join(core or words)


def phone_digits(phone: str | None) -> str:
    """Return the digits that identify a number, whatever its prefix and spacing.

    >>> phone_digits("+358 40 123 4567") == phone_digits("040-1234567")
    True
    >>> phone_digits("112")
    ''
    """
    digits = re.sub(r"\D", "", phone or "")
    return digits[-PHONE_TAIL:] if len(digits) >= PHONE_TAIL else ""


def email_addresses(text: str | None) -> set[str]:
    """Return the normalised addresses in a field, with names or without.

    >>> sorted(email_addresses('"Virtanen" <Info@x.example>; sales@x.example'))
    ['info@x.example', 'sales@x.example']
    >>> email_addresses('"Virtanen <info@x.example>"'), email_addresses("Virtanen")
    ({'info@x.example'}, set())
    """
    text = text or ""
    found = {*email_normalize_all(text), *map(str.lower, email_re.findall(text))}
    return {address for address in found if not re.search(r"[\s<>]", address)}
