"""Fields whose ``ilike`` looks in a column made for searching, by its index.

The column is no field for people: nobody reads, groups or exports it. Whoever may read
the field finds by it what the field says, in SQL and in memory alike.
"""

import copy

from odoo import fields
from odoo.tools import SQL

from . import checked
from .plain_text import SEPARATOR, as_read, plain_text

ILIKE = ("ilike", "not ilike")


class Searched:
    """For a class of fields: hands ``ilike`` a text to :meth:`_find_sql`."""

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        if not self._is_sought(field_expr, operator, value):
            return super().condition_to_sql(
                field_expr, operator, value, model, alias, query
            )
        # sudo: the column says no more than the field, which the caller may read
        found = self._find_sql(value, model.sudo(), alias, query)
        return SQL("(%s) IS NOT TRUE" if operator == "not ilike" else "(%s)", found)

    def _is_sought(self, field_expr, operator, value):
        return field_expr == self.name and is_sought(operator, value)

    def _find_sql(self, text, model, alias, query):
        """Return the condition that the column has ``text`` in it."""
        raise NotImplementedError


class Phone(Searched, checked.Char):
    """A phone number, found in any way of writing it.

    The model has a field ``phone_key`` with what ``tools/phones.py`` makes of it, and
    ``_get_phone_terms(text)``.
    """

    def _find_sql(self, text, model, alias, query):
        key = model._fields["phone_key"]
        return SQL(" OR ").join(
            key.condition_to_sql(key.name, "ilike", term, model, alias, query)
            for term in model._get_phone_terms(text)
        )

    def filter_function(self, records, field_expr, operator, value):
        if not self._is_sought(field_expr, operator, value):
            return super().filter_function(records, field_expr, operator, value)
        key, terms = records._fields["phone_key"], records._get_phone_terms(value)
        found = [
            key.filter_function(records, key.name, operator, term) for term in terms
        ]
        # sudo: as in SQL
        return lambda record: any(function(record.sudo()) for function in found)


class Html(Searched, checked.Html):
    """A text found as it is read: no markup, and words that are bold in part.

    The model has a field ``plain_text`` with several such texts, separated; this one is
    the number ``part`` of them, from 1.
    """

    part = 1

    def _find_sql(self, text, model, alias, query):
        column, unaccent = model._fields["plain_text"], model.env.registry.unaccent
        text = as_read(text)
        this = SQL(
            "split_part(%s, %s, %s)",
            model._field_to_sql(alias, column.name, query),
            SEPARATOR,
            self.part,
        )
        # the column by the index; then the part of it
        return SQL(
            "%s AND %s ILIKE %s",
            column.condition_to_sql(column.name, "ilike", text, model, alias, query),
            unaccent(this),
            unaccent(SQL("%s", f"%{text}%")),
        )

    def filter_function(self, records, field_expr, operator, value):
        if not self._is_sought(field_expr, operator, value):
            return super().filter_function(records, field_expr, operator, value)
        reader = copy.copy(self)
        reader.expression_getter = lambda _expr: lambda rec: plain_text(rec[self.name])
        return fields.Html.filter_function(
            reader, records, field_expr, operator, as_read(value)
        )


def is_sought(operator, value):
    """Return whether a condition asks for a text in another.

    >>> is_sought("ilike", "R&D"), is_sought("=", "R&D"), is_sought("ilike", " ")
    (True, False, False)
    """
    return operator in ILIKE and isinstance(value, str) and bool(value.strip())
