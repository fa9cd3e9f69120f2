from odoo import SUPERUSER_ID, api, models


class MailMail(models.Model):
    """E-mails about others' personal contact events have no name (S8)."""

    _inherit = "mail.mail"

    @api.depends_context("uid")
    def _compute_display_name(self):
        super()._compute_display_name()
        if self.env.uid != SUPERUSER_ID:
            self.filtered("is_kontakti_hidden").display_name = False
