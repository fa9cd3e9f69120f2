from markupsafe import Markup

from odoo import api, fields, models

from ..tools import checked
from .kontakti_contact_applications import ORIGIN_KEY


def _get_address(customer):
    """Return the postal address of ``customer`` (``res.partner``) on one line."""
    address = customer._display_address(without_company=True)
    lines = (line.strip() for line in address.splitlines())
    return ", ".join(filter(None, lines))


def _compute_from_customer(fname, get_value):
    """Return a compute method for ``fname`` alone.

    It takes the register's data of the customer chosen and keeps what was typed. Odoo
    computes none of the fields of one method when a value is given for one of them.
    """

    @api.depends("customer_id")
    def compute(self):
        for event in self.filtered("customer_id"):
            event[fname] = get_value(event.customer_id)

    return compute


class CalendarEvent(models.Model):
    """A calendar event made from a contact event, with its customer (S22, S33).

    The customer is data on the event: never an attendee, never mailed.
    """

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
    customer_id = fields.Many2one(
        "res.partner",
        "Customer",
        index="btree_not_null",
        help="The customer in the register. Is not invited.",
    )
    customer_name = checked.Char(
        "Customer's name",
        compute=_compute_from_customer("customer_name", lambda c: c.name),
        store=True,
        readonly=False,
    )
    customer_phone = checked.Char(
        "Customer's phone",
        compute=_compute_from_customer("customer_phone", lambda c: c.phone),
        store=True,
        readonly=False,
    )
    customer_email = checked.Char(
        "Customer's e-mail",
        compute=_compute_from_customer("customer_email", lambda c: c.email),
        store=True,
        readonly=False,
    )
    customer_address = checked.Char(
        "Customer's address",
        compute=_compute_from_customer("customer_address", _get_address),
        store=True,
        readonly=False,
    )

    @api.model
    def _get_contact_details_description(self, organizer, partners):
        """Leave the description as the contact event gave it (S27, S32)."""
        if ORIGIN_KEY in self.env.context:
            return Markup()
        return super()._get_contact_details_description(organizer, partners)
