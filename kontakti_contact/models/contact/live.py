import json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bus.models.bus import channel_with_db, json_dump

from ...tools import arguments
from ...tools.due import DUE_KEYS
from .privacy import SHARED

CHANGED = "kontakti_contact/changed"
SHARED_CHANGED = "kontakti_contact/shared_changed"
NUMBERS = "kontakti_contact/numbers"
SHARED_SECTIONS = ("organisation", "mailing_list", "silent")
OWN_SECTIONS = ("personal", "mine")
SHARED_GROUPS = frozenset(["all", "unassigned", *DUE_KEYS])
# Seconds. Screens wait longer than WINDOW before they ask (core/shared_refresh.js), so
# that a change which is not told, because one was told lately, is in the numbers. Those
# are of all that was told COVERED before they were counted. RECENT: how far is looked.
WINDOW, COVERED, RECENT = 2.5, 2.8, 10.0
LAST_MOMENT = 2**53
LATEST = 1000  # rows of the bus that are looked at


class KontaktiContact(models.Model):
    """Open task lists are kept true without each counting the organisation anew (S7).

    The numbers of :data:`SHARED_SECTIONS` differ by company and day alone.
    A change is told at most once in :data:`WINDOW`. The first screen that asks has
    them counted, and they are sent to all screens of the company, of which the others
    need not ask: next time the same screen is first. What is a user's own is told to
    that user alone, who asks.
    """

    _inherit = "kontakti.contact"

    @api.model
    def share_live_numbers(self, told=0):
        """Have the shared numbers sent to all screens of the user's company.

        For a screen that was told of a change. They are counted only when nobody counts
        them at this moment, or did since then.

        :param int told: when, in milliseconds of the server's clock, as it was told
        :return: ``{"counted": bool}``: they come by the bus, and whether it was for this
            call; else, for who sees other numbers than the company's, what
            :meth:`get_task_list` returns
        :raise UserError: when ``told`` is no such time
        """
        arguments.whole_number(self.env, "told", told, most=LAST_MOMENT)
        self.browse().check_access("read")
        company = self._get_numbers_company()
        if not company:
            return self.get_task_list()
        is_first = not self._are_numbers_coming(company, told)
        if is_first:
            self._send_numbers(company)
        return {"counted": is_first}

    @api.model
    @api.readonly
    def get_own_task_list(self):
        """Return of :meth:`get_task_list` the sections that are the user's own.

        For a screen that was told that something of the user's own has changed: a change
        of what is shared is told apart.
        """
        shown = self._get_shown_sections()
        return self._fill_sections(
            [section for section in shown if section["key"] in OWN_SECTIONS]
        )

    # The numbers of a company ----------------------------------------------------

    @api.model
    def _is_shared_section(self, section):
        """Return whether the section's groups are the same for all of a company."""
        keys = {group["key"] for group in section["groups"]}
        return section["key"] in SHARED_SECTIONS and keys <= SHARED_GROUPS

    @api.model
    def _get_numbers_company(self):
        """Return the company whose numbers the user's screen shows, if it is one."""
        is_one = (
            len(self.env.companies) == 1
            and all(
                section["key"] in OWN_SECTIONS or self._is_shared_section(section)
                for section in self._get_shown_sections()
            )
            and self._has_shipped_rules()
        )
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
        left = own & Domain("company_id", "in", self._get_other_companies().ids)
        shipped = (Domain("company_id", "in", [*companies, False]) | left) & (
            SHARED | Domain("contacted_by_id", "=", self.env.uid)
        )
        rules = self.env["ir.rule"]._compute_domain(self._name, "read")
        return rules == shipped.optimize(self)

    @api.model
    def _get_other_companies(self):
        """Return the companies of which the user is not, as the record rules say it."""
        # sudo: the ids alone, of which the user's rules consist
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        return companies.search([("id", "not in", self.env.user.company_ids.ids)])

    @api.model
    def _are_numbers_coming(self, company, told):
        """Return whether another transaction counts them now, or has since ``told``.

        Else this one is who counts, until it ends.
        """
        midnight = self._get_midnight()
        least = told + COVERED * 1000
        channel = self._get_numbers_channel(company)
        for numbers in self._read_bus(NUMBERS, channel, RECENT) if told else ():
            if numbers["midnight"] == midnight and numbers["counted"] >= least:
                return True
        lock = SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)",
            f"{NUMBERS}/{midnight}",
            company.id,
        )
        [(is_first,)] = self.env.execute_query(lock)
        return not is_first

    @api.model
    def _get_moment(self):
        """Return when the transaction began, in milliseconds: it sees nothing later."""
        return int(self.env.cr.now().timestamp() * 1000)

    @api.model
    def _get_midnight(self):
        """Return when the user's day began, in UTC: where it is another, so are numbers."""
        user = self.env.user
        midnight = user._get_kontakti_midnight(user._get_kontakti_today())
        return fields.Datetime.to_string(midnight)

    @api.model
    def _send_numbers(self, company):
        """Count the shared numbers and send them to the company's screens."""
        # nothing that a client's context asks for is in what others are sent
        contacts = self.with_context({"allowed_company_ids": company.ids})
        found = contacts._fill_sections(
            [
                section
                for section in contacts._get_all_sections()
                if self._is_shared_section(section)
            ]
        )
        sections = {
            section["key"]: {
                group["key"]: [group["contacts"], group["customers"]]
                for group in section["groups"]
            }
            for section in found["sections"]
        }
        numbers = {
            "midnight": self._get_midnight(),
            "company": company.id,
            "sections": sections,
            "counted": self._get_moment(),
        }
        # who is subscribed is a Kontakti user of the company: ir_websocket.py
        channel = self._get_numbers_channel(company)
        self.env["bus.bus"]._sendone(channel, NUMBERS, numbers)

    @api.model
    def _get_numbers_channel(self, company):
        return (company, "kontakti")

    @api.model
    def _read_bus(self, kind, channel, seconds):
        """Return the payloads of the messages that were sent to a channel lately."""
        rows = self.env.execute_query(
            SQL(
                "SELECT message FROM (SELECT channel, message, create_date FROM bus_bus"
                " ORDER BY id DESC LIMIT %s) AS late"
                " WHERE message LIKE %s AND channel = %s"
                " AND create_date > timezone('UTC', clock_timestamp())"
                " - make_interval(secs => %s)",
                LATEST,
                f"%{kind}%",
                json_dump(channel_with_db(self.env.cr.dbname, channel)),
                seconds,
            )
        )
        return [json.loads(message)["payload"] for (message,) in rows]

    # Telling of changes --------------------------------------------------------

    def _signal_change(self):
        """Tell open task lists that something changed, without any content.

        A change of a personal contact event is told to its owner alone; of a shared one
        to all, at most once in :data:`WINDOW`, and to who is responsible or a deputy.
        """
        shared = self.filtered(lambda contact: not contact.personal)
        users = (self - shared).contacted_by_id
        responsible = shared.responsible_id
        deputies = self.env["kontakti.deputy"]._get_deputies(responsible)
        self._signal_own_change(users | responsible | deputies)
        if shared:
            self._signal_shared_change()

    @api.model
    def _signal_own_change(self, users):
        """Tell the task lists of users that something of their own has changed."""
        told = self.env.cr.precommit.data.setdefault(CHANGED, set())
        for user in users:
            # sudo: the channel of a user who is told that something changed
            listener = user.sudo().partner_id
            if listener not in told:
                told.add(listener)
                listener._bus_send(CHANGED, {})

    @api.model
    def _signal_shared_change(self):
        """Tell all task lists that something shared has changed."""
        precommit = self.env.cr.precommit
        told = precommit.data.setdefault(CHANGED, set())
        if SHARED_CHANGED not in told:
            told.add(SHARED_CHANGED)
            tell = self.browse()._tell_shared_change
            # last, after what others do before the commit: see there
            precommit.add(lambda: precommit.add(tell))

    def _tell_shared_change(self):
        """Tell all, unless they were told so lately that they will ask after the commit."""
        group = self.env.ref("kontakti_contact.group_kontakti_user")
        if not self._read_bus(SHARED_CHANGED, group, WINDOW):
            group._bus_send(SHARED_CHANGED, {"told": self._get_moment()})

    @api.model
    def _get_live_channels(self):
        """Return the channels that tell a user's screens their companies' numbers."""
        user = self.env.user
        contacts = self.with_context(allowed_company_ids=user.company_ids.ids)
        if not contacts._has_shipped_rules():
            return []
        return [self._get_numbers_channel(company) for company in user.company_ids]
