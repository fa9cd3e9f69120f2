from odoo import models

from ...tools import arguments

DONE = "kontakti_contact.undoable"


class ResPartner(models.Model):
    """Planning to be in touch: a contact event each, with one click for many."""

    _inherit = "res.partner"

    def action_plan_kontakti_contacts(self):
        """Plan a contact event with each of these customers, mine and for today.

        It has no date of contact: nobody has been reached yet. A customer with an open
        contact event is left as it is.

        :raise UserError: when one of them cannot be a record's id
        :return: the client action that says what was done and offers to undo it
        """
        arguments.ids(self.env, "ids", self.ids)
        self.check_access("read")
        contacts = self.env["kontakti.contact"]
        contacts.check_access("create")
        busy = {
            partner.id
            for partner, numbers in self._get_kontakti_numbers().items()
            if numbers.get("open_count")
        }
        made = contacts.create(
            [
                partner._prepare_plan_values()
                for partner in self
                if partner.id not in busy
            ]
        )
        message = self.env._("Contact events planned for today: %s.", len(made))
        if busy:
            message += " " + self.env._("Open already: %s.", len(busy))
        undo = [contacts._name, "unlink", [made.ids]] if made else False
        return {
            "type": "ir.actions.client",
            "tag": DONE,
            "params": {"message": message, "undo": undo},
        }

    def _get_kontakti_numbers(self):
        """Return ``{partner: {column: value}}`` of these, in one statement."""
        found = self.env["kontakti.pulse"]._read_customers(self.ids)
        return {partner: found.get(partner.id, {}) for partner in self}

    def _prepare_plan_values(self):
        """Return the values of the contact event planned with a customer; extend."""
        self.ensure_one()
        return {
            "name": self.env._("Keep in touch"),
            "partner_id": self.id,
            "company_id": (self.company_id or self.env.company).id,
            "date": False,
            "next_date": self.env.user._get_kontakti_today(),
            "responsible_id": self.env.uid,
        }
