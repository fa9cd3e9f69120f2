from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.mail import email_normalize_all

from ...tools.address_layout import layout_fields
from ...tools.labels.plan import Recipient, has_address

ADDRESS = ("street", "street2", "zip", "city")
TEXTS = ("name", "person", *ADDRESS)
# What a recipient has of a country's layout without asking the partner.
KNOWN_FIELDS = {*Recipient._fields, "country_name", "country_code", "company_name"}


class Known(NamedTuple):
    """What is known of a partner beside its row."""

    is_active: bool = True
    state_code: str = ""
    state_name: str = ""
    extra: tuple = ()
    company: dict = {}  # the address of the company, when the person has none


class KontaktiLabelSourceMixin(models.AbstractModel):
    """A model whose records labels are printed for (S4).

    Inherit it and say in ``_label_fields`` where a :class:`Recipient` comes from.
    However many the records are, the queries are the same few.
    """

    _name = "kontakti.label.source.mixin"
    _description = "Source of Address Labels"

    # {part of a row: field of this model}. The parts: id, active, customer (equal for the
    # same customer), name, person, street, street2, zip, city, country, email, and
    # partner, whose register entry completes the address
    _label_fields = {}
    _label_order = "id desc"

    @api.model
    def _get_label_recipients(self, domain):
        """Return the :class:`Recipient` s that the user may read, the newest first.

        The archived among them too: they are listed as not printed.
        """
        everything = self.with_context(active_test=False)
        query = everything._search(domain, order=self._label_order)
        parts, names = zip(*self._label_fields.items(), strict=True)
        columns = [self._get_label_sql(name, query) for name in names]
        found = self.env.execute_query(query.select(*columns))
        rows = [dict(zip(parts, row, strict=True)) for row in found]
        opted_out = self._get_opted_out(filter(None, (row["email"] for row in rows)))
        ids = {row["partner"] for row in rows if row["partner"]}
        partners = self._get_label_partners(ids)
        return [
            self._make_label_recipient(row, opted_out, partners.get(row["partner"]))
            for row in rows
        ]

    @api.model
    def _get_label_sql(self, fname, query):
        """Return the SQL of one of ``_label_fields``; extend to take it elsewhere."""
        return self._field_to_sql(self._table, fname, query)

    @api.model
    def _make_label_recipient(self, row, opted_out, partner):
        """Return the :class:`Recipient` of one row; extend to complete it.

        :param dict row: what the database has, by the parts of ``_label_fields``
        :param set opted_out: the e-mail addresses, as typed, on Odoo's blacklist
        :param partner: the :class:`Known` of the row's partner, or None
        """
        known = partner or Known()
        recipient = Recipient(
            row["id"],
            str(row["customer"] or ""),
            *(row[part] or "" for part in TEXTS),
            state_code=known.state_code,
            state_name=known.state_name,
            country=row["country"] or 0,
            is_archived=not (row["active"] and known.is_active),
            is_opted_out=row["email"] in opted_out,
            extra=known.extra,
        )
        if known.company and not has_address(recipient):
            return recipient._replace(**known.company)
        return recipient

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
        """Return ``{id: Known}`` where something matters that is not in the row."""
        # sudo: the contact event may be read when its customer, archived or of another
        # organisation, may not; only the address is completed, and "archived" said
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        added = self._get_added_fields()
        matters = Domain("active", "=", False) | Domain("state_id", "!=", False)
        matters |= Domain("country_id", "in", [*added])
        matters |= Domain("parent_id", "!=", False) & (
            Domain("city", "in", [False, ""]) | Domain("street", "in", [False, ""])
        )
        found = partners.search_fetch(
            Domain("id", "in", [*ids]) & matters,
            ["active", "state_id", "parent_id", "country_id"],
        )
        return {partner.id: self._describe_partner(partner, added) for partner in found}

    @api.model
    def _get_added_fields(self):
        """Return ``{country: fields of its layout that addons have added}``."""
        countries = self.env["res.country"].search_fetch(
            [("address_format", "!=", False)], ["address_format"]
        )
        own = self.env["res.partner"]._fields
        added = {
            country.id: layout_fields(country.address_format) - KNOWN_FIELDS
            for country in countries
        }
        return {
            country: sorted(names & set(own))
            for country, names in added.items()
            if names
        }

    @api.model
    def _describe_partner(self, partner, added):
        """Return the :class:`Known` of a partner that may be read as superuser."""
        names = added.get(partner.country_id.id, ())
        values = partner._prepare_display_address()[1] if names else {}
        return Known(
            partner.active,
            partner.state_id.code or "",
            partner.state_id.name or "",
            tuple((name, str(values.get(name) or "")) for name in names),
            self._get_company_address(partner.parent_id, added)
            if partner.parent_id
            else {},
        )

    @api.model
    def _get_company_address(self, company, added):
        known = self._describe_partner(company, added)
        return {
            **{fname: company[fname] or "" for fname in ADDRESS},
            "state_code": known.state_code,
            "state_name": known.state_name,
            "country": company.country_id.id or 0,
            "extra": known.extra,
        }
