from odoo import models

PARTICIPANTS = "participant_ids"
PULSE_FIELDS = frozenset(
    "active company_id contacted_by_id date next_date participant_ids partner_id personal"
    " state".split()
)
# what moves a contact event to other customers; reopened, it follows its person
MOVING_FIELDS = frozenset([PARTICIPANTS, "partner_id", "state"])


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
        if vals is not None and MOVING_FIELDS.isdisjoint(vals):
            return
        # sudo: the ids alone, for the customers' numbers to be counted
        contacts = self.sudo().with_context(active_test=False)
        left = {*contacts.partner_id._ids, *contacts.commercial_partner_id._ids}
        if vals is None or PARTICIPANTS in vals:
            left.update(contacts[PARTICIPANTS]._ids)
        self.env["kontakti.pulse"]._note(partners=left)
