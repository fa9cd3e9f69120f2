"""Phone numbers in any way of writing them, without the ORM."""

import re

try:
    import phonenumbers
except ImportError:  # Odoo runs without it: then a number is its digits
    phonenumbers = None

# what people write numbers with; anything else is no number
WRITTEN = re.compile(r"[\d\s+()./\-\u2010-\u2015\u2212]+")
LEAST_DIGITS = 3  # what an index of trigrams finds
TRUNK = "0"
# stands in a key for the country, where none is known; ``register.py``
# has both in SQL
UNKNOWN = "~"
FIRST_TRUNK = r"(^|[/,;]) *[(]?0"
NO_DIGIT = r"[^0-9~]"


def phone_key(number: str | None, region: str | None = None) -> str:
    """Return what a number is found by: its digits with the country's, then as written.

    :param region: ISO code of the country whose numbers are written without a prefix

    >>> phone_key("040 123 4567", "FI"), phone_key("+358 (0)40-1234567")
    ('358401234567 040 123 4567', '358401234567 +358 (0)40-1234567')

    What is no one number of a country keeps the digits there are:

    >>> phone_key("0401234567/0507654321", "FI"), phone_key("112"), phone_key(" ")
    ('~401234567~507654321 0401234567/0507654321', '112 112', '')
    """
    if not number or not number.strip():
        return ""
    parsed = _parse(number.strip(), region)
    return f"{_international(parsed) if parsed else _digits_kept(number)} {number}"


def registered_phone_key(number: str, sanitized: str | None) -> str:
    """Return the key of a number of the register, which has a ``sanitized`` form of it.

    ``register.py`` says the same in SQL.

    >>> registered_phone_key("040 1234567", "+358401234567")
    '358401234567 040 1234567'
    >>> registered_phone_key("112", False)
    '112 112'
    """
    return f"{_digits_kept(sanitized or number)} {number}"


def phone_terms(text: str, region: str | None = None) -> list[str]:
    """Return what to look for in keys, to find the numbers that ``text`` is in.

    A whole number is sought with its country's digits, and as those without a known
    country are kept; a part of one as it is, without the 0 that stands for the country.

    >>> phone_terms("+358 40 123 4567")
    ['358401234567', '~401234567']
    >>> phone_terms("0401234567", "FI")
    ['401234567', '358401234567']
    >>> phone_terms("040 123"), phone_terms("ext. 12"), phone_terms("40")
    (['40123'], ['ext. 12'], ['40'])
    """
    text = text.strip()
    found = digits(text).lstrip(TRUNK)
    if not WRITTEN.fullmatch(text) or len(found) < LEAST_DIGITS:
        return [text]
    parsed = _parse(text, region)
    if not parsed:
        return [found]
    if is_international(text):
        return [_international(parsed), UNKNOWN + _national(parsed).lstrip(TRUNK)]
    return list(dict.fromkeys([found, _international(parsed)]))


def national_digits(text: str, region: str | None = None) -> str:
    """Return the digits that a number has in every way of writing it; '' of no number.

    >>> national_digits("+358 40 123 4567"), national_digits("040 123 4567", "FI")
    ('401234567', '401234567')
    >>> national_digits("040 12"), national_digits("Virtanen 12"), national_digits("0")
    ('4012', '', '')
    """
    text = text.strip()
    found = digits(text).lstrip(TRUNK)
    if not WRITTEN.fullmatch(text) or len(found) < LEAST_DIGITS:
        return ""
    parsed = _parse(text, region)
    return _national(parsed).lstrip(TRUNK) if parsed else found


def international_number(text: str) -> str:
    """Return a number written with its country's as "+358401234567"; else ''.

    >>> international_number("00358 40 1234567"), international_number("0401234567")
    ('+358401234567', '')
    """
    parsed = is_international(text.strip()) and _parse(text.strip(), None)
    return f"+{_international(parsed)}" if parsed else ""


def is_international(text: str) -> bool:
    """Return whether a number is written with its country's.

    >>> is_international("+358 40"), is_international("00358"), is_international("040")
    (True, True, False)
    """
    return text.startswith(("+", "00"))


def digits(text: str) -> str:
    """Return the digits 0-9 in ``text``.

    >>> digits("+358 (0)40-12")
    '35804012'
    """
    return re.sub(r"[^0-9]", "", text)


def _digits_kept(text):
    return re.sub(NO_DIGIT, "", re.sub(FIRST_TRUNK, r"\1~", text))


def _parse(text, region):
    """Return the number that ``text`` is, None when it is none or not a whole one."""
    if not phonenumbers:
        return None
    try:
        number = phonenumbers.parse(re.sub(r"^00", "+", text), region or None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _international(number):
    return f"{number.country_code}{_national(number)}"


def _national(number):
    return phonenumbers.national_significant_number(number)
