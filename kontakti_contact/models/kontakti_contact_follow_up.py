from odoo import api, models
from odoo.exceptions import UserError

from ..tools import arguments
from .kontakti_contact import FOLLOW_UP_KEY, STATE_DONE


class KontaktiContact(models.Model):
    """The way back from a follow-up in which nothing was written."""

    _inherit = "kontakti.contact"

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
