from odoo import models

from .kontakti_contact_applications import APPLICATION_KEY, CONTACT_KEY


class Base(models.AbstractModel):
    """Registers a document on the contact event that its new form was opened from."""

    _inherit = "base"

    def web_save(self, vals, specification, next_id=None):
        """Add: a new record of a form opened by ``open_application`` is registered.

        Only the save that creates it does so; later ones have a record (S17, S19).
        """
        result = super().web_save(vals, specification, next_id=next_id)
        contact_id = self.env.context.get(CONTACT_KEY)
        if self or next_id or not contact_id or not result:
            return result
        contact = self.env["kontakti.contact"].browse(contact_id).exists()
        if not contact or not contact.has_access("read"):
            return result
        document = self.browse(result[0]["id"])
        contact._register_saved(self.env.context.get(APPLICATION_KEY), document)
        return document.with_context(bin_size=True).web_read(specification)
