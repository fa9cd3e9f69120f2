from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import arguments
from .kontakti_contact import STATE_OPEN

MOST_ITEMS = 100
PROMISED = 3
TEXTS = ("name", "contact_person", "discussion", "actions")
TOLD = ("id", "date", "name", "state", "next_date", "discussion", "actions")
ITEM = "id date user channel icon name state next_date discussion actions".split()
NAMED = ("user", "channel", "icon", "count")


class KontaktiContact(models.Model):
    """What was said and promised before: a customer's contact events, to read in place.

    The record rules say what the user sees, the own personal ones included.
    """

    _inherit = "kontakti.contact"

    @api.readonly
    def get_history(self, limit=5, offset=0, text=""):
        """Return the other contact events of the same customer, the newest first.

        The customer is the company with its people, or the name typed. The number of
        statements does not depend on how many contact events there are.

        :param int limit: how many to return, from 1 to 100
        :param int offset: how many to skip
        :param str text: what has to be in the subject, the person or the texts
        :return: ``{"count": int, "items": [{"id", "date", "user", "channel", "icon",
            "name", "state", "next_date", "discussion", "actions"}], "promised": the
            same of up to three open ones with actions, without ``offset``}``; dates are
            text, texts are HTML as stored, what is empty is ``""`` or ``False``
        :raise UserError: when an argument is wrong
        """
        arguments.one(self)
        self._ask_primary_if_unknown()
        of_customer = self._get_customer_domain(
            self.commercial_partner_id.id, self.customer_key
        )
        return self._get_history_of(of_customer, self.id, limit, offset, text)

    @api.model
    @api.readonly
    def get_customer_history(
        self, partner_id, limit=5, offset=0, text="", left_out=False
    ):
        """Return the same of a customer, for a contact event that is not saved yet.

        Nothing of a customer that the user may not read.

        :param int partner_id: of the register
        :param int left_out: a contact event to leave out
        """
        self.check_access("read")
        arguments.ids(self.env, "partner_id", [partner_id])
        arguments.ids(self.env, "left_out", [left_out or partner_id])
        partner = self.env["res.partner"].browse(partner_id)
        if not partner.exists()._filtered_access("read"):
            return {"count": 0, "items": [], "promised": []}
        of_customer = self._get_customer_domain(partner.commercial_partner_id.id, "")
        return self._get_history_of(of_customer, left_out, limit, offset, text)

    @api.model
    def _get_customer_domain(self, commercial_id, key):
        """Return the domain of all contact events of a customer, registered or typed."""
        if commercial_id:
            return Domain("card_partner_id", "=", commercial_id)
        return Domain("customer_key", "=", key) if key else Domain.FALSE

    @api.model
    def _get_history_of(self, domain, left_out, limit, offset, text):
        arguments.whole_number(self.env, "limit", limit, 1, MOST_ITEMS)
        arguments.whole_number(self.env, "offset", offset)
        text = arguments.text(self.env, "text", text)
        if left_out:
            domain &= Domain("id", "!=", left_out)
        sought = domain
        if text:
            sought &= Domain.OR(Domain(fname, "ilike", text) for fname in TEXTS)
        count, items = self._read_history(sought, limit, offset)
        if not items and offset:
            count = self.search_count(sought)
        open_ones = Domain("state", "=", STATE_OPEN) & Domain("actions", "!=", False)
        promised = [] if offset else self._read_history(domain & open_ones, PROMISED)[1]
        return {"count": count, "items": items, "promised": promised}

    @api.model
    def _read_history(self, domain, limit, offset=0):
        """Return how many there are, and those of a page, in one statement."""
        query = self._search(domain, limit=limit, offset=offset, order=self._order)
        alias = self._table
        # names alone, as Odoo shows those of a many2one to whoever sees the record
        user = query.left_join(alias, "contacted_by_id", "res_users", "id", "owner")
        person = query.left_join(user, "partner_id", "res_partner", "id", "person")
        channel = query.left_join(
            alias, "channel_id", "kontakti_channel", "id", "channel"
        )
        channels = self.env["kontakti.channel"]
        rows = self.env.execute_query(
            query.select(
                *(self._field_to_sql(alias, fname, query) for fname in TOLD),
                SQL.identifier(person, "name"),
                channels._field_to_sql(channel, "name", query),
                channels._field_to_sql(channel, "icon", query),
                SQL("count(*) OVER ()"),
            )
        )
        items = [
            self._format_history_item(dict(zip((*TOLD, *NAMED), row, strict=True)))
            for row in rows
        ]
        return (rows[0][-1] if rows else 0), items

    @api.model
    def _format_history_item(self, item):
        values = {name: value or "" for name, value in item.items()}
        values["date"] = fields.Datetime.to_string(item["date"])
        values["next_date"] = fields.Date.to_string(item["next_date"])
        return {name: values[name] for name in ITEM}
