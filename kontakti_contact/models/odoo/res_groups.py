from odoo import models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ..contact.people import KONTAKTI_USER

USERS = frozenset(["implied_by_ids", "implied_ids", "user_ids"])


class ResGroups(models.Model):
    """Who loses the right to Kontakti by a group is responsible no longer (S14)."""

    _inherit = "res.groups"

    def write(self, vals):
        is_ours = not USERS.isdisjoint(vals) and self._implies_kontakti()
        result = super().write(vals)
        if is_ours:
            self.env["kontakti.contact"]._release_responsible([])
        return result

    def unlink(self):
        is_ours = self._implies_kontakti()
        result = super().unlink()
        if is_ours and not self.env.context.get(MODULE_UNINSTALL_FLAG):
            self.env["kontakti.contact"]._release_responsible([])
        return result

    def _implies_kontakti(self):
        """Return whether one of these groups gives the right to Kontakti."""
        groups = self.env["res.groups"]._get_group_definitions()
        return groups.get_id(KONTAKTI_USER) in self.all_implied_ids.ids
