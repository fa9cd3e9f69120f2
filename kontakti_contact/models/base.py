from odoo import models

from .kontakti_contact_applications import ORIGIN_KEY


class Base(models.AbstractModel):
    """Registers a document on the contact event that its new form was opened from."""

    _inherit = "base"

    def web_save(self, vals, specification, next_id=None):
        """Add: a new record of a form opened by ``open_application`` is registered.

        Only the save that creates it does so; later ones have a record (S17, S19).
        """
        result = super().web_save(vals, specification, next_id=next_id)
        origin = self.env.context.get(ORIGIN_KEY)
        if self or next_id or not result or not isinstance(origin, dict):
            return result
        document = self.browse(result[0]["id"])
        if not self.env["kontakti.contact"]._register_saved(origin, document):
            return result
        return document.with_context(bin_size=True).web_read(specification)
