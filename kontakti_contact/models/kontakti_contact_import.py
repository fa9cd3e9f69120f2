from odoo import api, models

from ..tools import checked
from .ir_fields_converter import KNOWN_NAMES, KnownNames

CUSTOMER = "partner_id"


class KontaktiContact(models.Model):
    """Contact events from a file: names are looked up together."""

    _inherit = "kontakti.contact"

    @api.model
    def load(self, fields, data):
        """Import rows as Odoo does; see ``ir.fields.converter`` for what is faster."""
        known = self._find_named_customers(fields, data)
        model = self.with_context(**{KNOWN_NAMES: KnownNames(known)})
        return super(KontaktiContact, model).load(fields, data)

    @api.model
    def _find_named_customers(self, fields, data):
        """Return the customers that the rows name, ``{("res.partner", name): id}``.

        A name that several have, or none, is left out: Odoo says what is wrong with it.
        """
        partners = self.env["res.partner"]
        names = self._get_column(fields, data, CUSTOMER)
        if not names or not self._are_names_of_fields(partners):
            return {}
        found = partners.search_fetch(
            [("display_name", "in", sorted(names))], partners._rec_names_search
        )
        ids = {}
        for partner in found:
            by = names.intersection(partner[f] for f in partners._rec_names_search)
            if not by:  # found by a rule that we do not know
                return {}
            for name in by:
                ids.setdefault(name, []).append(partner.id)
        return {(partners._name, n): one for n, (one, *more) in ids.items() if not more}

    @api.model
    def _are_names_of_fields(self, partners):
        """Return whether a name is sought as Odoo does, without an addon's own way."""
        is_odoo_s = type(partners).name_search is models.BaseModel.name_search
        return is_odoo_s and partners._fields.keys() >= set(partners._rec_names_search)

    @api.model
    def _get_column(self, fields, data, fname):
        """Return the texts in a column of the rows that are imported now.

        What is no table of texts is Odoo's to refuse.
        """
        if not isinstance(fields, list) or fname not in fields:
            return set()
        place, limit = fields.index(fname), self.env.context.get("_import_limit")
        rows = (
            data[: limit if checked.is_id(limit) else None]
            if isinstance(data, list)
            else []
        )
        rows = (row for row in rows if isinstance(row, list | tuple))
        cells = (row[place] for row in rows if len(row) > place)
        texts = (cell for cell in cells if isinstance(cell, str))
        return {text for text in texts if text and checked.is_storable(text)}
