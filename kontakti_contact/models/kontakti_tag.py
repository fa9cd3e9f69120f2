from random import randint

from odoo import fields, models

from ..tools import checked


class KontaktiTag(models.Model):
    """A free word for sorting contact events (S2)."""

    _name = "kontakti.tag"
    _inherit = ["kontakti.choice.mixin"]
    _description = "Contact Tag"
    _order = "name, id"

    name = checked.Char(limit=100, required=True, translate=True)
    color = checked.Integer(default=lambda self: randint(1, 11))
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex("(name)", "A tag of this name already exists.")
