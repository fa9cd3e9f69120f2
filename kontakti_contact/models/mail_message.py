from odoo import models


class MailMessage(models.Model):
    """Messages on others' personal contact events do not show (S8)."""

    _name = "mail.message"
    _inherit = ["mail.message", "kontakti.hidden.document.mixin"]
    _kontakti_document_fields = ("model", "res_id")
