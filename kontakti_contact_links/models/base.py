from odoo import api, models


class Base(models.AbstractModel):
    """Any record may be linked: what is deleted loses its links."""

    _inherit = "base"

    # True in the class of a model: it has the Links menu, and can be added in it.
    _kontakti_links = False

    @api.ondelete(at_uninstall=True)
    def _unlink_with_kontakti_links(self):
        """Take the links along; of a model that has none this asks the database nothing."""
        self.env["kontakti.link"]._forget(self)
