from odoo import models


class ResCompany(models.Model):
    """Who leaves a company is responsible there no longer (S14)."""

    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        if "user_ids" in vals:
            contacts = self.env["kontakti.contact"]
            contacts._release_responsible([("company_id", "in", self.ids)])
        return result
