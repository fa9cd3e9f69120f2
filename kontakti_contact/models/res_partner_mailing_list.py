from odoo import models

from .kontakti_contact import STATE_DONE

MARKETING = "kontakti_contact.kontakti_purpose_marketing"


class ResPartner(models.Model):
    """Customers put on and taken off the mailing list, also from their documents (S4).

    A customer is on the list by one contact event: the newest shared one, or, without
    any, a new one that is done and so never shows as a task. Taking off takes off all.
    Personal contact events are left alone.
    """

    _inherit = "res.partner"

    def action_put_on_kontakti_mailing_list(self):
        """Put these customers on the mailing list.

        :return: the client action that says what was done and offers to undo it
        :raise AccessError: when a contact event may not be changed; then none is
        """
        self.check_access("read")
        contacts = self.env["kontakti.contact"]
        chosen, missing, unchanged = [], [], 0
        for partner, found in self._get_shared_contacts().items():
            if any(found.mapped("mailing_list")):
                unchanged += 1
            elif found:
                own = found.filtered(
                    lambda rec, person=partner: rec.partner_id == person
                )
                chosen.append((own or found)[0].id)
            else:
                missing.append(partner.id)
        chosen = contacts.browse(chosen)
        chosen.mailing_list = True
        missing = self.browse(missing)
        # two who put the same customer on the list at once make one contact event
        contacts._touch_in_order(missing.sudo().commercial_partner_id | missing)
        chosen |= contacts.create(
            [partner._prepare_mailing_list_values() for partner in missing]
        )
        return chosen._notify_mailing_list(True, len(self) - unchanged, unchanged)

    def action_take_off_kontakti_mailing_list(self):
        """Take these customers off the mailing list; else as the one above."""
        self.check_access("read")
        found = self._get_shared_contacts()
        listed = {
            partner: contacts.filtered("mailing_list")
            for partner, contacts in found.items()
        }
        done = sum(map(bool, listed.values()))
        contacts = self.env["kontakti.contact"].union(*listed.values())
        contacts.mailing_list = False
        return contacts._notify_mailing_list(False, done, len(self) - done)

    def _get_shared_contacts(self):
        """Return ``{partner: its shared contact events, the newest first}``."""
        contacts = self.env["kontakti.contact"].search_fetch(
            [
                ("personal", "=", False),
                "|",
                ("partner_id", "in", self.ids),
                ("commercial_partner_id", "in", self.ids),
            ],
            ["partner_id", "commercial_partner_id", "mailing_list"],
        )
        found = {partner: [] for partner in self}
        for contact in contacts:
            for partner in contact.partner_id | contact.commercial_partner_id:
                if partner in found:
                    found[partner].append(contact.id)
        return {partner: contacts.browse(ids) for partner, ids in found.items()}

    def _prepare_mailing_list_values(self):
        """Return the values of the contact event of a customer without one; extend."""
        self.ensure_one()
        purpose = self.env.ref(MARKETING, raise_if_not_found=False)
        return {
            "name": self.env._("Mailing list"),
            "partner_id": self.id,
            "purpose_id": purpose.id if purpose else False,
            "company_id": (self.company_id or self.env.company).id,
            "mailing_list": True,
            "state": STATE_DONE,
        }
