from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import checked
from ..tools.address_layout import layout_lines

CUSTOMER_FIELDS = (
    "customer_id",
    "customer_name",
    "customer_phone",
    "customer_email",
    "customer_address",
)
REACH_FIELDS = frozenset({"owner_id", "company_id"})


def get_address_lines(customer):
    """Return the postal address of ``customer`` (``res.partner``) without the name.

    A line each, as its country writes them: the one place for the Customer tab and the
    notes of calendar events. Without a country, as the current company's does.
    """
    layout, values = customer._prepare_display_address(without_company=True)
    if not customer.country_id:
        layout = customer.env.company.country_id.address_format or layout
    return layout_lines(layout, values)


def get_address(customer):
    """Return the same on one line."""
    return ", ".join(get_address_lines(customer))


# What the register says, by the field that takes it.
FROM_REGISTER = {
    "customer_name": lambda customer: customer.name,
    "customer_phone": lambda customer: customer.phone,
    "customer_email": lambda customer: customer.email,
    "customer_address": get_address,
}


def _compute_from_customer(fname):
    """Return a compute method for ``fname`` alone.

    It takes the register's data of the customer chosen and keeps what was typed. Odoo
    computes none of the fields of one method when a value is given for one of them.
    """

    @api.depends("customer_id")
    def compute(self):
        for tab in self.filtered("customer_id"):
            tab[fname] = FROM_REGISTER[fname](tab.customer_id)

    return compute


class KontaktiCalendarTab(models.Model):
    """The Customer tab of calendar events, and the contact event they are of.

    No user reads it: nothing of it can be searched, grouped or sorted by, however one
    comes to it. A calendar event shows its own to whom ``_is_open_sql`` lets see it
    (S8). The occurrences of a series and the copies of an event have the same one, for
    Odoo copies the reference: what befalls the contact event befalls them all.
    """

    _name = "kontakti.calendar.tab"
    _description = "Customer Tab of Calendar Events"

    event_ids = fields.One2many("calendar.event", "kontakti_tab_id", "Events")
    contact_id = fields.Many2one(
        "kontakti.contact", index="btree_not_null", ondelete="set null"
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_reach",
        store=True,
        copy=True,
        ondelete="restrict",
        help="Users of other companies see nothing. It outlives the contact event.",
    )
    owner_id = fields.Many2one(
        "res.users",
        compute="_compute_reach",
        store=True,
        copy=True,
        ondelete="restrict",
        help="Of a personal contact event: nobody else sees anything.",
    )
    customer_id = fields.Many2one("res.partner", index="btree_not_null")
    customer_name = checked.Char(
        compute=_compute_from_customer("customer_name"), store=True, readonly=False
    )
    customer_phone = checked.Char(
        compute=_compute_from_customer("customer_phone"), store=True, readonly=False
    )
    customer_email = checked.Char(
        compute=_compute_from_customer("customer_email"), store=True, readonly=False
    )
    customer_address = checked.Char(
        compute=_compute_from_customer("customer_address"), store=True, readonly=False
    )

    @api.depends(
        "contact_id.company_id", "contact_id.personal", "contact_id.contacted_by_id"
    )
    def _compute_reach(self):
        """Keep who may see it when the contact event is deleted."""
        for tab in self.filtered("contact_id"):
            contact = tab.contact_id
            tab.company_id = contact.company_id
            tab.owner_id = contact.personal and contact.contacted_by_id

    def _write_multi(self, vals_list):
        """Add: the events of a tab say in their own rows whom it is open to."""
        super()._write_multi(vals_list)
        if any(REACH_FIELDS & vals.keys() for vals in vals_list):
            # sudo: whoever the events belong to
            events = self.env["calendar.event"].sudo().with_context(active_test=False)
            events.search([("kontakti_tab_id", "in", self.ids)])._follow_kontakti_tab()

    def _is_open_sql(self, owner, company):
        """Return the SQL condition that the user may see a tab.

        :param SQL owner: the column with the tab's `owner_id`
        :param SQL company: that with its `company_id`
        """
        return SQL(
            "CASE WHEN %(owner)s IS NOT NULL THEN %(owner)s = %(uid)s ELSE %(company)s "
            "IS NULL OR %(company)s IN (SELECT cid FROM res_company_users_rel "
            "WHERE user_id = %(uid)s) END",
            owner=owner,
            company=company,
            uid=self.env.uid,
        )

    def _get_open_domain(self):
        """Return the domain of the tabs that the user may see."""
        return Domain.custom(
            to_sql=lambda tabs, alias, query: tabs._is_open_sql(
                tabs._column(alias, "owner_id"), tabs._column(alias, "company_id")
            )
        )

    def _column(self, alias, fname):
        return SQL.identifier(alias, fname, to_flush=self._fields[fname])

    def _check_open(self):
        """Refuse a change by whom the tab is closed to."""
        if self.search(Domain("id", "=", self.id) & self._get_open_domain()):
            return
        raise AccessError(
            self.env._("The customer of this calendar event is not yours to change.")
        )

    def _get_own(self, events):
        """Return the tab of ``events`` alone: this one, or a copy when others have it."""
        others = Domain("kontakti_tab_id", "=", self.id) & Domain(
            "id", "not in", events.ids
        )
        # sudo: whoever the other events belong to
        found = events.sudo().with_context(active_test=False).search_count(others, 1)
        return self.copy() if found else self

    @api.autovacuum
    def _gc_without_event(self):
        """Delete what no calendar event has any more."""
        self.with_context(active_test=False).search(
            [("event_ids", "=", False)]
        ).unlink()
