from odoo import models

PULSE_FIELDS = frozenset(
    "active company_id contacted_by_id date next_date participant_ids partner_id personal"
    " state".split()
)
# what moves a contact event to other customers; reopened, it follows its person
MOVING_FIELDS = frozenset(["participant_ids", "partner_id", "state"])


class KontaktiContact(models.Model):
    """Tells the customers' pulse (``kontakti_pulse.py``) what has changed."""

    _inherit = "kontakti.contact"

    def _note_pulse(self, vals=None):
        """Have the customers counted anew, when what was written is counted.

        :param vals: the values written; None: they were created
        """
        if vals is None or not PULSE_FIELDS.isdisjoint(vals):
            self.env["kontakti.pulse"]._note(contacts=self.ids)

    def _note_pulse_before(self, vals=None):
        """Before the values are written: the same for whom they are with now.

        :param vals: None: they are deleted
        """
        if vals is None or not MOVING_FIELDS.isdisjoint(vals):
            self.env["kontakti.pulse"]._note(partners=self._get_customer_ids())

    def _get_customer_ids(self):
        """Return the ids of the customers whose cards, and those above, show these."""
        # sudo: the ids alone, for their numbers to be counted
        contacts = self.sudo()
        return {
            *contacts.partner_id._ids,
            *contacts.commercial_partner_id._ids,
            *contacts.with_context(active_test=False).participant_ids._ids,
        }
