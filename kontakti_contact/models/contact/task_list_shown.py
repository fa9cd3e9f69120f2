from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..odoo.res_partner_silence import INTERVAL

SILENT = "silent"


class KontaktiContact(models.Model):
    """What a user sees of the task list: not what he hides, and whom we have forgotten."""

    _inherit = "kontakti.contact"

    @api.model
    def _get_all_sections(self):
        """Return the sections of contact events, and of those we have forgotten."""
        return [*self._get_task_list_sections(), *self._get_silent_sections()]

    @api.model
    def _get_shown_sections(self):
        """Return the sections that the user does not hide."""
        hidden = self.env.user._get_hidden_kontakti_sections()
        return [
            section
            for section in self._get_all_sections()
            if section["key"] not in hidden
        ]

    @api.model
    def _fill_sections(self, sections):
        """Count sections; return those there are, and today, as ``get_task_list`` does."""
        numbers = self._count_task_list(sections)
        counted = [pair for pair in zip(sections, numbers, strict=True) if pair[1]]
        for section, counts in counted:
            for group, count in zip(section["groups"], counts, strict=True):
                group["contacts"], group["customers"] = count
                group["domain"] = list(group["domain"])
            del section["domain"]
        today = self.env.user._get_kontakti_today()
        shown = [section for section, _counts in counted]
        return {"today": fields.Date.to_string(today), "sections": shown}

    @api.model
    def _get_silent_sections(self):
        """Return the section of the silent, if the user sees customers' intervals."""
        partners = self.env["res.partner"]
        is_seen = partners.has_access("read") and partners._has_field_access(
            partners._fields[INTERVAL], "read"
        )
        if not is_seen:
            return []
        name = self.env._("Gone silent")
        domain = Domain("kontakti_silent", "=", True)
        group = {
            "key": "all",
            "name": self.env._("All"),
            "help": "",
            "model": partners._name,
            "domain": domain,
        }
        return [{"key": SILENT, "name": name, "domain": domain, "groups": [group]}]

    @api.model
    def _get_section_sql(self, place, section):
        """Count the silent, of the customers with an interval; no row when none has one."""
        if section["key"] != SILENT:
            return super()._get_section_sql(place, section)
        partners = self.env["res.partner"]
        query = partners._search([(INTERVAL, ">", 0)])
        is_silent = (
            section["domain"]
            .optimize_full(partners)
            ._to_sql(partners, partners._table, query)
        )
        counted = query.select(
            SQL("%s AS place", place),
            SQL("ARRAY[0]"),
            SQL("ARRAY[count(*) FILTER (WHERE %s)]", is_silent),
        )
        return SQL("%s HAVING count(*) > 0", counted)
