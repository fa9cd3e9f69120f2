from odoo import fields, models


class CalendarEvent(models.Model):
    """A calendar event that was made from a contact event (S22)."""

    _inherit = "calendar.event"

    kontakti_contact_id = fields.Many2one(
        "kontakti.contact",
        "Contact event",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
        groups=fields.NO_ACCESS,
        help="For superuser code: an attendee may not even see the contact's subject.",
    )
