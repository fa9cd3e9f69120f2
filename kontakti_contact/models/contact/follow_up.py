from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import arguments
from .kontakti_contact import STATE_DONE

# in the context of what action_follow_up opens: what action_undo_follow_up takes back
FOLLOW_UP_KEY = "kontakti_follow_up"


class KontaktiContact(models.Model):
    """The chain of follow-ups, and what a copy takes along (S13).

    A chain does not cross companies: whoever may not see one end of it would be led
    there. It is let go where a contact event moves, and the chatter says so. A follow-up
    in which nothing was written can be taken back.
    """

    _inherit = "kontakti.contact"

    def action_follow_up(self):
        """Log the next contact of each contact event and close this one, at once.

        A second call, or one at the same moment, leads to the same follow-up.

        :return: the window action of the follow-up(s); under ``kontakti_follow_up`` its
            context says what :meth:`action_undo_follow_up` takes back
        """
        new = self.filtered(lambda contact: not contact.follow_up_ids)
        new._take_turns()
        made = self.create([contact._prepare_follow_up_values() for contact in new])
        closed = self.filtered(lambda contact: contact.state != STATE_DONE)
        closed.action_done()
        action = (made | (self - new).follow_up_ids)._get_window_action()
        done = {"made": made.ids, "closed": closed.ids}
        return {**action, "context": {**action["context"], FOLLOW_UP_KEY: done}}

    def _prepare_follow_up_values(self):
        """Return the values that a follow-up takes from ``self``; extend to add."""
        self.ensure_one()
        return {
            "name": self.name,
            "partner_id": self.partner_id.id,
            **({} if self.partner_id else self._prepare_typed_customer_values()),
            "contact_person": self.contact_person,
            "purpose_id": self.purpose_id.id,
            "channel_id": self.channel_id.id,
            "responsible_id": self._get_next_responsible().id,
            "company_id": self.company_id.id,
            "personal": self.personal,
            "mailing_list": self.mailing_list,
            "tag_ids": [fields.Command.set(self.tag_ids.ids)],
            "previous_id": self.id,
        }

    @api.readonly
    def action_open_previous(self):
        """Open the contact event that this one follows."""
        self._ask_primary_if_unknown()
        return self.previous_id._get_window_action()

    @api.readonly
    def action_open_follow_ups(self):
        """Open the contact event(s) that follow this one."""
        self._ask_primary_if_unknown()
        return self.follow_up_ids._get_window_action()

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

    def _cut_chain_at_company(self, vals):
        """Before the values are written: let go of what stays in another company."""
        if "company_id" not in vals or "previous_id" in vals:
            return
        company_id = vals["company_id"]
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

    @api.model
    def action_undo_follow_up(self, follow_up):
        """Take back :meth:`action_follow_up`: delete what it made, reopen what it closed.

        :param dict follow_up: ``{"made": [ids], "closed": [ids]}``, as it stands under
            ``kontakti_follow_up`` in the context of the action that was returned
        :return: True
        :raise UserError: when something was written in a follow-up; nothing changes
        """
        arguments.mapping(self.env, FOLLOW_UP_KEY, follow_up)
        made, closed = (
            self.browse(
                arguments.ids(
                    self.env,
                    key,
                    arguments.sequence(self.env, key, follow_up.get(key, [])),
                )
            ).exists()
            for key in ("made", "closed")
        )
        made._check_untouched()
        made.unlink()
        closed.filtered(lambda contact: contact.state == STATE_DONE).action_reopen()
        return True

    def _check_untouched(self):
        """Keep a follow-up that somebody has written in, or done something with."""
        self.check_access("read")
        touched = self.filtered(lambda contact: not contact._is_untouched_follow_up())
        if touched:
            raise UserError(
                self.env._(
                    "“%s” is not as the follow-up made it. Delete it yourself if you do "
                    "not need it.",
                    touched[0].name,
                )
            )

    def _is_untouched_follow_up(self):
        is_as_made = self.write_date == self.create_date and self.previous_id
        later = self.message_ids.filtered(
            lambda message: message.create_date > self.create_date
        )
        return bool(
            is_as_made and not (self.follow_up_ids or self.activity_ids or later)
        )
