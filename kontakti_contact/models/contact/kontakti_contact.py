from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import arguments, checked, searched, unlisted
from ...tools.due import DUE_KEYS, due_key, due_leaves, postponed_date
from ...tools.plain_text import plain_text
from ...tools.time_used import TimeUsed

# of a list that is opened for its number: without anybody's default filter
ALL_OF_DOMAIN = {"search_disable_custom_filters": True}
STATE_OPEN = "open"
STATE_DONE = "done"
STATES = [(STATE_OPEN, "Open"), (STATE_DONE, "Done")]
DUE_LABELS = [
    ("late", "Late"),
    ("today", "Today"),
    ("week", "This week"),
    ("later", "Later"),
    ("undated", "No next date"),
]


class KontaktiContact(models.Model):
    """One contact event: who was contacted, what was said, what to do next (S1-S4).

    Its fields, its states, and the next date. What happens when it is saved is in
    ``saving.py``; the other rooms are listed in ``__init__.py``.
    """

    _name = "kontakti.contact"
    _description = "Contact Event"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["name", "customer_name", "contact_person", "email", "phone"]
    _check_company_auto = True
    _mail_post_access = "read"

    name = checked.Char("Subject", required=True, index="trigram")
    contacted_by_id = fields.Many2one(
        "res.users",
        "Contacted by",
        required=True,
        index=True,
        tracking=True,
        copy=False,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Who made the contact. Owns the contact event when it is personal.",
    )
    responsible_id = fields.Many2one(
        "res.users",
        "Responsible",
        index=True,
        tracking=True,
        domain=lambda self: self._get_responsible_domain(),
        help="Who takes care of what comes next. Empty until somebody is chosen.",
    )
    active = fields.Boolean(
        default=True,
        copy=False,
        tracking=True,
        help="An archived contact event is in no list and no number.",
    )
    company_id = fields.Many2one(
        "res.company",
        "Organisation",
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    purpose_id = fields.Many2one("kontakti.purpose", "Purpose", ondelete="restrict")
    channel_id = fields.Many2one("kontakti.channel", "Channel", ondelete="restrict")
    channel_icon = unlisted.Char("Channel Icon", related="channel_id.icon")
    tag_ids = fields.Many2many("kontakti.tag", string="Tags")
    date = fields.Datetime(
        "Contact date",
        default=fields.Datetime.now,
        copy=False,
        help="When the contact took place.",
    )
    # its date, when that is when it was done and nobody said another
    done_date = unlisted.Datetime(copy=False, export_string_translation=False)
    duration = TimeUsed("Time used", copy=False, help="Time used, in hours.")
    next_date = fields.Date(
        "Next",
        tracking=True,
        help="When to be in touch next. Lifts the contact event to the task list.",
    )
    due = fields.Selection(
        DUE_LABELS, compute="_compute_due", search="_search_due", string="Due"
    )
    # long texts: read where they are shown, not with whatever else is asked of many
    discussion = searched.Html("Discussion", prefetch="texts", part=1)
    actions = searched.Html("Actions", prefetch="texts", part=2)
    mailing_list = fields.Boolean("On mailing list", tracking=True)
    state = fields.Selection(
        STATES, "Status", required=True, default=STATE_OPEN, tracking=True, copy=False
    )
    previous_id = fields.Many2one(
        "kontakti.contact",
        "Previous contact",
        index="btree_not_null",
        copy=False,
        check_company=True,
        ondelete="set null",
    )
    follow_up_ids = fields.One2many(
        "kontakti.contact",
        "previous_id",
        "Follow-ups",
        # also asked in searches: what others keep personal answers none of them
        domain=lambda self: list(~self._get_hidden_personal_domain()),
    )
    follow_up_count = fields.Integer(compute="_compute_follow_up_count")

    _date_idx = models.Index("(date DESC, id DESC)")
    # What the task list counts and its drill-down groups, without reading the table.
    # The conditions are spelt as the ORM spells them: PostgreSQL compares, it does not
    # conclude "x" from "x IS TRUE".
    _open_idx = models.Index(
        "(company_id, personal, contacted_by_id, next_date, responsible_id,"
        " customer_key) INCLUDE (id, duration)"
        " WHERE state = 'open' AND active IS TRUE"
    )
    _mailing_list_idx = models.Index(
        "(company_id, customer_key)"
        " INCLUDE (id, next_date, duration, personal, contacted_by_id)"
        " WHERE mailing_list IS TRUE AND personal IS NOT TRUE AND active IS TRUE"
    )
    _duration_positive = models.Constraint(
        # NaN is larger than any number, to PostgreSQL
        f"CHECK (duration BETWEEN 0 AND {checked.LARGEST_FLOAT})",
        "The time used cannot be negative.",
    )

    @api.depends("next_date", "state")
    @api.depends_context("uid")
    def _compute_due(self):
        today = self.env.user._get_kontakti_today()
        for contact in self:
            is_open = contact.state == STATE_OPEN
            contact.due = is_open and due_key(contact.next_date, today)

    def _search_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = fields.Domain.OR(
            self._get_due_domain(key) for key in DUE_KEYS if key in value
        ) & fields.Domain("state", "=", STATE_OPEN)
        if False in value:
            domain |= fields.Domain("state", "!=", STATE_OPEN)
        return domain

    @api.model
    def _get_due_domain(self, key):
        """Return the domain of the contact events due ``key`` on the user's today."""
        today = self.env.user._get_kontakti_today()
        return fields.Domain.AND(
            fields.Domain(*leaf) for leaf in due_leaves("next_date", key, today)
        )

    def _creation_message(self):
        """Say in the chatter that it was logged, in the words of people."""
        return self.env._("Contact event logged")

    @api.depends("follow_up_ids")
    def _compute_follow_up_count(self):
        for contact in self:
            contact.follow_up_count = len(contact.follow_up_ids)

    def action_done(self):
        """Mark as done: the follow-up is dealt with and leaves the task list (S7)."""
        self.write({"state": STATE_DONE})
        return True

    def _date_planned(self, vals):
        """After the values are written: what was planned and is done took place now.

        Unless it says when. Reopened, it is planned again, unless something was said.
        """
        if "date" in vals or "state" not in vals:
            return
        if vals["state"] == STATE_DONE:
            now = fields.Datetime.now()
            planned = self.filtered(lambda contact: not contact.date)
            if planned:
                planned.write({"date": now, "done_date": now})
        else:
            again = self.filtered(lambda contact: contact._is_only_planned())
            if again:
                again.write({"date": False})

    def _is_only_planned(self):
        """Return whether that it was done is all that says when it took place."""
        is_of_done = self.date and self.date == self.done_date
        return is_of_done and not (self.duration or plain_text(self.discussion))

    def action_reopen(self):
        """Take back :meth:`action_done`: what was planned is planned again."""
        self.write({"state": STATE_OPEN})
        return True

    def action_postpone(self, days=1, dates=None):
        """Move the next date ``days`` on, counted from today when it is late.

        :param int days: from 1 to 36,500
        :param dict dates: the dates as the caller knows them, in the form returned;
            what has another date by now stays, so that a call that is repeated because
            its answer was lost moves nothing twice
        :return: the dates before the call, ``{"7": "2026-11-23" or False}``, ids as
            text, which :meth:`action_restore_next_dates` takes back
        :raise UserError: when there is no such day; then none is moved
        """
        arguments.whole_number(self.env, "days", days, 1, arguments.MOST_DAYS)
        self._lock_in_order()
        today = self.env.user._get_kontakti_today()
        known = arguments.dates_by_id(self.env, "dates", dates or {})
        before = {rec.id: known.get(rec.id, rec.next_date) for rec in self}
        unmoved = self.filtered(lambda rec: rec.next_date == before[rec.id])
        for next_date, contacts in unmoved.grouped("next_date").items():
            contacts.next_date = self._get_postponed_date(next_date, today, days)
        return {str(key): fields.Date.to_string(day) for key, day in before.items()}

    @api.model
    def _get_postponed_date(self, next_date, today, days):
        try:
            return postponed_date(next_date or None, today, days)
        except OverflowError:
            raise UserError(
                self.env._("The calendar ends before that day: choose fewer days.")
            ) from None

    @api.model
    def action_restore_next_dates(self, dates):
        """Undo :meth:`action_postpone`.

        :param dict dates: what :meth:`action_postpone` returned
        :raise UserError: when it is anything else; then nothing is changed
        """
        before = arguments.dates_by_id(self.env, "dates", dates)
        self.browse(before)._lock_in_order()
        for contact_id, next_date in before.items():
            self.browse(contact_id).next_date = next_date
        return True

    def _get_window_action(self):
        """Return an action showing ``self``: the form of one, the list of many."""
        return self._get_action_of(self, self.env._("Contact events"))

    @api.model
    def _get_action_of(self, records, name):
        """Return an action showing ``records`` of any model, without default filters."""
        action = {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": records._name,
            "context": ALL_OF_DOMAIN,
        }
        if len(records) == 1:
            return {**action, "res_id": records.id, "views": [(False, "form")]}
        domain = [("id", "in", records.ids)]
        return {**action, "domain": domain, "views": [(False, "list"), (False, "form")]}
