from odoo import api, models


class KontaktiApplication(models.Model):
    """The models of the applications take part in links."""

    _inherit = "kontakti.application"

    @api.model_create_multi
    def create(self, vals_list):
        applications = super().create(vals_list)
        self.env.registry.clear_cache()
        return applications

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
