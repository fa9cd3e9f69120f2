from odoo import SUPERUSER_ID, api, models

CONTACT = "kontakti.contact"


class IrAttachment(models.Model):
    """Files of others' personal contact events have no name (S8)."""

    _inherit = "ir.attachment"

    @api.depends_context("uid")
    def _compute_display_name(self):
        """A many2one shows any file's name, as superuser."""
        super()._compute_display_name()
        if self.env.uid == SUPERUSER_ID:
            return
        # sudo: asks whose they are, and tells only which are hidden
        files = self.sudo().filtered(
            lambda rec: rec.res_model == CONTACT and rec.res_id
        )
        owners = self.env[CONTACT]._get_personal_owners(files.mapped("res_id"))
        for file in self.browse(files._ids):
            # sudo: as above
            if owners.get(file.sudo().res_id, self.env.uid) != self.env.uid:
                file.display_name = False
