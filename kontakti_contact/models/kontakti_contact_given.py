from odoo import api, models

from .kontakti_contact import STATE_DONE, STATE_OPEN
from .kontakti_contact_customer import REGISTER_FIELDS

COMPANY = "commercial_partner_id"
# what the register alone says of its customers
OF_REGISTER = frozenset(["customer_name", *REGISTER_FIELDS])
NEVER_GIVEN = frozenset([COMPANY, "customer_key"])


def _without(vals, names):
    return {name: value for name, value in vals.items() if name not in names}


class KontaktiContact(models.Model):
    """Values given beside a customer of the register are ignored (S17).

    Half of them kept would be neither what was typed nor what the register says. Of a
    done contact event the company it was with is history; of an open one the register's.
    """

    _inherit = "kontakti.contact"

    @api.model
    def _add_precomputed_values(self, vals_list):
        """Take the register's data whatever was given, also by the context."""
        for vals in vals_list:
            if vals.get("partner_id"):
                for name in OF_REGISTER & vals.keys():
                    del vals[name]
        return super()._add_precomputed_values(vals_list)

    def _load_records_create(self, vals_list):
        """Take a blank cell for no person, not for one that was cleared."""
        for vals in vals_list:
            if vals.get("partner_id") and not vals.get("contact_person", True):
                del vals["contact_person"]
        return super()._load_records_create(vals_list)

    def write(self, vals):
        vals = _without(vals, NEVER_GIVEN)
        ignoring, kept = self.browse(), self.browse()
        if vals.get("partner_id"):
            ignoring, kept = self, self._filter_kept(vals)
        elif OF_REGISTER & vals.keys() and "partner_id" not in vals:
            ignoring = self.filtered("partner_id")
        with self.env.protecting([self._fields[COMPANY]], kept):
            if ignoring:
                less = _without(vals, OF_REGISTER)
                super(KontaktiContact, ignoring).write(less)
            result = super(KontaktiContact, self - ignoring).write(vals)
        if vals.get("state") == STATE_OPEN and not vals.get("partner_id"):
            self._follow_company()
        return result

    def _filter_kept(self, vals):
        """Return the done ones that have the customer already: no other company."""
        if vals.get("state") == STATE_OPEN:
            return self.browse()
        return self.filtered(
            lambda contact: (
                contact.state == STATE_DONE
                and contact.partner_id.id == vals["partner_id"]
            )
        )

    def _follow_company(self):
        """Let reopened ones be of the company that their person is at now."""
        # sudo: what the register says of the customer, as when it is computed
        contacts = self.sudo().filtered(
            lambda contact: (
                contact.partner_id.commercial_partner_id
                != contact.commercial_partner_id
            )
        )
        self.env.add_to_compute(self._fields[COMPANY], contacts)
        contacts.modified([COMPANY])
