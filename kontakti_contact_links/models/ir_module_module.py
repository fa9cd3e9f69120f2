from odoo import models


class IrModuleModule(models.Model):
    """Links go with the addon of a linked record."""

    _inherit = "ir.module.module"

    def module_uninstall(self):
        """Add: first, while chatters can still be written to, the links of what goes."""
        # sudo: whoever uninstalls an addon takes the links of its records away
        links = self.env["kontakti.link"].sudo()
        if links._original_module not in self.mapped("name"):
            links._forget_models(self._get_own_models())
        return super().module_uninstall()

    def _get_own_models(self):
        """Return the names of the models that no other module has."""
        modules = self.mapped("name")
        # sudo: as above
        env = self.sudo().env
        of_models = env["ir.model.data"].search([("model", "=", "ir.model")])
        own = of_models.filtered(lambda data: data.module in modules)
        kept = set((of_models - own).mapped("res_id"))
        gone = {data.res_id for data in own} - kept
        return env["ir.model"].browse(gone).mapped("model")
