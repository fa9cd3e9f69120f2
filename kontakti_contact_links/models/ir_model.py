from odoo import models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


class IrModel(models.Model):
    """Links go with their model."""

    _inherit = "ir.model"

    def unlink(self):
        """Add for a model made by hand; ``ir.module.module`` sees to the others."""
        if not self.env.context.get(MODULE_UNINSTALL_FLAG):
            # sudo: whoever deletes a model takes its links away
            self.env["kontakti.link"].sudo()._forget_models(self.mapped("model"))
        return super().unlink()
