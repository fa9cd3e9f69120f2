from odoo import api, models
from odoo.tools import is_html_empty

from .texts import TEXTS


class KontaktiContact(models.Model):
    """A purpose brings its questions and checklist, where nothing is written yet (S1)."""

    _inherit = "kontakti.contact"

    @api.onchange("purpose_id")
    def _onchange_purpose_texts(self):
        for name in TEXTS:
            template = self.purpose_id[f"{name}_template"]
            if is_html_empty(self[name]) and not is_html_empty(template):
                self[name] = template
