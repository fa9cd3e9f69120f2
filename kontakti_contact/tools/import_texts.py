"""What spreadsheets do to texts, undone when a file is imported: plain functions.

A cell of numbers has no leading zeros, and Odoo's own CSV has an apostrophe before a text
that a spreadsheet would take for a formula.
"""

try:
    import phonenumbers
except ImportError:  # Odoo's own addons do without it too
    phonenumbers = None

# How many digits a postal code has, where it has digits alone and may begin with a zero.
DIGITS_OF_CODE = {
    **dict.fromkeys("AX DE ES FI FR IT US".split(), 5),
    **dict.fromkeys("DK NO".split(), 4),
}
LIKE_A_FORMULA = ("'=", "'+", "'-")


def restore_text(text: str) -> str:
    """Return ``text`` without the apostrophe that Odoo's CSV has put before it.

    >>> restore_text("'+358 40 1"), restore_text("'=1+1"), restore_text("'tis")
    ('+358 40 1', '=1+1', "'tis")
    """
    return text[1:] if text.startswith(LIKE_A_FORMULA) else text


def restore_postal_code(text: str, country: str) -> str:
    """Return a postal code with the zeros that a cell of numbers has lost.

    >>> restore_postal_code("100", "FI"), restore_postal_code("00100", "FI")
    ('00100', '00100')
    >>> restore_postal_code("100", "SE"), restore_postal_code("SW1", "FI")
    ('100', 'SW1')
    """
    is_number = text.isascii() and text.isdecimal()
    return text.zfill(DIGITS_OF_CODE.get(country, 0)) if is_number else text


def restore_phone(text: str, country: str) -> str:
    """Return a phone number with the zero or + that a cell of numbers has lost.

    What is no number of the country without it, or one of another with a +, stays.

    >>> restore_phone("401234567", "FI"), restore_phone("358401234567", "FI")
    ('0401234567', '+358401234567')
    >>> restore_phone("040 1234567", "FI"), restore_phone("112", "FI")
    ('040 1234567', '112')
    """
    is_number = text.isascii() and text.isdecimal() and not text.startswith("0")
    if not is_number or not country or not phonenumbers:
        return text
    number = _parse_valid(text, country)
    if not number:
        return text
    if text == f"{number.country_code}{number.national_number}":
        return f"+{text}"
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country)
    has_zero = metadata and metadata.national_prefix == "0"
    return f"0{text}" if has_zero and not _parse_valid(f"+{text}") else text


def _parse_valid(text, country=None):
    """Return the number, None when there is no such number."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
