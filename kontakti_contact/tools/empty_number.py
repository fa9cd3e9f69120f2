"""A whole number that may be unknown, which is not 0."""

from odoo import fields


class Integer(fields.Integer):
    """Empty where there is no number: not shown, not summed, first or last in an order.

    >>> field = Integer()
    >>> field.convert_to_cache(False, None), field.convert_to_cache(0, None)
    (None, 0)
    """

    falsy_value = None

    def convert_to_cache(self, value, record, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_read(self, value, record, use_display_name=True):
        return False if value is False or value is None else value

    def convert_to_export(self, value, record):
        return "" if value is False or value is None else value
