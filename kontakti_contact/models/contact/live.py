import time

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.due import DUE_KEYS
from .privacy import SHARED
from .whose_list import WHOSE_KEY

CHANGED = "kontakti_contact/changed"
SHARED_CHANGED = "kontakti_contact/shared_changed"
NUMBERS = "kontakti_contact/numbers"
# in the context, a Known: what a client sends is none
KNOWN_KEY = "kontakti_known_numbers"
SHARED_SECTIONS = ("organisation", "mailing_list", "silent")
SHARED_GROUPS = frozenset(["all", "unassigned", *DUE_KEYS])
# Seconds. Screens wait longer than WINDOW before they ask (live_refresh_hook.js), so
# that a change which is not told, because one was told lately, is in the answer.
WINDOW, FRESH = 2.0, 0.5
MOST_KEPT = 1000
LATEST = 1000  # rows of the bus that are looked at
# of this process: {(database, company, day): (when, {section key: numbers})}
_numbers = {}


class Known(dict):
    """Numbers that were counted a moment ago: ``{section key: [(contacts, customers)]}``."""


class KontaktiContact(models.Model):
    """Open task lists are kept true without each counting the organisation anew (S7).

    The organisation's and the mailing list's numbers differ by company and day alone.
    A change is told at most once in :data:`WINDOW`. The first screen that asks has
    them counted, and they are sent to all other screens of the company, which need not
    ask. What is a user's own is told to that user alone, who asks.
    """

    _inherit = "kontakti.contact"

    @api.model
    def get_live_task_list(self):
        """Return what :meth:`get_task_list` returns, and send others what is theirs too.

        For a screen that was told of a change. Counts the shared sections only when
        nobody did within half a second.
        """
        company = self._get_numbers_company()
        if not company or self.env.context.get(WHOSE_KEY):
            return self.get_task_list()
        today = self.env.user._get_kontakti_today()
        key = (self.env.cr.dbname, company.id, today)
        counted, known = _numbers.get(key, (0, {}))
        if time.monotonic() - counted < FRESH:
            return self.with_context(**{KNOWN_KEY: known}).get_task_list()
        found = self.get_task_list()
        known = Known(self._read_shared_numbers(found["sections"]))
        if len(_numbers) > MOST_KEPT:
            _numbers.clear()  # of other days
        _numbers[key] = (time.monotonic(), known)
        self._send_numbers(company, found)
        return found

    @api.model
    def _count_task_list(self, sections):
        """Count but the sections whose numbers the context holds."""
        known = self.env.context.get(KNOWN_KEY)
        if not isinstance(known, Known):
            return super()._count_task_list(sections)
        rest = [section for section in sections if section["key"] not in known]
        counted = iter(super()._count_task_list(rest) if rest else ())
        return [
            known[section["key"]] if section["key"] in known else next(counted)
            for section in sections
        ]

    @api.model
    def _read_shared_numbers(self, sections):
        return {
            section["key"]: [
                (group["contacts"], group["customers"]) for group in section["groups"]
            ]
            for section in sections
            if self._is_shared_section(section)
        }

    @api.model
    def _is_shared_section(self, section):
        """Return whether the section's groups are the same for all of a company."""
        keys = {group["key"] for group in section["groups"]}
        return section["key"] in SHARED_SECTIONS and keys <= SHARED_GROUPS

    @api.model
    def _get_numbers_company(self):
        """Return the company whose numbers the user's screen shows, if it is one."""
        is_one = len(self.env.companies) == 1 and self._has_shipped_rules()
        return self.env.company if is_one else self.env["res.company"]

    @api.model
    def _has_shipped_rules(self):
        """Return whether the user sees what all of the company see, and no less.

        Whoever adds a rule, or changes ours, has each screen count for itself; so does
        who sees customers by more than Odoo's own rule.
        """
        of_customers = self.env["ir.rule"]._get_rules("res.partner", "read")
        if of_customers - self.env.ref("base.res_partner_rule"):
            return False
        companies = self.env.companies.ids
        own = Domain("personal", "=", True) & Domain(
            "contacted_by_id", "=", self.env.uid
        )
        left = own & Domain("company_id", "not in", self.env.user.company_ids.ids)
        shipped = (Domain("company_id", "in", [*companies, False]) | left) & (
            SHARED | Domain("contacted_by_id", "=", self.env.uid)
        )
        rules = self.env["ir.rule"]._compute_domain(self._name, "read")
        return rules == shipped.optimize(self)

    @api.model
    def _send_numbers(self, company, found):
        """Send the shared numbers to the screens of the company; nothing else."""
        sections = {
            section["key"]: {
                group["key"]: [group["contacts"], group["customers"]]
                for group in section["groups"]
            }
            for section in found["sections"]
            if self._is_shared_section(section)
        }
        numbers = {"today": found["today"], "company": company.id, "sections": sections}
        # who is subscribed is a Kontakti user of the company: ir_websocket.py
        self.env["bus.bus"]._sendone((company, "kontakti"), NUMBERS, numbers)

    # Telling of changes --------------------------------------------------------

    def _signal_change(self):
        """Tell open task lists that something changed, without any content.

        A change of a personal contact event is told to its owner alone; of a shared one
        to all, at most once in :data:`WINDOW`, and to who is responsible.
        """
        shared = self.filtered(lambda contact: not contact.personal)
        users = (self - shared).contacted_by_id
        told = self.env.cr.precommit.data.setdefault(CHANGED, set())
        for user in users | shared.responsible_id:
            # sudo: the channel of a user who is told that something changed
            listener = user.sudo().partner_id
            if listener not in told:
                told.add(listener)
                listener._bus_send(CHANGED, {})
        if shared and SHARED_CHANGED not in told:
            told.add(SHARED_CHANGED)
            self.env.cr.precommit.add(self.browse()._tell_shared_change)

    def _tell_shared_change(self):
        """At the end of the transaction: tell all, unless they were told lately."""
        group = self.env.ref("kontakti_contact.group_kontakti_user")
        if not self._was_told_lately(group):
            group._bus_send(SHARED_CHANGED, {})

    @api.model
    def _was_told_lately(self, group):
        rows = self.env.execute_query(
            SQL(
                "SELECT 1 FROM (SELECT channel, message, create_date FROM bus_bus"
                " ORDER BY id DESC LIMIT %s) AS late"
                " WHERE message LIKE %s AND channel LIKE %s"
                " AND create_date > timezone('UTC', clock_timestamp())"
                " - make_interval(secs => %s) LIMIT 1",
                LATEST,
                f"%{SHARED_CHANGED}%",
                f'%"{group._name}"%',
                WINDOW,
            )
        )
        return bool(rows)

    @api.model
    def _get_live_channels(self):
        """Return the channels that tell a user's screens their companies' numbers."""
        user = self.env.user
        contacts = self.with_context(allowed_company_ids=user.company_ids.ids)
        if not contacts._has_shipped_rules():
            return []
        return [(company, "kontakti") for company in user.company_ids]
