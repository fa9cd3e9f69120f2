from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import plaintext2html
from odoo.tools.misc import clean_context

from ..tools.rounding import round_to_five_minutes

EVENT_DURATION = timedelta(minutes=30)
SHOW_AS = {"entry": "free", "booking": "busy"}


class KontaktiContact(models.Model):
    """A calendar entry or booking made when a contact event is saved (S22-S27)."""

    _inherit = "kontakti.contact"

    calendar_request = fields.Selection(
        [
            ("entry", "Create a new calendar entry"),
            ("booking", "Create a new booking"),
        ],
        "Calendar",
        copy=False,
        help="Saving creates it in your calendar: from now, for 30 minutes.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts._fulfil_calendar_requests()
        return contacts

    def write(self, vals):
        result = super().write(vals)
        if vals.get("calendar_request"):
            self._fulfil_calendar_requests()
        return result

    def _fulfil_calendar_requests(self):
        """Create what ``calendar_request`` asks for, once, and empty the request."""
        asking = self.filtered("calendar_request")
        if not asking:
            return
        calendar = self.env["calendar.event"].with_context(
            clean_context(self.env.context)
        )
        events = calendar.create(
            [contact._prepare_calendar_event_values() for contact in asking]
        )
        asking.calendar_request = False
        for contact, event in zip(asking, events, strict=True):
            # sudo: the field is closed to users, the event is the user's own
            event.sudo().kontakti_contact_id = contact
            contact._register_document(event)

    def _prepare_calendar_event_values(self):
        """Return the values of the requested ``calendar.event``; extend to add."""
        self.ensure_one()
        start = round_to_five_minutes(fields.Datetime.now())
        return {
            "name": self.customer_name or self.name,
            "start": start,
            "stop": start + EVENT_DURATION,
            "description": plaintext2html(self.name),
            "show_as": SHOW_AS[self.calendar_request],
            "user_id": self.env.user.id,
            "partner_ids": [fields.Command.set(self.env.user.partner_id.ids)],
            "privacy": "private" if self.personal else False,
        }

    def _make_events_private(self):
        """Make the calendar events of personal contact events private."""
        # sudo: an event moved to a colleague's calendar still has to turn private
        events = self.env["calendar.event"].sudo()
        domain = [("kontakti_contact_id", "in", self.ids), ("privacy", "!=", "private")]
        events.with_context(active_test=False).search(domain).privacy = "private"
