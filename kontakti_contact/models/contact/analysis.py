from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import arguments, unlisted
from ...tools.due import FIGURES_PERIODS, figures_period
from .privacy import SHARED

COUNT, HOURS, MONEY = "count", "hours", "money"
TABLES = {
    "person": "contacted_by_id",
    "channel": "channel_id",
    "purpose": "purpose_id",
}
MEASURES = ["__count", "duration:sum"]


class KontaktiContact(models.Model):
    """The analysis: what was done in a period, beside the period before (S3).

    Of shared contact events alone, so that all who see the organisation see the same
    numbers. Each figure comes with the domain that it counts.
    """

    _inherit = "kontakti.contact"

    first_of_customer_since = unlisted.Asked(
        store=False,
        search="_search_first_of_customer_since",
        export_string_translation=False,
    )

    @api.model
    @api.readonly
    def get_analysis(self, period="month", user_id=False, company_id=False):
        """Return the figures of a period and of the one before.

        :param str period: ``month``, ``last_month``, ``quarter`` or ``year``
        :param int user_id: of contacts by this person alone
        :param int company_id: of this organisation alone, one of those chosen
        :return: ``{"from", "to": dates as text, the last day of the period,
            "figures": [{"key", "name", "unit": "count" | "hours" | "money", "value",
            "before" (False: not compared), "model", "domain", "grouped": the customers
            of the domain are counted}], "tables": [{"key", "name", "rows": [{"name",
            "contacts": int, "before": int, "hours": float, "model", "domain"}]}],
            "people", "companies": [{"id", "name"}], "currency": id}``
        :raise UserError: when an argument is wrong
        """
        first, after, before = self._get_figures_period(period)
        scope = self._get_analysis_scope(user_id, company_id)
        now = scope & self._get_between_domain(first, after)
        then = scope & self._get_between_domain(before, first)
        company = self.env["res.company"].browse(company_id or self.env.company.id)
        return {
            "from": fields.Date.to_string(first),
            "to": fields.Date.to_string(fields.Date.subtract(after, days=1)),
            "figures": [
                *self._get_contact_figures(now, then),
                *self._get_customer_figures(now, then, first, before),
                *self._get_silent_figures(user_id, company_id),
                *self._get_document_figures(now, company),
            ],
            "tables": self._get_analysis_tables(now, then),
            "people": self._get_analysis_people(),
            "companies": self.env.companies.read(["name"], load=None),
            "currency": company.currency_id.id,
        }

    @api.model
    def _get_figures_period(self, period):
        if not isinstance(period, str) or period not in FIGURES_PERIODS:
            raise UserError(self.env._("The analysis has no such period."))
        return figures_period(period, self.env.user._get_kontakti_today())

    @api.model
    def _get_analysis_scope(self, user_id, company_id):
        scope = SHARED
        if user_id:
            arguments.ids(self.env, "user_id", [user_id])
            scope &= Domain("contacted_by_id", "=", user_id)
        if company_id:
            arguments.ids(self.env, "company_id", [company_id])
            if company_id not in self.env.companies.ids:
                raise UserError(
                    self.env._("Choose one of the organisations that you work in.")
                )
            scope &= Domain("company_id", "=", company_id)
        return scope

    @api.model
    def _get_between_domain(self, first, after):
        """Return the domain of the contacts from ``first`` to before ``after``."""
        user = self.env.user
        return Domain(
            "date", ">=", self._get_moment_text(user._get_kontakti_midnight(first))
        ) & Domain(
            "date", "<", self._get_moment_text(user._get_kontakti_midnight(after))
        )

    @api.model
    def _get_moment_text(self, moment):
        return fields.Datetime.to_string(moment)

    @api.model
    def _make_figure(self, key, name, unit, value, before, domain, **more):
        return {
            "key": key,
            "name": name,
            "unit": unit,
            "value": value,
            "before": before,
            "model": self._name,
            "domain": list(domain),
            "grouped": False,
            **more,
        }

    @api.model
    def _get_contact_figures(self, now, then):
        """Return how many contacts there were, and the time used for them."""
        [(count, hours)] = self._read_group(now, [], MEASURES)
        [(count_then, hours_then)] = self._read_group(then, [], MEASURES)
        return [
            self._make_figure(
                *("contacts", self.env._("Contacts"), COUNT, count, count_then, now)
            ),
            self._make_figure(
                *("hours", self.env._("Time used"), HOURS),
                *(hours or 0.0, hours_then or 0.0, now),
            ),
        ]

    @api.model
    def _get_customer_figures(self, now, then, first, before):
        """Return how many customers were reached, and how many for the first time."""
        known = Domain("customer_key", "!=", False)
        new, new_then = (
            self._get_first_domain(period & known, day)
            for period, day in ((now, first), (then, before))
        )
        pairs = [
            ("reached", self.env._("Customers reached"), now & known, then & known),
            ("new", self.env._("New customers"), new, new_then),
        ]
        return [
            self._make_figure(
                *(key, name, COUNT, self._count_customers(domain)),
                *(self._count_customers(domain_then), domain),
                grouped=True,
            )
            for key, name, domain, domain_then in pairs
        ]

    @api.model
    def _count_customers(self, domain):
        """Return how many customers there are, with the one of no customer.

        Faster than ``count_distinct``, for which the database sorts the keys.
        """
        query = self._search(domain)
        key = self._field_to_sql(self._table, "customer_key", query)
        customers = SQL("%s GROUP BY %s", query.select(SQL("1")), key)
        [(count,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM (%s) AS customers", customers)
        )
        return count

    @api.model
    def _get_first_domain(self, domain, day):
        moment = self.env.user._get_kontakti_midnight(day)
        return domain & Domain(
            "first_of_customer_since", "=", self._get_moment_text(moment)
        )

    @api.model
    def _search_first_of_customer_since(self, operator, value):
        """Search those whose customers had no shared contact before a moment in UTC."""
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._get_without_earlier_domain(text) for text in value)

    @api.model
    def _get_without_earlier_domain(self, text):
        try:
            moment = fields.Datetime.to_datetime(text)
        except (TypeError, ValueError):
            moment = None
        if not moment:
            raise UserError(self.env._("The analysis has no such period."))
        reach = self.env["kontakti.pulse"]._get_reach_sql("earlier")
        return Domain.custom(
            to_sql=lambda contacts, alias, query: SQL(
                """NOT EXISTS (
                    SELECT FROM kontakti_contact AS earlier
                     WHERE earlier.customer_key = %s AND earlier.date < %s
                       AND earlier.personal IS NOT TRUE AND earlier.active IS TRUE
                       AND %s)""",
                contacts._field_to_sql(alias, "customer_key", query),
                moment,
                reach,
            )
        )

    @api.model
    def _get_silent_figures(self, user_id, company_id):
        """Return how many customers have gone silent, as it is now."""
        if company_id and self.env.companies.ids != [company_id]:
            return []  # the interval is the current organisation's
        partners = self.env["res.partner"]
        if not partners.has_access("read") or not partners._has_field_access(
            partners._fields["kontakti_silent"], "read"
        ):
            return []
        domain = Domain("kontakti_silent", "=", True)
        if user_id:
            domain &= Domain("kontakti_last_user_id", "=", user_id)
        return [
            self._make_figure(
                *("silent", self.env._("Gone silent"), COUNT),
                *(partners.search_count(domain), False, domain),
                model=partners._name,
            )
        ]

    @api.model
    def _get_document_figures(self, domain, company):
        """Return what the contact events led to; extend to add.

        Which documents are theirs Links knows.

        :param domain: of the contact events of the period
        :param company: in whose currency values are
        """
        return []

    @api.model
    def _get_analysis_tables(self, now, then):
        """Return the contacts and the time used by person, channel and purpose."""
        sets = [[fname] for fname in TABLES.values()]
        found, found_then = (
            self._read_grouping_sets(domain, sets, MEASURES) for domain in (now, then)
        )
        return [
            {
                "key": key,
                "name": self._fields[fname]._description_string(self.env),
                "rows": self._get_table_rows(fname, now, *rows),
            }
            for (key, fname), *rows in zip(
                TABLES.items(), found, found_then, strict=True
            )
        ]

    @api.model
    def _get_table_rows(self, fname, now, found, found_then):
        """Return the rows of a table, the most contacts first."""
        before = {record.id: count for record, count, _hours in found_then}
        rows = [
            {
                # sudo: Odoo shows the name of a many2one to whoever sees the record
                "name": record.sudo().display_name or self.env._("None"),
                "contacts": count,
                "before": before.get(record.id, 0),
                "hours": hours or 0.0,
                "model": self._name,
                "domain": list(now & Domain(fname, "=", record.id)),
            }
            for record, count, hours in found
        ]
        return sorted(rows, key=lambda row: (-row["contacts"], row["name"]))

    @api.model
    def _get_analysis_people(self):
        """Return the Kontakti users of the organisations chosen, by name."""
        works_here = Domain("company_ids", "in", self.env.companies.ids)
        people = self.env["res.users"].search(
            Domain(self._get_users_domain()) & works_here, order="name, id"
        )
        return [{"id": user.id, "name": user.name} for user in people]
