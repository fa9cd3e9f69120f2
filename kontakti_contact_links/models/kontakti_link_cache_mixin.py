from odoo import api, models


class KontaktiLinkCacheMixin(models.AbstractModel):
    """A model whose records say what takes part in links: that is kept in memory."""

    _name = "kontakti.link.cache.mixin"
    _description = "What Takes Part in Links"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
