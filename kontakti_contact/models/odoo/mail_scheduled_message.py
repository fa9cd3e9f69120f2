from odoo import api, models

CONTACT = "kontakti.contact"


class MailScheduledMessage(models.Model):
    """Messages for later on contact events (S8, T17)."""

    _inherit = "mail.scheduled.message"

    @api.model
    def _notification_parameters_whitelist(self):
        """Add: the address typed on the contact event, that nobody in the register has."""
        return super()._notification_parameters_whitelist() | {"outgoing_email_to"}

    @api.constrains("model", "res_id")
    def _check_kontakti_personal(self):
        """Leave none behind on a contact event made personal meanwhile."""
        on_contact = self.filtered(lambda rec: rec.model == CONTACT)
        self.env[CONTACT].browse(on_contact.mapped("res_id"))._keep_shared_meanwhile()
