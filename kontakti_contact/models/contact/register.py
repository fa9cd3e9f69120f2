import json

from odoo import api, models
from odoo.tools import SQL

from ...tools.phones import FIRST_TRUNK, NO_DIGIT, UNKNOWN
from .customer import NAME_LIMIT, REGISTER_FIELDS
from .kontakti_contact import STATE_DONE

CUSTOMER = "commercial_partner_id"
NUMBER = "phone_sanitized"  # computed by Odoo from the number and the country
PHONE = ("phone", "phone_key")
# what a change of the register changes: {of a partner: of its contact events}
FOLLOWERS = {
    **{fname: (fname,) for fname in REGISTER_FIELDS},
    "phone": PHONE,
    NUMBER: PHONE,
    "country_id": ("country_id", *PHONE),
    "name": ("customer_name", "contact_person"),
    CUSTOMER: (CUSTOMER, "customer_key", "customer_name", "contact_person"),
}
FOLLOWED = {}
for _source, _targets in FOLLOWERS.items():
    for _target in _targets:
        FOLLOWED.setdefault(_target, []).append(_source)


class KontaktiContact(models.Model):
    """The customer's data follows the register: all of a customer in one statement.

    The ORM would look the contact events up at each change of a partner, and at its
    deletion, and write them a hundred a statement. Here nothing is asked until a value
    that they hold is written; see ``res_partner_register.py``.
    """

    _inherit = "kontakti.contact"

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let what is still to be written of the register be written before."""
        sql = super()._field_to_sql(alias, field_expr, query)
        sources = FOLLOWED.get(field_expr)
        if not sources:
            return sql
        register = self.env["res.partner"]._fields
        return SQL("%s", sql, to_flush=[register[fname] for fname in sources])

    @api.model
    def _forget_register(self, fnames):
        """Read anew what follows ``fnames`` of partners."""
        self.invalidate_model(self._get_followers(fnames))

    @api.model
    def _get_followers(self, fnames):
        found = {target for fname in fnames for target in FOLLOWERS.get(fname, ())}
        return sorted(found)

    @api.model
    def _follow_register(self, partner_ids, fnames, proposed=None):
        """Take over what was written of ``fnames`` in the rows of the partners.

        :param proposed: ``{id of a partner: [names it had]}``; a contact person of one
            of them was proposed by the register and gets the new name, others were typed
        """
        followers = self._get_followers(fnames)
        self.flush_model([*followers, "partner_id", "state"])
        self.env.cr.execute(
            self._get_follow_query(
                self._get_concerned_sql(tuple(partner_ids), fnames),
                proposed or {},
                followers,
            ),
            log_exceptions=False,
        )
        rows = self.env.cr.fetchall()
        changed = self.browse(contact_id for contact_id, _customer in rows)
        changed.invalidate_recordset(followers, flush=False)
        if CUSTOMER in fnames:
            left = filter(None, (customer for _contact_id, customer in rows))
            self.env["kontakti.pulse"]._note(changed.ids, left)

    @api.model
    def _get_concerned_sql(self, partner_ids, fnames):
        concerned = SQL("partner_id IN %s", partner_ids)
        if {"name", CUSTOMER}.isdisjoint(fnames):
            return concerned
        # the company's name is on its people's contact events too
        return SQL("(%s OR %s IN %s)", concerned, SQL(CUSTOMER), partner_ids)

    @api.model
    def _get_follow_query(self, concerned, proposed, followers):
        """Return the SQL that takes ``followers`` over where ``concerned`` holds."""
        values = [self._get_register_sql(fname, proposed) for fname in followers]
        columns = [SQL.identifier(fname) for fname in followers]
        return SQL(
            """
            UPDATE kontakti_contact contact
               SET %(assignments)s, write_uid = %(user)s, write_date = %(now)s
              FROM (SELECT id, partner_id, %(customer)s AS history,
                           commercial_partner_id AS left_id
                      FROM kontakti_contact WHERE %(concerned)s
                     ORDER BY id FOR NO KEY UPDATE) concerned
              JOIN res_partner partner ON partner.id = concerned.partner_id
              JOIN res_partner customer
                ON customer.id =
                   COALESCE(concerned.history, partner.commercial_partner_id, partner.id)
             WHERE contact.id = concerned.id
               AND (%(old)s) IS DISTINCT FROM (%(new)s)
            RETURNING contact.id, concerned.left_id
            """,
            assignments=SQL(", ").join(
                SQL("%s = %s", column, value)
                for column, value in zip(columns, values, strict=True)
            ),
            customer=self._get_history_sql(),
            user=self.env.uid,
            now=self.env.cr.now(),
            concerned=concerned,
            old=SQL(", ").join(SQL("contact.%s", column) for column in columns),
            new=SQL(", ").join(values),
        )

    @api.model
    def _get_history_sql(self):
        """Return the company that a done contact event was with; of others NULL."""
        return SQL("CASE WHEN state = %s THEN %s END", STATE_DONE, SQL(CUSTOMER))

    @api.model
    def _get_register_sql(self, fname, proposed):
        """Return what the register has for ``fname``, as its compute method says."""
        special = {
            CUSTOMER: SQL("customer.id"),
            "customer_name": SQL(
                "LEFT(COALESCE(NULLIF(customer.name, ''), partner.name), %s)",
                NAME_LIMIT,
            ),
            "contact_person": self._get_person_sql(proposed),
            "customer_key": SQL("'#' || customer.id"),
            "phone_key": SQL(
                "regexp_replace(regexp_replace(COALESCE("
                "NULLIF(partner.phone_sanitized, ''), partner.phone),"
                " %s, %s, 'g'), %s, '', 'g') || ' ' || partner.phone",
                *(FIRST_TRUNK, rf"\1{UNKNOWN}", NO_DIGIT),
            ),
        }
        return special.get(fname) or SQL("partner.%s", SQL.identifier(fname))

    @api.model
    def _get_person_sql(self, proposed):
        """Return the contact person: of a person at a company the name, unless typed."""
        return SQL(
            """
            CASE WHEN partner.id = customer.id THEN contact.contact_person
                 WHEN NULLIF(contact.contact_person, '') IS NULL
                   OR %s::jsonb -> partner.id::text ? contact.contact_person
                 THEN LEFT(partner.name, %s)
                 ELSE contact.contact_person
             END
            """,
            json.dumps(
                {key: [name[:NAME_LIMIT] for name in proposed[key]] for key in proposed}
            ),
            NAME_LIMIT,
        )
