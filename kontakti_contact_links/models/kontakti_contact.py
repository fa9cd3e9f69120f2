from odoo import models


class KontaktiContact(models.Model):
    """What is made from a contact event is linked with it (S18)."""

    _inherit = "kontakti.contact"

    def _register_document(self, document):
        """Add: the document is linked with the contact event."""
        result = super()._register_document(document)
        self._link_document(document)
        return result

    def _link_document(self, document):
        """Link what the user has just made from this contact event.

        :param document: one saved record of any model
        """
        # sudo: the user may have been allowed to make the document but not to change
        # it; the link still shows only to those who may read both ends
        self.env["kontakti.link"].sudo().link(self, document)
