import threading
from datetime import timedelta

from markupsafe import Markup, escape

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import plaintext2html
from odoo.tools.misc import clean_context, real_time

from ...tools import arguments
from ...tools.rounding import round_to_five_minutes
from ..kontakti_application import BOOKING, ENTRY
from ..kontakti_calendar_tab import CUSTOMER_FIELDS, get_address_lines
from .customer import ADDRESS_FIELDS

SHOW_AS = {ENTRY: "free", BOOKING: "busy"}
SAVED_DURATION = timedelta(minutes=30)
OPENED_DURATION = timedelta(hours=1)
# Two saves so close together are one request: a double click, or a race.
SAME_REQUEST = timedelta(seconds=10)
# Nobody chooses it again on purpose so soon after it was fulfilled.
SAME_CLICK = timedelta(seconds=2)


class KontaktiContact(models.Model):
    """From a contact event to the calendar, on save and by the menu (S22-S35)."""

    _inherit = "kontakti.contact"

    calendar_request = fields.Selection(
        [
            (ENTRY, "Create a new calendar entry"),
            (BOOKING, "Create a new booking"),
        ],
        "Calendar",
        copy=False,
        help="Saving creates it in your calendar: from now, for 30 minutes.",
    )

    def _fulfil_calendar_requests(self):
        """Create what ``calendar_request`` asks for, once, and empty the request.

        First of what follows the saving: what is personal then finds the event there.
        """
        asking = self.filtered("calendar_request")
        if not asking:
            return
        kinds = {contact: contact.calendar_request for contact in asking}
        asking.calendar_request = False
        # of two racing saves the second waits here, is retried, and sees the first's
        asking.flush_recordset(["calendar_request"])
        new = asking - asking._get_just_fulfilled(kinds)
        events = self._get_clean_calendar().create(new._prepare_own_events(kinds))
        for contact, event in zip(new, events, strict=True):
            contact._register_document(event)

    def action_open_calendar_event(self):
        """Open the user's newest calendar event of this contact event (S23).

        :return: the window action of its form
        :raise UserError: when there is none
        """
        arguments.one(self).check_access("read")
        # sudo: the link is closed to users; the search is for the user's own events
        events = self.env["calendar.event"].sudo()
        own = [("kontakti_contact_id", "=", self.id), ("user_id", "=", self.env.uid)]
        event = events.search(own, order="id desc", limit=1)
        if not event:
            raise UserError(self.env._("There is no calendar event of yours here."))
        return {
            "type": "ir.actions.act_window",
            "res_model": event._name,
            "res_id": event.id,
            "views": [(False, "form")],
        }

    def _prepare_own_events(self, kinds):
        """Return the values of the events, each with its Customer tab made."""
        vals_list = [rec._prepare_saved_event_values(kinds[rec]) for rec in self]
        # sudo: no user makes a tab; these are of contact events the user is writing
        tabs = self.env["kontakti.calendar.tab"].sudo()
        created = tabs.create(
            [
                {
                    "contact_id": contact.id,
                    **{n: vals.pop(n) for n in CUSTOMER_FIELDS if n in vals},
                }
                for contact, vals in zip(self, vals_list, strict=True)
            ]
        )
        return [
            {**vals, "kontakti_tab_id": tab.id}
            for vals, tab in zip(vals_list, created, strict=True)
        ]

    def _get_clean_calendar(self):
        """Return ``calendar.event`` without what the context means for others."""
        context = clean_context(self.env.context)
        plain = {k: v for k, v in context.items() if not k.startswith("active_")}
        # no organizer's data in the description, which goes to attendees (S27)
        return self.env["calendar.event"].with_context(
            plain, skip_contact_description=True
        )

    def _get_just_fulfilled(self, kinds):
        """Return those whose very request another save fulfilled meanwhile.

        Meanwhile: since this one came in, however often Odoo tried it again. One that
        was made again on purpose came in when the first had been fulfilled.
        """
        now = self.env.cr.now()
        since = now - _time_since_request() - SAME_CLICK
        # sudo: the link is closed to users; the search is for the user's own events
        events = self.env["calendar.event"].sudo()
        recent = events.search(
            [
                ("kontakti_contact_id", "in", self.ids),
                ("user_id", "=", self.env.uid),
                ("create_date", ">", since),
            ]
        )
        # what was created at this very microsecond is of this transaction
        others = recent.filtered(lambda event: event.create_date != now)
        done = {(event.kontakti_contact_id.id, event.show_as) for event in others}
        return self.filtered(lambda rec: (rec.id, SHOW_AS[kinds[rec]]) in done)

    def _prepare_saved_event_values(self, kind):
        """Return the values of the ``calendar.event`` made on saving; extend to add.

        :param str kind: ``entry`` or ``booking``
        """
        self.ensure_one()
        return {
            **self._prepare_event_values(kind, SAVED_DURATION),
            "name": self.customer_name or self.name,
            "notes": plaintext2html(self.name),
        }

    def _application_calendar_values(self, choice=None):
        """Return the values of the event opened from the Applications menu (S28-S33)."""
        return {
            **self._prepare_event_values(choice, OPENED_DURATION),
            "name": False,
            "notes": self._get_event_notes(),
        }

    def _prepare_event_values(self, kind, duration):
        """What every event gets: in the user's own calendar, nobody else invited."""
        start = round_to_five_minutes(fields.Datetime.now())
        return {
            "start": start,
            "stop": start + duration,
            "duration": duration.total_seconds() / 3600,
            "allday": False,
            "show_as": SHOW_AS[kind],
            "user_id": self.env.uid,
            "partner_ids": [fields.Command.set(self.env.user.partner_id.ids)],
            "privacy": "private" if self.personal else False,
            **self._prepare_customer_tab_values(),
        }

    def _prepare_customer_tab_values(self):
        """Return the values of the event's Customer tab (S33)."""
        return {
            "customer_id": self.partner_id.id,
            "customer_name": self.customer_name,
            "customer_phone": self.phone,
            "customer_email": self.email,
            "customer_address": ", ".join(self._get_address_lines()),
        }

    def _get_address_lines(self):
        """Return the postal address without the name, a line each, empty ones left out.

        The register's; typed, as if it were of the register.
        """
        # sudo: the address is the one that the contact event holds already
        customer = self.partner_id.sudo()
        if not customer:
            address = {name: self[name] for name in ADDRESS_FIELDS}
            customer = self.env["res.partner"].new(address)
        return get_address_lines(customer)

    def _get_event_notes(self):
        """Actions; then the customer's name, phone, e-mail, address, a line each."""
        lines = [self.customer_name, self.phone, self.email, *self._get_address_lines()]
        shown = Markup("<br>").join(escape(line) for line in lines if line)
        customer = Markup("<p>%s</p>") % shown if shown else Markup()
        return (self.actions or Markup()) + customer

    def _make_events_private(self):
        """Make the calendar events of personal contact events private."""
        # sudo: an event moved to a colleague's calendar still has to turn private
        events = self.env["calendar.event"].sudo().with_context(active_test=False)
        domain = Domain("kontakti_contact_id", "in", self.ids)
        events.search(domain & Domain("privacy", "!=", "private")).privacy = "private"


def _time_since_request():
    """Return how long ago the web request that is being answered came in."""
    came_in = getattr(threading.current_thread(), "perf_t0", None) if request else None
    return timedelta(seconds=max(real_time() - came_in, 0) if came_in else 0)
