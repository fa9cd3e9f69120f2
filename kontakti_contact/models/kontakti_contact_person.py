from odoo import api, fields, models

from ..tools import arguments


class KontaktiContact(models.Model):
    """The contact person: proposed from the register, always free to type (S2).

    A proposal gives way to another one; what was typed is never cleared.
    """

    _inherit = "kontakti.contact"

    # on the form alone: the person proposed for the customer chosen before
    proposed_person = fields.Char(store=False, export_string_translation=False)

    def _get_proposed_person(self):
        """Return the name of the customer that is a person at a company, or False."""
        # sudo: a name that the contact event holds already
        partner = self.partner_id.sudo()
        is_person = partner != partner.commercial_partner_id
        return is_person and self._fields["contact_person"].shorten(partner.name)

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """Forget the person proposed for the customer chosen before, not one typed."""
        before = self.proposed_person or self._origin._get_proposed_person()
        proposed = self._get_proposed_person()
        if self.partner_id and not proposed and self.contact_person == before:
            self.contact_person = False
        self.proposed_person = proposed

    def write(self, vals):
        arguments.values(self.env, vals)
        if vals.get("partner_id") and "contact_person" not in vals:
            self.filtered(
                lambda contact: (
                    contact.partner_id.id != vals["partner_id"]
                    and contact.contact_person
                    and contact.contact_person == contact._get_proposed_person()
                )
            ).contact_person = False
        return super().write(vals)
