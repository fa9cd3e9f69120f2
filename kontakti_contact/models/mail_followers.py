from odoo import api, models
from odoo.exceptions import AccessError

CONTACT = "kontakti.contact"


class MailFollowers(models.Model):
    """Nobody follows a personal contact event: every employee reads this table (S8)."""

    _inherit = "mail.followers"

    @api.constrains("res_model", "res_id")
    def _check_kontakti_personal(self):
        """Refuse what an administrator adds by hand; our own code adds none."""
        if self.env.su:
            return
        followed = self.filtered(lambda rec: rec.res_model == CONTACT)
        if self.env[CONTACT]._get_personal_owners(followed.mapped("res_id")):
            raise AccessError(self.env._("A personal contact event has no followers."))
