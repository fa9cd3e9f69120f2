from odoo import models


class KontaktiContact(models.Model):
    """The chain of follow-ups, and what a copy takes along (S13).

    A chain does not cross companies: whoever may not see one end of it would be led
    there. It is let go where a contact event moves, and the chatter says so.
    """

    _inherit = "kontakti.contact"

    def copy_data(self, default=None):
        """Leave out a next date that has passed, and a responsible person who left.

        What else makes a copy the copier's own and new is not copied (``copy=False``).
        """
        today = self.env.user._get_kontakti_today()
        copies = super().copy_data(default)
        given = default or {}
        for contact, vals in zip(self, copies, strict=True):
            is_past = contact.next_date and contact.next_date < today
            if vals and is_past and "next_date" not in given:
                vals["next_date"] = False
            if vals and "responsible_id" not in given:
                vals["responsible_id"] = contact._get_next_responsible().id
        return copies

    def _get_next_responsible(self):
        """Return who is responsible for what follows: the same, while he may be."""
        return (self - self._filter_unfit_responsible()).responsible_id

    def _prepare_follow_up_values(self):
        values = super()._prepare_follow_up_values()
        return {**values, "responsible_id": self._get_next_responsible().id}

    def write(self, vals):
        if "company_id" in vals and "previous_id" not in vals:
            self._cut_chain_at_company(vals["company_id"])
        return super().write(vals)

    def _cut_chain_at_company(self, company_id):
        """Let go of what stays behind, before these move to the company."""
        self.check_access("write")
        # sudo: the ends of the chain in companies, or of owners, hidden from the user
        moved = self.sudo().with_context(active_test=False)
        moved = moved.filtered(lambda contact: contact.company_id.id != company_id)
        following = moved.search([("previous_id", "in", moved.ids)]) - moved
        leaving = moved.filtered(
            lambda contact: (
                contact.previous_id.company_id
                and contact.previous_id.company_id.id != company_id
                and contact.previous_id not in moved
            )
        )
        (leaving | following).previous_id = False
        leaving._log_in_each(
            self.env._(
                "Moved to another organisation: the link to the previous contact event "
                "was let go."
            )
        )
        following._log_in_each(
            self.env._(
                "The previous contact event was moved to another organisation: the link "
                "to it was let go."
            )
        )

    def _log_in_each(self, text):
        """Note ``text`` in the chatter of each, as the user who did it."""
        if self:
            author = self.env.user.partner_id.id
            self._message_log_batch(dict.fromkeys(self.ids, text), author_id=author)
