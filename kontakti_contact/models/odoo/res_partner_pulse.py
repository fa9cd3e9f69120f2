from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import empty_number
from ..contact.people import KONTAKTI_USER

DAY = timedelta(days=1)
LAST, SILENT = "kontakti_last_date", "kontakti_days_silent"
LONG = 100_000  # days: longer than anybody was silent
# the column of the customers' numbers that a field shows: of the last contact, of all
LATEST_COLUMNS = {
    LAST: "last_date",
    "kontakti_last_user_id": "last_user_id",
    SILENT: "last_date",
}
SHOWN_COLUMNS = {
    **LATEST_COLUMNS,
    "kontakti_next_date": "next_date",
    "kontakti_contacts_12m": "contacts_12m",
}


def _search_pulse(fname):
    """Return a search method for ``fname``: what the database says of the customers."""

    def search(self, operator, value):
        return Domain.custom(
            to_sql=lambda partners, alias, query: partners._fields[
                fname
            ].condition_to_sql(fname, operator, value, partners, alias, query)
        )

    return search


def _pulse(fname):
    """Return what makes a field show a column of the customers' numbers."""
    return {
        "compute": "_compute_kontakti_pulse",
        "search": _search_pulse(fname),
        "groups": KONTAKTI_USER,
    }


class ResPartner(models.Model):
    """The customer at a glance: last and next contact, how many, how long silent.

    Of the customer with its people, in the companies chosen, from shared contact events
    alone: personal ones shift no number, also not their owner's, who would otherwise see
    another order than everybody else. ``kontakti_pulse.py`` keeps the numbers; here they
    are read, sought, sorted and grouped by.
    """

    _inherit = "res.partner"

    kontakti_last_date = fields.Datetime(
        "Last Contact",
        help="The last shared contact event with the customer or its people.",
        **_pulse(LAST),
    )
    kontakti_last_user_id = fields.Many2one(
        "res.users", "Last Contact By", **_pulse("kontakti_last_user_id")
    )
    kontakti_next_date = fields.Date(
        "Next Contact",
        help="The first next date of the open contact events.",
        **_pulse("kontakti_next_date"),
    )
    kontakti_contacts_12m = fields.Integer(
        "Contacts in 12 Months", **_pulse("kontakti_contacts_12m")
    )
    kontakti_days_silent = empty_number.Integer(
        "Days Silent",
        aggregator="max",
        help="Days since the last contact. Empty: never contacted.",
        **{**_pulse(SILENT), "search": "_search_kontakti_days_silent"},
    )
    kontakti_trend = fields.Json(
        "Contacts a Month",
        compute="_compute_kontakti_trend",
        groups=KONTAKTI_USER,
        exportable=False,
        help="How many contacts there were in each of the last 12 months.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_kontakti_pulse(self):
        """Read the numbers of all partners in one statement."""
        pulse = self.env["kontakti.pulse"]
        found = pulse._read_customers(self._origin.ids)
        _first, after = pulse._get_year()
        for partner in self:
            values = found.get(partner._origin.id, {})
            last = values.get("last_date")
            partner.kontakti_last_date = last
            partner.kontakti_last_user_id = values.get("last_user_id")
            partner.kontakti_next_date = values.get("next_date")
            partner.kontakti_contacts_12m = values.get("contacts_12m") or 0
            silent = last and max((after - last) // DAY, 0)
            partner.kontakti_days_silent = False if last is None else silent

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_kontakti_trend(self):
        """Count the contacts of 12 months of all partners in one statement."""
        found = self.env["kontakti.pulse"]._read_months(self._origin.ids)
        for partner in self:
            partner.kontakti_trend = found.get(partner._origin.id, [])

    @api.model
    def _field_to_sql(self, alias, field_expr, query=None):
        """Add: the numbers of the customers, from the table that keeps them."""
        if query is None or field_expr not in SHOWN_COLUMNS:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        is_latest = field_expr in LATEST_COLUMNS
        joined = self.env["kontakti.pulse"]._join(alias, query, is_latest)
        column = SQL.identifier(joined, SHOWN_COLUMNS[field_expr])
        if field_expr == "kontakti_contacts_12m":
            return SQL("coalesce(%s, 0)", column)
        if field_expr == SILENT:
            return self._get_kontakti_silence_sql(column)
        return column

    @api.model
    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Add: by last contact or days silent; those never contacted are last."""
        if field_name not in (LAST, SILENT):
            return super()._order_field_to_sql(
                alias, field_name, direction, nulls, query
            )
        last = self._field_to_sql(alias, LAST, query)
        query._order_groupby.append(last)
        is_down = (direction.code == "DESC") != (field_name == SILENT)
        return SQL("%s %s NULLS LAST", last, SQL("DESC") if is_down else SQL("ASC"))

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Add: a page by last contact is looked for among those contacted first.

        The index finds it there; only when there are too few of them are all asked.
        """
        # what a client sends as an order may be anything: Odoo refuses it
        if limit and isinstance(order, str) and order.startswith((LAST, SILENT)):
            contacted = Domain(domain) & Domain(LAST, "!=", False)
            page = super()._search(contacted, offset, limit, order, **kwargs)
            if len(page.get_result_ids()) == limit:
                return page
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _search_kontakti_days_silent(self, operator, value):
        """Search by the moment of the last contact where that says the same."""
        is_number = isinstance(value, int) and 0 < value < LONG
        if operator not in (">", ">=") or not is_number:
            return _search_pulse(SILENT)(self, operator, value)
        days = value + (operator == ">")
        _first, after = self.env["kontakti.pulse"]._get_year()
        return Domain(LAST, "<=", after - days * DAY)

    @api.model
    def _get_kontakti_silence_sql(self, last):
        """Return the SQL of the days since ``last``, to the end of the user's today.

        Full days of 24 hours: PostgreSQL need not know the user's time zone.
        """
        _first, after = self.env["kontakti.pulse"]._get_year()
        days = SQL("floor(extract(epoch FROM %s::timestamp - %s) / 86400)", after, last)
        return SQL("CASE WHEN %s IS NOT NULL THEN greatest(%s, 0)::int END", last, days)
