from odoo import models


class IrModuleModule(models.Model):
    """Links go with the addon of a linked record, and with ours."""

    _inherit = "ir.module.module"

    def module_uninstall(self):
        """Add: first, while all is still there, the links of what goes away."""
        # sudo: whoever uninstalls an addon takes the links of its records away
        links = self.env["kontakti.link"].sudo()
        if links._original_module in self.mapped("name"):
            # nothing deleted from here on shall look for links
            links.search([("id", "!=", False)]).unlink()
            self.env.registry.clear_cache()
        else:
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
