from odoo import models


class MailFollowers(models.Model):
    """Followers of others' personal contact events do not show (S8)."""

    _name = "mail.followers"
    _inherit = ["mail.followers", "kontakti.hidden.document.mixin"]
