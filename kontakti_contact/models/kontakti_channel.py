from odoo import fields, models

from ..tools import checked


class KontaktiChannel(models.Model):
    """How a contact was made: phone, e-mail, meeting, visit (S2)."""

    _name = "kontakti.channel"
    _inherit = ["kontakti.choice.mixin"]
    _description = "Contact Channel"
    _order = "sequence, name, id"

    name = checked.Char(required=True, translate=True)
    sequence = checked.Integer(default=10)
    active = fields.Boolean(default=True)
    icon = checked.Char(
        default="fa-comment-o",
        help="Font Awesome class of the icon shown on contact events, "
        "for example fa-phone",
    )
