from odoo import models

CONTACT = "kontakti.contact"


class MailMessage(models.Model):
    """A message of a contact event goes without a word in that same chatter."""

    _inherit = "mail.message"

    def _get_kontakti_told(self):
        # sudo: whose messages they are
        return self.sudo().filtered(lambda message: message.model != CONTACT)
