from odoo import fields, models


class MailComposeMessage(models.TransientModel):
    """A message may go to an address that nobody in the register has (T17, S17)."""

    _inherit = "mail.compose.message"

    kontakti_email_to = fields.Char("To (not in the register)")

    def _prepare_mail_values_static(self):
        """Add: the address typed on the contact event; no partner is made of it."""
        values = super()._prepare_mail_values_static()
        if self.kontakti_email_to and self.composition_mode == "comment":
            values["outgoing_email_to"] = self.kontakti_email_to
        return values
