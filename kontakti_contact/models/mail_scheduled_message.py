from odoo import api, models


class MailScheduledMessage(models.Model):
    """A message for later also goes to the address typed on its contact event (T17)."""

    _inherit = "mail.scheduled.message"

    @api.model
    def _notification_parameters_whitelist(self):
        """Add: the address that nobody in the register has."""
        return super()._notification_parameters_whitelist() | {"outgoing_email_to"}
