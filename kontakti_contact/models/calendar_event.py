from odoo import api, fields, models


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
    customer_name = fields.Char(
        "Customer's name", compute="_compute_customer", store=True, readonly=False
    )
    customer_phone = fields.Char(
        "Customer's phone", compute="_compute_customer", store=True, readonly=False
    )
    customer_email = fields.Char(
        "Customer's e-mail", compute="_compute_customer", store=True, readonly=False
    )
    customer_address = fields.Char(
        "Customer's address", compute="_compute_customer", store=True, readonly=False
    )

    @api.depends("customer_id")
    def _compute_customer(self):
        """Take the register's data of the customer chosen; keep what was typed."""
        for event in self.filtered("customer_id"):
            customer = event.customer_id
            event.customer_name = customer.name
            event.customer_phone = customer.phone
            event.customer_email = customer.email
            address = customer._display_address(without_company=True)
            event.customer_address = ", ".join(
                line.strip() for line in address.splitlines() if line.strip()
            )
