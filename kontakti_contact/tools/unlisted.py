"""Fields that are no choice for people."""

from odoo import fields


class Unlisted:
    """For a class of fields: offered in no filter, group or column of a file.

    A view, context or domain that names the field works as ever.

    >>> field = Char()
    >>> field.exportable, field._description_searchable, field._description_groupable(None)
    (False, False, False)
    """

    exportable = False
    _description_searchable = False

    def _description_groupable(self, env):
        return False


class Char(Unlisted, fields.Char):
    pass


class Datetime(Unlisted, fields.Datetime):
    pass


class Asked(Unlisted, fields.Char):
    """A word that domains of views ask for; there is nothing to read.

    Odoo wants what a view asks for to be searchable; this type is offered in no filter.

    >>> field = Asked()
    >>> field._description_type
    'json'
    """

    _description_searchable = fields.Char._description_searchable
    _description_type = "json"
