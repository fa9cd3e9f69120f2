"""Decides which labels are printed, in which order and with which lines (S4).

Pure functions on :class:`Recipient` s, without the ORM: the preview, the PDF and the
export for a mail merge all come from one :class:`Plan`.
"""

import re
from typing import NamedTuple

from ..address_layout import layout_lines
from .fonts import clean, missing_letters
from .pdf import fit
from .sheet import Sheet

SORT_ZIP, SORT_NAME = "zip", "name"
PER_ADDRESS, PER_CUSTOMER, PER_CONTACT = "address", "customer", "contact"
# Why there is no label, in the order in which the user is told.
ARCHIVED, OPTED_OUT = "archived", "opted_out"
NO_NAME, NO_ADDRESS = "no_name", "no_address"
LETTERS, TOO_LONG, DUPLICATE = "letters", "too_long", "duplicate"
DEFAULT_FORMAT = "%(street)s\n%(street2)s\n%(zip)s %(city)s"
BETWEEN_NUMBERS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
FINNISH_ORDER = str.maketrans("åäöÅÄÖ", "{|}{|}")  # the three that follow z in ASCII


class Country(NamedTuple):
    """A country: how it writes addresses, and its name for the post abroad."""

    code: str
    name: str
    address_format: str


class Recipient(NamedTuple):
    """Whom a label is for; ``id`` is of the contact event or customer it comes from."""

    id: int
    customer: str = ""  # equal for the same customer
    name: str = ""
    person: str = ""
    street: str = ""
    street2: str = ""
    zip: str = ""
    city: str = ""
    state_code: str = ""
    state_name: str = ""
    country: int = 0
    is_archived: bool = False
    is_opted_out: bool = False
    extra: tuple = ()  # (name, text) of a layout's fields that an addon has added


class Choices(NamedTuple):
    """What the user chose, and where the organisation is."""

    sheet: Sheet
    countries: dict  # id: Country
    home: int = 0
    sort: str = SORT_ZIP
    one_per: str = PER_ADDRESS
    with_person: bool = True
    sender: str = ""
    skip_opted_out: bool = True


class Label(NamedTuple):
    """One label: what its lines say, and where on it they stand."""

    recipient: Recipient
    address: list
    lines: list


class Skipped(NamedTuple):
    """Who gets no label, and why."""

    recipient: Recipient
    reason: str


class Plan(NamedTuple):
    """The labels in printing order, and who gets none."""

    labels: list
    skipped: list


def make_plan(recipients, choices: Choices) -> Plan:
    """Return the :class:`Plan` of ``recipients``; of equals the first gets the label."""
    labels, skipped, seen = [], [], set()
    for recipient in recipients:
        label, reason = make_label(recipient, choices)
        key = _merge_key(recipient, choices)
        if label and key in seen:
            reason = DUPLICATE
        if reason:
            skipped.append(Skipped(recipient, reason))
        else:
            seen.add(key)
            labels.append(label)
    labels.sort(key=lambda label: _sort_key(label.recipient, choices))
    return Plan(labels, skipped)


def make_label(recipient: Recipient, choices: Choices):
    """Return ``(label, None)``, or ``(None, why not)``."""
    if recipient.is_archived:
        return None, ARCHIVED
    if recipient.is_opted_out and choices.skip_opted_out:
        return None, OPTED_OUT
    names = _name_lines(recipient, choices)
    if not names:
        return None, NO_NAME
    if not has_address(recipient):
        return None, NO_ADDRESS
    address = [*names, *address_lines(recipient, choices)]
    if missing_letters(address):
        return None, LETTERS
    lines = fit(choices.sheet, address, choices.sender)
    if lines is None:
        return None, TOO_LONG
    return Label(recipient, address, lines), None


def has_address(recipient: Recipient) -> bool:
    """Whether the post finds it: a place, and a street or the place's postal code.

    Large organisations have a postal code of their own and no street.

    >>> has_address(Recipient(1, street="Katu 1", city="Turku"))
    True
    >>> has_address(Recipient(1, zip="00052", city="VERO"))
    True
    >>> has_address(Recipient(1, street="Katu 1")), has_address(Recipient(1, zip="1"))
    (False, False)
    """
    street = (recipient.street or recipient.street2).strip()
    code, city = recipient.zip.strip(), recipient.city.strip()
    return bool((street and (code or city)) or (code and city))


def _name_lines(recipient, choices):
    name, person = clean(recipient.name), clean(recipient.person)
    if not name:
        return [person] if person else []
    if not choices.with_person or not person or person.casefold() == name.casefold():
        return [name]
    return [name, person]


def address_lines(recipient: Recipient, choices: Choices) -> list[str]:
    """Return the lines below the name, as the country writes them.

    Abroad the country comes last, in capitals and in English; at home there is none.

    >>> finland = Country("FI", "Finland", "%(street)s\\n%(street2)s\\n%(zip)s %(city)s")
    >>> states = Country("US", "United States",
    ...     "%(street)s\\n%(street2)s\\n%(city)s %(state_code)s %(zip)s\\n%(country_name)s")
    >>> choices = Choices(None, {1: finland, 2: states}, home=1)
    >>> address_lines(Recipient(1, street="Katu 1", zip="20100", city="Turku"), choices)
    ['Katu 1', '20100 Turku']
    >>> address_lines(Recipient(1, street="Main St", zip="10001", city="New York",
    ...     state_code="NY", country=2), choices)
    ['Main St', 'New York NY 10001', 'UNITED STATES']
    """
    country = choices.countries.get(recipient.country or choices.home)
    layout = (country and country.address_format) or DEFAULT_FORMAT
    values = {**recipient._asdict(), **dict(recipient.extra)}
    lines = layout_lines(layout, values, clean)
    if country and clean(country.name) and not _is_home(recipient, choices):
        lines.append(clean(country.name).upper())
    return lines


def _is_home(recipient, choices):
    return recipient.country in (0, choices.home)


def _merge_key(recipient, choices):
    if choices.one_per == PER_CONTACT:
        return recipient.id
    country = recipient.country or choices.home
    code = _letters(recipient.zip)
    if country in choices.countries:
        code = code.removeprefix(choices.countries[country].code.casefold())
    street = _letters(f"{recipient.street} {recipient.street2}")
    key = (country, code, _letters(recipient.city), street)
    # a town alone is not one address: its customers are not neighbours
    per_customer = choices.one_per == PER_CUSTOMER or not street
    return (*key, recipient.customer) if per_customer else key


def _letters(text):
    """Return what counts in a comparison: no case, spaces or punctuation.

    Between two numbers they do count.

    >>> _letters("Mannerheimin tie 1 B, 12") == _letters("MANNERHEIMINTIE 1B12")
    True
    >>> _letters("Kauppakatu 1 12") == _letters("Kauppakatu 11 2")
    False
    """
    text = BETWEEN_NUMBERS.sub("x", text)
    return "".join(char for char in text.casefold() if char.isalnum())


def _sort_key(recipient, choices):
    name = (recipient.name or recipient.person).strip().casefold()
    name = name.translate(FINNISH_ORDER)
    if choices.sort == SORT_NAME:
        return (name, recipient.zip, recipient.id)
    abroad = ""
    if not _is_home(recipient, choices) and recipient.country in choices.countries:
        abroad = choices.countries[recipient.country].name
    return (abroad, recipient.zip.strip().casefold(), name, recipient.id)
