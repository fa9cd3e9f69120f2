from odoo import models


class Base(models.AbstractModel):
    """Every model may take part in links."""

    _inherit = "base"

    # True in the class of a model: it has the Links menu, and can be added in it.
    _kontakti_links = False
