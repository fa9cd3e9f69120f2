from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import checked
from .kontakti_pulse_sql import (
    COLUMNS,
    KEPT,
    Moments,
    get_columns,
    get_refresh_sql,
    get_up_sql,
)

DIRTY = "kontakti_pulse"  # in the data of the transaction
OF_CONTACTS = (
    "active commercial_partner_id company_id contacted_by_id date next_date"
    " participant_ids partner_id personal state"
).split()
OF_PARTNERS = ["commercial_partner_id", "parent_id"]
SHOWN = (
    "kontakti_last_date kontakti_last_user_id kontakti_next_date kontakti_contacts_12m"
    " kontakti_days_silent kontakti_trend"
).split()
MONTHS = 12


class KontaktiPulse(models.Model):
    """What is known at a glance of a customer with its people: a row a company.

    Counted of shared contact events alone. A row is of one card of the register, as
    ``card_partner_id`` of contact events says whose they are. No user reads this table:
    ``res.partner`` shows it (``res_partner_pulse.py``).

    Whoever changes a contact event or the tree of the register says so by ``_note``; all
    cards concerned are counted anew in one statement, before the transaction ends or
    somebody asks. A row is written even when nothing in it changes: of two transactions
    that touch the same customer PostgreSQL then fails one, which Odoo begins again, and
    neither counts without what the other did.
    """

    _name = "kontakti.pulse"
    _description = "Pulse of a Customer"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="cascade",
        export_string_translation=False,
    )
    company_id = fields.Many2one(
        "res.company", ondelete="cascade", export_string_translation=False
    )
    last_date = fields.Datetime(export_string_translation=False)
    last_user_id = fields.Many2one(
        "res.users", ondelete="set null", export_string_translation=False
    )
    # of the contact event, to tell two of the same moment apart
    last_id = checked.Integer(export_string_translation=False)
    next_date = fields.Date(export_string_translation=False)
    open_count = checked.Integer(export_string_translation=False)
    moments = Moments(export_string_translation=False)

    _card_idx = models.UniqueIndex("(partner_id, COALESCE(company_id, 0))")
    # both ways round: PostgreSQL reads no index backwards for what is empty to be last
    _last_idx = models.Index("(last_date) WHERE last_date IS NOT NULL")
    _lately_idx = models.Index(
        "(last_date DESC NULLS LAST) WHERE last_date IS NOT NULL"
    )

    # Kept true -----------------------------------------------------------------

    @api.model
    def _note(self, contacts=(), partners=()):
        """Have what is shown of customers counted anew.

        :param contacts: ids of contact events that have changed
        :param partners: ids of the customers that they were with before, or that moved
        """
        if not contacts and not partners:
            return
        precommit = self.env.cr.precommit
        if DIRTY not in precommit.data:
            precommit.data[DIRTY] = (set(), set())
            # sudo: nobody writes here by right
            precommit.add(self.sudo()._count_noted)
        for noted, found in zip(
            precommit.data[DIRTY], (contacts, partners), strict=True
        ):
            noted.update(found)
        self.env["res.partner"].invalidate_model(SHOWN, flush=False)

    @api.model
    def _find_above(self, partner_ids):
        """Return the ids of customers and those above them, if any has contact events.

        Before the tree of the register changes.
        """
        rows = self.env.execute_query(
            SQL(
                "WITH cards(id) AS MATERIALIZED (%s) SELECT id FROM cards"
                " WHERE EXISTS (SELECT FROM cards JOIN kontakti_pulse AS pulse"
                " ON pulse.partner_id = cards.id)",
                get_up_sql(partner_ids),
            )
        )
        return [partner_id for (partner_id,) in rows]

    @api.model
    def _forget(self, partner_ids):
        """Delete the numbers of customers that are merged into another one."""
        self._count_noted()
        self.env.cr.execute(
            SQL(
                "DELETE FROM kontakti_pulse WHERE partner_id = ANY(%s)",
                checked.ids_in(partner_ids),
            )
        )

    @api.model
    def _count_noted(self):
        """Count anew what has been noted, in one statement."""
        data = self.env.cr.precommit.data
        # a partner that moves is noted when it is written
        self.env["res.partner"].flush_model(OF_PARTNERS)
        if DIRTY not in data:
            return
        self.env["kontakti.contact"].flush_model(OF_CONTACTS)
        contacts, partners = data.pop(DIRTY)
        self._refresh(get_up_sql(partners, contacts))
        self.env["res.partner"].invalidate_model(SHOWN, flush=False)

    @api.model
    def _refresh(self, cards, only_wrong=False):
        """Count cards; return ``[(id of the customer,)]`` of rows written.

        :param SQL cards: a SELECT of their ids
        :param bool only_wrong: write and return the rows that were not true alone
        """
        kept_from = fields.Datetime.now() - timedelta(days=KEPT)
        self.env.cr.execute(
            get_refresh_sql(cards, kept_from, only_wrong),
            log_exceptions=False,  # another one was first: Odoo tries again
        )
        return self.env.cr.fetchall()

    @api.model
    def _repair(self):
        """Count every customer anew.

        What the product does keeps the numbers true; this is for what was written to the
        database past it. It may be run at any time.

        :return: how many numbers of a customer in a company were not true
        """
        self._count_noted()
        self.env["kontakti.contact"].flush_model(OF_CONTACTS)
        wrong = self._refresh(SQL("SELECT id FROM res_partner"), only_wrong=True)
        self.env["res.partner"].invalidate_model(SHOWN, flush=False)
        return len(wrong)

    @api.model
    def _count_first_time(self):
        """Count the customers of a database of before, at the upgrade."""
        if not self.search_count([], limit=1):
            self._repair()

    @api.model
    def _repair_and_tell(self):
        """Repair, for a manager who asks by the menu.

        :return: the client action that says how many numbers were not true
        """
        # sudo: nobody writes here by right; the menu is the managers'
        wrong = self.sudo()._repair()
        message = self.env._("All customers counted anew. Not true were: %s.", wrong)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "success"},
        }

    # Read ----------------------------------------------------------------------

    @api.model
    def _get_customers_sql(self):
        """Return the SQL of a table of customers in the companies chosen.

        Its columns are those of :data:`COLUMNS`. PostgreSQL computes those used alone.
        """
        columns = [
            SQL("%s AS %s", expression, SQL.identifier(name))
            for name, expression in get_columns(*self._get_year()).items()
        ]
        return SQL(
            "(SELECT partner_id, %s FROM kontakti_pulse WHERE %s GROUP BY partner_id)",
            SQL(", ").join(columns),
            self._get_reach_sql(),
        )

    @api.model
    def _get_reach_sql(self, alias="kontakti_pulse"):
        """Return the SQL condition of the rows of the companies chosen, and of none."""
        company = SQL.identifier(alias, "company_id")
        # the system has no companies of its own: those that a context names, unchecked
        companies = checked.ids_in(self.env.companies.ids)
        return SQL("(%s IS NULL OR %s = ANY(%s))", company, company, companies)

    @api.model
    def _get_latest_sql(self):
        """Return the SQL of a table with the last contact of each customer.

        The row of the company where it was. Without a GROUP BY, so that the first of
        many customers by last contact are found by the index alone.
        """
        return SQL(
            """(
            SELECT latest.partner_id, latest.last_date, latest.last_user_id
              FROM kontakti_pulse AS latest
             WHERE latest.last_date IS NOT NULL AND %s
               AND NOT EXISTS (
                   SELECT FROM kontakti_pulse AS later
                    WHERE later.partner_id = latest.partner_id AND %s
                      AND (later.last_date, later.last_id)
                          > (latest.last_date, latest.last_id)))""",
            self._get_reach_sql("latest"),
            self._get_reach_sql("later"),
        )

    @api.model
    def _get_year(self):
        """Return when the last 12 months began, and when the user's today ends, in UTC."""
        user = self.env.user
        today = user._get_kontakti_today()
        return (
            user._get_kontakti_midnight(today - relativedelta(months=MONTHS)),
            user._get_kontakti_midnight(today + timedelta(days=1)),
        )

    @api.model
    def _join(self, alias, query, is_latest):
        """Join the customers' numbers to a query of partners.

        :param bool is_latest: the last contact alone
        :return: their alias
        """
        self._count_noted()
        joined = query.make_alias(
            alias, "kontakti_latest" if is_latest else "kontakti_pulse"
        )
        table = self._get_latest_sql() if is_latest else self._get_customers_sql()
        condition = SQL(
            "%s = %s",
            SQL.identifier(alias, "id"),
            SQL.identifier(joined, "partner_id"),
        )
        query.add_join("LEFT JOIN", joined, table, condition)
        return joined

    @api.model
    def _read_customers(self, partner_ids):
        """Return ``{id of a partner: {column of COLUMNS: value}}``, in one statement."""
        self._count_noted()
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, %s FROM %s AS pulse WHERE partner_id = ANY(%s)",
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                self._get_customers_sql(),
                checked.ids_in(partner_ids),
            )
        )
        return {
            partner_id: dict(zip(COLUMNS, values, strict=True))
            for partner_id, *values in rows
        }

    @api.model
    def _read_months(self, partner_ids):
        """Return ``{id of a partner: [number of contacts in each of 12 months]}``.

        The oldest month first, the present one last; in one statement.
        """
        self._count_noted()
        user = self.env.user
        month = user._get_kontakti_today().replace(day=1)
        starts = [
            user._get_kontakti_midnight(month - relativedelta(months=ago))
            for ago in reversed(range(MONTHS))
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, width_bucket(moment, %s::timestamp[]), count(*)"
                " FROM kontakti_pulse, unnest(moments) AS moment"
                " WHERE partner_id = ANY(%s) AND %s AND moment >= %s GROUP BY 1, 2",
                *(
                    starts,
                    checked.ids_in(partner_ids),
                    self._get_reach_sql(),
                    starts[0],
                ),
            )
        )
        found = {}
        for partner_id, place, count in rows:
            found.setdefault(partner_id, [0] * MONTHS)[place - 1] = count
        return found
