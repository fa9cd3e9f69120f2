from odoo import models


class IrHttp(models.AbstractModel):
    """Tells the web client which forms have the Links menu."""

    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        info["kontakti_link_models"] = self.env["kontakti.link"]._get_user_models()
        return info
