from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..odoo.res_partner_silence import INTERVAL

SILENT = "silent"


class KontaktiContact(models.Model):
    """What a user sees of the task list: not what he hides, and whom we have forgotten."""

    _inherit = "kontakti.contact"

    @api.model
    def _get_shown_sections(self):
        """Return the sections of contact events that the user does not hide."""
        hidden = self.env.user._get_hidden_kontakti_sections()
        return [
            section
            for section in self._get_task_list_sections()
            if section["key"] not in hidden
        ]

    @api.model
    def _get_silent_sections(self):
        """Return the section of the silent, counted; none when nobody has an interval."""
        partners = self.env["res.partner"]
        is_seen = partners.has_access("read") and partners._has_field_access(
            partners._fields[INTERVAL], "read"
        )
        if not is_seen or SILENT in self.env.user._get_hidden_kontakti_sections():
            return []
        domain = Domain("kontakti_silent", "=", True)
        kept, silent = self._count_silent(partners, domain)
        if not kept:
            return []
        group = {
            "key": "all",
            "name": self.env._("All"),
            "help": "",
            "model": partners._name,
            "domain": list(domain),
            "contacts": 0,
            "customers": silent,
        }
        return [{"key": SILENT, "name": self.env._("Gone silent"), "groups": [group]}]

    @api.model
    def _count_silent(self, partners, domain):
        """Return how many customers have an interval, and of how many ``domain`` holds."""
        query = partners._search([(INTERVAL, ">", 0)])
        condition = domain.optimize_full(partners)._to_sql(
            partners, partners._table, query
        )
        [counts] = self.env.execute_query(
            query.select(SQL("count(*)"), SQL("count(*) FILTER (WHERE %s)", condition))
        )
        return counts
