from odoo import api, models
from odoo.tools.mail import email_normalize_all

from ..tools.label_plan import Recipient


class KontaktiLabelSourceMixin(models.AbstractModel):
    """A model whose records labels are printed for (S4).

    Inherit it and say in ``_label_fields`` where a :class:`Recipient` comes from.
    However many the records are, the queries are the same few.
    """

    _name = "kontakti.label.source.mixin"
    _description = "Source of Address Labels"

    # id, active, customer key, name, person, street, street2, zip, city, country, email, partner
    _label_fields = ()
    _label_order = "id desc"

    @api.model
    def _get_label_recipients(self, domain):
        """Return the :class:`Recipient` s that the user may read, the newest first.

        The archived among them too: they are listed as not printed.
        """
        found = self.with_context(active_test=False)
        query = found._search(domain, order=self._label_order)
        columns = [self._get_label_sql(name, query) for name in self._label_fields]
        rows = self.env.execute_query(query.select(*columns))
        emails = [row[-2] for row in rows]
        opted_out = self._get_opted_out(filter(None, emails))
        partners = self._get_label_partners({row[-1] for row in rows if row[-1]})
        return [
            self._make_label_recipient(row, opted_out, partners.get(row[-1]))
            for row in rows
        ]

    @api.model
    def _get_label_sql(self, fname, query):
        """Return the SQL of one of ``_label_fields``; extend to take it elsewhere."""
        return self._field_to_sql(self._table, fname, query)

    @api.model
    def _make_label_recipient(self, row, opted_out, partner):
        """Return the :class:`Recipient` of one row of ``_label_fields``; extend."""
        number, is_active, customer, *texts, country, email, _partner = row
        active, state_code, state_name = partner or (True, "", "")
        return Recipient(
            number,
            str(customer or ""),
            *(text or "" for text in texts),
            state_code=state_code,
            state_name=state_name,
            country=country or 0,
            is_archived=not (is_active and active),
            is_opted_out=email in opted_out,
        )

    @api.model
    def _get_opted_out(self, emails):
        """Return those of ``emails``, as typed, that are on Odoo's blacklist."""
        # sudo: only asks which of these addresses are on the list
        blacklist = self.env["mail.blacklist"].sudo()
        if not blacklist.search_count([("email", "!=", False)], limit=1):
            return set()
        normal = {email: set(email_normalize_all(email)) for email in set(emails)}
        every = set().union(*normal.values())
        found = blacklist.search_fetch([("email", "in", [*every])], ["email"])
        listed = set(found.mapped("email"))
        return {email for email, addresses in normal.items() if addresses & listed}

    @api.model
    def _get_label_partners(self, ids):
        """Return ``{id: (active, state code, state name)}`` where it matters."""
        # sudo: the contact event may be read when its customer, archived or of another
        # organisation, may not; only the address is completed, and "archived" said
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        domain = ["|", ("active", "=", False), ("state_id", "!=", False)]
        found = partners.search_fetch(
            [("id", "in", [*ids]), *domain], ["active", "state_id"]
        )
        return {
            partner.id: (
                partner.active,
                partner.state_id.code or "",
                partner.state_id.name or "",
            )
            for partner in found
        }
