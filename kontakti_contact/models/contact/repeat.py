from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import checked
from ...tools.due import repeated_date
from .kontakti_contact import STATE_DONE, STATE_OPEN

UNITS = [
    ("days", "days"),
    ("weeks", "weeks"),
    ("months", "months"),
    ("years", "years"),
]
MOST_REPEAT = 1200
REPEAT_FIELDS = frozenset(["repeat_interval", "repeat_unit"])


class KontaktiContact(models.Model):
    """A recurring follow-up: done makes exactly one next (S7, S13).

    Dates are counted from the first one of the series (``repeat_start``), so that a
    month that is short does not shorten those after it, nor does one put off move them.
    Two who mark it as done at once: the row is updated by both, so PostgreSQL fails one,
    which Odoo begins again, and finds it done.
    """

    _inherit = "kontakti.contact"

    repeat_interval = checked.Integer(
        "Repeat every",
        copy=False,
        help="When it is done, the next one is made so long after it. 0: it does not "
        "repeat.",
    )
    repeat_unit = fields.Selection(UNITS, "Repeat unit", copy=False)
    # the first next date of the series
    repeat_start = fields.Date(copy=False, export_string_translation=False)

    _repeat_interval_fits = models.Constraint(
        f"CHECK (repeat_interval BETWEEN 0 AND {MOST_REPEAT})",
        f"Repeat every: a whole number from 0 to {MOST_REPEAT}.",
    )

    @api.onchange("repeat_interval")
    def _onchange_repeat_interval(self):
        if self.repeat_interval and not self.repeat_unit:
            self.repeat_unit = "weeks"

    def action_end_repeat(self):
        """Let it repeat no longer: done makes no next one."""
        self.write({"repeat_interval": 0})
        return True

    def _start_series(self):
        """After the values are written: count from the date that it has now."""
        for contact in self:
            if contact.repeat_interval and not contact.repeat_unit:
                raise ValidationError(
                    self.env._("Choose what is counted: days, weeks, months or years.")
                )
            contact.repeat_start = contact.repeat_interval and contact.next_date

    def _follow_series(self, vals):
        """After the values are written: start the series that they are about."""
        if REPEAT_FIELDS & vals.keys() and "repeat_start" not in vals:
            self._start_series()

    def _get_repeating(self, vals):
        """Before the values are written: those that repeat, and are done or reopened."""
        if vals.get("state") not in (STATE_DONE, STATE_OPEN):
            return self.browse()
        return self.filtered(
            lambda contact: contact.repeat_interval and contact.state != vals["state"]
        )

    def _repeat_done(self):
        """Make the next one of each that has become done; take it back when reopened.

        A next one that somebody made by hand, or wrote in, stays the only one.
        """
        repeating = self.filtered("repeat_interval")
        if not repeating:
            return
        repeating.invalidate_recordset(["follow_up_ids"])
        made = repeating.follow_up_ids.filtered("repeat_interval")
        done = repeating.filtered(lambda rec: rec.state == STATE_DONE and rec.active)
        following = done - made.previous_id
        self.create([contact._prepare_repeat_values() for contact in following])
        reopened = made & (repeating - done).follow_up_ids
        reopened.filtered(lambda rec: rec._is_untouched_follow_up()).unlink()

    def _prepare_repeat_values(self):
        """Return the values of the next one of a series; its owner's, when personal."""
        values = self._prepare_follow_up_values()
        if self.personal:
            values["contacted_by_id"] = self.contacted_by_id.id
        return values

    def _prepare_follow_up_values(self):
        """Add: the next one of a series has the series' next date."""
        values = super()._prepare_follow_up_values()
        if not self.repeat_interval:
            return values
        return {
            **values,
            "repeat_interval": self.repeat_interval,
            "repeat_unit": self.repeat_unit,
            "repeat_start": self.repeat_start or self.next_date,
            "next_date": self._get_repeated_date(),
        }

    def _get_repeated_date(self):
        """Return the first day of the series after both the next date and today."""
        today = self.env.user._get_kontakti_today()
        next_date = self.next_date or today
        try:
            return repeated_date(
                self.repeat_start or next_date,
                max(next_date, today),
                self.repeat_interval,
                self.repeat_unit,
            )
        except (OverflowError, ValueError):
            raise UserError(
                self.env._("The calendar ends before that day: end the repeating.")
            ) from None
