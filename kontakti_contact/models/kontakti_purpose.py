from odoo import fields, models


class KontaktiPurpose(models.Model):
    """Why a contact was made: sales, marketing, communication (S1)."""

    _name = "kontakti.purpose"
    _description = "Contact Purpose"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
