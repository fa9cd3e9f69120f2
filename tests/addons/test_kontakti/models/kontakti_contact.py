from odoo import models


class KontaktiContact(models.Model):
    """What is special about the application ``ticket``: its values, and its saving."""

    _inherit = "kontakti.contact"

    def _application_ticket_values(self, choice=None):
        """Return the values of the new ticket: also of a customer who was typed."""
        return {
            "client_id": self.partner_id.id,
            "client_phone": self.phone,
            "origin_subject": self.name,
        }

    def _application_ticket_finish(self, document):
        """Called once, when the user has saved the ticket."""
        document.is_received = True
