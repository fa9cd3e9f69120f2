from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Links follow merged partners, and whatever else is merged in this way."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_reference_fields_generic(
        self, referenced_model, src_records, dst_record, additional_update_records=None
    ):
        # sudo: all links move, as all other references do
        self.env["kontakti.link"].sudo()._move(src_records, dst_record)
        return super()._update_reference_fields_generic(
            referenced_model, src_records, dst_record, additional_update_records
        )
