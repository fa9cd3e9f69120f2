from odoo import models


class IrAttachment(models.Model):
    """Attachments of others' personal contact events have no name (S8)."""

    _name = "ir.attachment"
    _inherit = ["ir.attachment", "kontakti.hidden.document.mixin"]
