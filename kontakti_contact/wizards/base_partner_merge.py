from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Contact events follow a merged customer, and are counted as the one it became."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        result = super()._update_foreign_keys(src_partners, dst_partner)
        # sudo: others' personal contact events follow too; the merge itself moves
        # partner_id past the ORM, so what is computed from it has to be told
        contacts = self.env["kontakti.contact"].sudo()
        moved = contacts.search(
            [
                "|",
                ("partner_id", "=", dst_partner.id),
                ("commercial_partner_id", "=", dst_partner.id),
            ]
        )
        moved.modified(["partner_id"])
        return result
