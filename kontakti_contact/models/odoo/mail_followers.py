from odoo import api, models
from odoo.exceptions import AccessError

CONTACT = "kontakti.contact"


class MailFollowers(models.Model):
    """Nobody follows a personal contact event: every employee reads this table (S8)."""

    _inherit = "mail.followers"

    @api.constrains("res_model", "res_id", "partner_id")
    def _check_kontakti_personal(self):
        """Refuse what an administrator adds by hand; our own code adds none.

        Odoo lets who creates a document follow it at once: that row is removed.
        """
        followed = self.filtered(lambda rec: rec.res_model == CONTACT)
        owners = self.env[CONTACT]._get_personal_owners(followed.mapped("res_id"))
        for follower in followed:
            owner = self.env["res.users"].browse(owners.get(follower.res_id))
            if owner and follower.partner_id != owner.partner_id:
                raise AccessError(
                    self.env._("A personal contact event has no followers.")
                )
