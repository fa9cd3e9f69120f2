from odoo import api, fields, models
from odoo.fields import Domain


class MailNotification(models.Model):
    """Notifications of others' personal contact events do not show (S8)."""

    _inherit = "mail.notification"

    is_kontakti_hidden = fields.Boolean(
        "Hidden with a Personal Contact Event",
        compute="_compute_is_kontakti_hidden",
        search="_search_is_kontakti_hidden",
        compute_sudo=True,
        export_string_translation=False,
    )

    @api.depends_context("uid")
    def _compute_is_kontakti_hidden(self):
        for notification in self:
            message = notification.mail_message_id
            notification.is_kontakti_hidden = message.is_kontakti_hidden

    def _search_is_kontakti_hidden(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: which messages are hidden does not depend on who may read the rest
        messages = self.env["mail.message"].sudo()
        hidden = Domain(
            "mail_message_id",
            "in",
            messages._search([("is_kontakti_hidden", "=", True)]),
        )
        domains = {True: hidden, False: ~hidden}
        return Domain.OR(domains[bool(wanted)] for wanted in value)
