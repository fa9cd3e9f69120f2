from odoo import api, models

from ...tools import arguments, checked
from .kontakti_contact import STATE_OPEN


class KontaktiContact(models.Model):
    """Nobody answered: the attempt is logged, counted, and tried again later (S7)."""

    _inherit = "kontakti.contact"

    attempts = checked.Integer(
        readonly=True,
        copy=False,
        help="How many times nobody answered since it was planned.",
    )

    def action_no_answer(self, days=1):
        """Log an attempt in the chatter, count it, and postpone.

        :param int days: to the next attempt, from 1 to 36,500
        :return: the dates before the call, ``{"7": "2026-11-23" or False}``, ids as
            text, the argument of :meth:`action_undo_no_answer`
        :raise UserError: when there is no such day; then nothing is changed
        """
        dates = self.action_postpone(days)
        self._count_attempts(1)
        for channel, contacts in self.grouped("channel_id").items():
            contacts._log_in_each(self._describe_attempt(channel))
        return dates

    @api.model
    def action_undo_no_answer(self, dates):
        """Take back :meth:`action_no_answer`; the chatter says so.

        :param dict dates: what :meth:`action_no_answer` returned
        :raise UserError: when it is anything else; then nothing is changed
        """
        contacts = self.browse(arguments.dates_by_id(self.env, "dates", dates))
        self.action_restore_next_dates(dates)
        contacts._count_attempts(-1)
        contacts._log_in_each(self.env._("The attempt was taken back."))
        return True

    def _count_attempts(self, more):
        """Add ``more`` to the attempts of each; of a done one they stay history."""
        still_open = self.filtered(lambda contact: contact.state == STATE_OPEN)
        for attempts, contacts in still_open.grouped("attempts").items():
            contacts.attempts = max(attempts + more, 0)

    @api.model
    def _describe_attempt(self, channel):
        if channel:
            return self.env._("Nobody answered (%s).", channel.name)
        return self.env._("Nobody answered.")
