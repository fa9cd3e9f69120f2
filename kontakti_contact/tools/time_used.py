"""The time used as people write it.

``static/src/fields/time_used/parse_time_used.js`` reads the same in the browser; both are
tested by one table of examples, ``static/tests/fields/time_used_examples.js``.
"""

import re

from . import checked

LEAST_MINUTES = 5  # a bare whole number from here up is minutes
NUMBER = r"([0-9]{1,7}(?:[.,][0-9]{1,6})?)"
HOURS = r"(?:h|hrs?|hours?|t|tunti|tuntia|tim|timme|timmar)\.?"
MINUTES = r"(?:m|mins?|minutes?|minuutti|minuuttia|minut|minuter)\.?"
CLOCK = re.compile(r"([0-9]{0,4}):([0-5][0-9])(?::([0-5][0-9]))?")
BARE = re.compile(NUMBER)
ONLY_MINUTES = re.compile(f"{NUMBER} ?{MINUTES}")
WITH_HOURS = re.compile(f"{NUMBER} ?{HOURS}(?: ?{NUMBER} ?(?:{MINUTES})?)?")


def parse_time_used(text):
    """Return the hours (float) that ``text`` says.

    :raise ValueError: when it says none

    >>> parse_time_used("15"), parse_time_used("12 min"), parse_time_used("1,5")
    (0.25, 0.2, 1.5)
    >>> parse_time_used("1 h 30"), parse_time_used("0:15"), parse_time_used("")
    (1.5, 0.25, 0.0)
    """
    plain = " ".join(text.lower().split())
    if not plain:
        return 0.0
    if found := CLOCK.fullmatch(plain):
        hours, minutes, seconds = map(_number, found.groups())
        return hours + minutes / 60 + seconds / 3600
    if BARE.fullmatch(plain):
        number = _number(plain)
        is_minutes = plain.isdecimal() and number >= LEAST_MINUTES
        return number / 60 if is_minutes else number
    if found := ONLY_MINUTES.fullmatch(plain):
        return _number(found[1]) / 60
    if found := WITH_HOURS.fullmatch(plain):
        return _number(found[1]) + _number(found[2]) / 60
    raise ValueError(f"“{text}” is no time")


def write_time_used(hours):
    """Return a text that :func:`parse_time_used` reads as ``hours``.

    >>> write_time_used(8.0), write_time_used(0.25)
    ('8:00', 0.25)
    """
    is_taken_for_minutes = hours >= LEAST_MINUTES and hours == int(hours)
    return f"{int(hours)}:00" if is_taken_for_minutes else hours


def _number(text):
    return float((text or "0").replace(",", "."))


class TimeUsed(checked.Float):
    """Hours; a file that is to be imported again holds them so that they are hours."""

    def convert_to_export(self, value, record):
        exported = super().convert_to_export(value, record)
        is_for_import = record.env.context.get("import_compat")
        return write_time_used(exported) if is_for_import and exported else exported
