"""Fields that hold only what the database, JSON and XML-RPC can carry.

A field checks what comes in, whatever way it comes: create, write, an onchange, a
default of a context, a file. One NaN stored would break every list it is summed in,
for everybody. Use these for stored fields that a user writes; computed ones need none.
"""

import math

from odoo import fields
from odoo.exceptions import ValidationError

LARGEST_FLOAT = 1_000_000
LARGEST_INTEGER = 2**31 - 1


class Checked:
    """For a class of fields: checks every value before Odoo converts it."""

    def convert_to_cache(self, value, record, validate=True):
        self._check(value, record)
        return super().convert_to_cache(value, record, validate)

    def convert_to_column(self, value, record, values=None, validate=True):
        if validate:  # else it is what a search compares with
            self._check(value, record)
        return super().convert_to_column(value, record, values, validate)

    def _check(self, value, record):
        """Raise a ``ValidationError`` when the field cannot hold ``value``."""
        raise NotImplementedError


class Number(Checked):
    """A number, not NaN and not infinite, of at most ``most`` either side of 0."""

    def _check(self, value, record):
        try:
            number = float(value or 0)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not -self.most <= number <= self.most:  # NaN is between no two numbers
            raise ValidationError(
                record.env._(
                    "“%(field)s” has to be a number from %(least)s to %(most)s.",
                    field=self._description_string(record.env),
                    least=-self.most,
                    most=self.most,
                )
            )


class Text(Checked):
    """A text that can be stored, of at most ``limit`` characters (0: any number).

    Give an indexed field a limit: PostgreSQL's index holds some 2,700 bytes.
    """

    limit = 0

    def _check(self, value, record):
        text = _decode(value)
        if not is_storable(text):
            raise ValidationError(
                record.env._(
                    "“%s” has characters in it that cannot be stored.",
                    self._description_string(record.env),
                )
            )
        # a field without a label is for nobody to read
        is_read = self.required and self.export_string_translation
        if is_read and text and not is_visible(text):
            raise ValidationError(
                record.env._(
                    "“%s” has nothing in it to read: type something.",
                    self._description_string(record.env),
                )
            )
        if self.limit and len(text) > self.limit:
            raise ValidationError(
                record.env._(
                    "“%(field)s” is %(length)s characters long; at most %(limit)s fit.",
                    field=self._description_string(record.env),
                    length=len(text),
                    limit=self.limit,
                )
            )

    def shorten(self, text):
        """Return ``text`` (str or empty) as far as the field holds it."""
        return text[: self.limit or None] if text else text


class Float(Number, fields.Float):
    most = LARGEST_FLOAT


class Integer(Number, fields.Integer):
    most = LARGEST_INTEGER


class Char(Text, fields.Char):
    pass


class Html(Text, fields.Html):
    pass


class Ids(Checked, fields.Json):
    """A list of ids of records, as JSON."""

    def _check(self, value, record):
        if value and not are_ids(value):
            raise ValidationError(
                record.env._(
                    "“%s” has to be a list of ids.",
                    self._description_string(record.env),
                )
            )


def is_id(value):
    """Return whether ``value`` can be the id of a record.

    >>> is_id(7), is_id(True), is_id("7"), is_id(0), is_id(2**31)
    (True, False, False, False, False)
    """
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole and 0 < value <= LARGEST_INTEGER


def are_ids(values):
    """Return whether ``values`` is a list of what can be ids.

    >>> are_ids([1, 2]), are_ids([]), are_ids("12"), are_ids([1, None])
    (True, True, False, False)
    """
    return isinstance(values, list | tuple) and all(map(is_id, values))


def ids_in(values):
    """Return those of ``values`` that can be ids, for a statement of our own.

    >>> ids_in([1, "2", None, 3])
    [1, 3]
    """
    return list(filter(is_id, values))


def is_visible(text):
    """Return whether there is anything to read in ``text``, or to click on.

    >>> is_visible("Äijälä"), is_visible(" \\n"), is_visible("\u00a0\u200b\ufeff")
    (True, False, False)
    """
    return any(char.isprintable() and not char.isspace() for char in text)


def is_storable(text):
    """Return whether PostgreSQL can store ``text``.

    >>> is_storable("Äijälä"), is_storable("a\\x00b"), is_storable("\\ud800")
    (True, False, False)
    """
    try:
        return b"\x00" not in text.encode()
    except UnicodeEncodeError:
        return False


def _decode(value):
    """Return the text that Odoo makes of ``value``; NUL when it can make none."""
    if not isinstance(value, bytes):
        return "" if value is None or value is False else str(value)
    try:
        return value.decode()
    except UnicodeDecodeError:
        return "\x00"
