from odoo import api, models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ..contact.people import KONTAKTI_USER

USERS = frozenset(["implied_by_ids", "implied_ids", "user_ids"])


class ResGroups(models.Model):
    """Who loses the right to Kontakti by a group is responsible no longer (S14)."""

    _inherit = "res.groups"

    def write(self, vals):
        if USERS.isdisjoint(vals) or not self._implies_kontakti():
            return super().write(vals)
        before = self._find_kontakti_users()
        result = super().write(vals)
        self._release_leavers(before)
        return result

    def unlink(self):
        is_ours = self._implies_kontakti()
        before = is_ours and self._find_kontakti_users()
        result = super().unlink()
        if is_ours and not self.env.context.get(MODULE_UNINSTALL_FLAG):
            self._release_leavers(before)
        return result

    @api.model
    def _release_leavers(self, before):
        """Ask the contact events of those alone who had the right before."""
        leavers = before - self._find_kontakti_users()
        if leavers:
            self.env["kontakti.contact"]._release_responsible(
                [("responsible_id", "in", leavers.ids)]
            )

    @api.model
    def _find_kontakti_users(self):
        """Return the users with the right to Kontakti, archived ones too."""
        # sudo: who they are, whatever the user may read of colleagues
        users = self.env["res.users"].sudo().with_context(active_test=False)
        domain = self.env["kontakti.contact"]._get_users_domain()
        return users.search(domain) if domain else users

    def _implies_kontakti(self):
        """Return whether one of these groups gives the right to Kontakti."""
        groups = self.env["res.groups"]._get_group_definitions()
        return groups.get_id(KONTAKTI_USER) in self.all_implied_ids.ids
