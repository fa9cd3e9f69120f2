from odoo import fields, models

from ..tools import checked


class KontaktiPurpose(models.Model):
    """Why a contact was made: sales, marketing, communication (S1)."""

    _name = "kontakti.purpose"
    _inherit = ["kontakti.choice.mixin"]
    _description = "Contact Purpose"
    _order = "sequence, name, id"

    name = checked.Char(required=True, translate=True)
    sequence = checked.Integer(default=10)
    active = fields.Boolean(default=True)
    discussion_template = checked.Html(
        "Questions to ask",
        translate=True,
        help="Put into an empty Discussion when the purpose is chosen.",
    )
    actions_template = checked.Html(
        "Checklist",
        translate=True,
        help="Put into empty Actions when the purpose is chosen.",
    )
