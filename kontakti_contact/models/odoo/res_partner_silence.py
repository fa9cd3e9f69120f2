from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import arguments, checked
from ..contact.people import KONTAKTI_USER

INTERVAL = "kontakti_interval_days"


class Interval(checked.Number, fields.Integer):
    """Days between two contacts: 0 or more."""

    most = arguments.MOST_DAYS

    def _check(self, value, record):
        super()._check(value, record)
        if value and float(value) < 0:
            raise ValidationError(
                record.env._("The days between two contacts cannot be negative.")
            )


class ResPartner(models.Model):
    """Keep in touch: who is past the interval agreed for it has gone silent.

    Silent is a customer with an interval whose last contact is more days ago than that,
    or who was never contacted, and with whom no contact event is open. The interval is
    the current company's; contacts count in all companies chosen.
    """

    _inherit = "res.partner"

    kontakti_interval_days = Interval(
        "Keep in Touch (days)",
        company_dependent=True,
        index="btree_not_null",
        prefetch=False,  # no column more in what Odoo reads of partners
        groups=KONTAKTI_USER,
        help="How many days may pass between two contacts. Empty or 0: any number.",
    )
    kontakti_silent = fields.Boolean(
        "Gone Silent",
        compute="_compute_kontakti_silent",
        search="_search_kontakti_silent",
        groups=KONTAKTI_USER,
    )

    @api.depends(INTERVAL)
    @api.depends_context("uid", "allowed_company_ids", "company")
    def _compute_kontakti_silent(self):
        """Ask the database of all at once."""
        found = self.with_context(active_test=False).search(
            [("id", "in", self._origin.ids), ("kontakti_silent", "=", True)]
        )
        for partner in self:
            partner.kontakti_silent = partner._origin in found

    @api.model
    def _search_kontakti_silent(self, operator, value):
        if operator != "in":
            return NotImplemented
        silent = Domain(INTERVAL, ">", 0) & Domain.custom(
            to_sql=lambda partners, alias, query: partners._is_kontakti_silent_sql(
                alias, query
            )
        )
        wanted = {bool(known) for known in value}
        found = {True: silent, False: ~silent}
        return Domain.OR(found[known] for known in wanted)

    @api.model
    def _is_kontakti_silent_sql(self, alias, query):
        """Return the SQL condition that nothing is open and nobody was in touch lately.

        Of the customers with an interval each is looked up, however many others there are.
        """
        pulse = self.env["kontakti.pulse"]
        pulse._count_noted()
        _first, after = pulse._get_year()
        return SQL(
            """NOT EXISTS (
                SELECT FROM kontakti_pulse
                 WHERE partner_id = %(partner)s AND %(reach)s
                   AND (open_count > 0 OR
                        last_date > %(after)s::timestamp
                                    - interval '1 day' * (%(interval)s + 1)))""",
            partner=SQL.identifier(alias, "id"),
            reach=pulse._get_reach_sql(),
            after=after,
            interval=self._field_to_sql(alias, INTERVAL, query),
        )
