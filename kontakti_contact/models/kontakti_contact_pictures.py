import re

from odoo import api, models

TEXTS = ("discussion", "actions")
PICTURE = re.compile(r"/web/(?:image|content)/(\d+)\b")


class KontaktiContact(models.Model):
    """Pictures pasted into the texts of a contact event belong to it (S8).

    Odoo's editor saves them at once, without a document while that is not saved: any
    administrator could read them then, and nobody but who pasted them.
    """

    _inherit = "kontakti.contact"

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        for contact, vals in zip(contacts, vals_list, strict=True):
            contact._claim_pictures(vals)
        return contacts

    def write(self, vals):
        result = super().write(vals)
        if len(self) == 1:
            self._claim_pictures(vals)
        return result

    def _claim_pictures(self, vals):
        """Attach the pictures in the texts of ``vals`` that have no document yet."""
        text = " ".join(str(vals.get(fname) or "") for fname in TEXTS)
        ids = {int(found) for found in PICTURE.findall(text)}
        if not ids:
            return
        # sudo: one's own, that have no document
        pictures = self.env["ir.attachment"].sudo()
        pictures.search(
            [
                ("id", "in", list(ids)),
                ("res_model", "=", self._name),
                ("res_id", "in", [0, False]),
                ("create_uid", "=", self.env.uid),
            ]
        ).res_id = self.id
