from odoo import api, models


class ResPartner(models.Model):
    """Address labels for customers of the register (S4)."""

    _name = "res.partner"
    _inherit = ["res.partner", "kontakti.label.source.mixin"]

    _label_order = "complete_name, id desc"
    _label_fields = {
        "id": "id",
        "active": "active",
        "customer": "commercial_partner_id",
        "name": "commercial_company_name",
        "person": "name",
        "street": "street",
        "street2": "street2",
        "zip": "zip",
        "city": "city",
        "country": "country_id",
        "email": "email",
        "partner": "id",
    }

    @api.model
    def _make_label_recipient(self, row, opted_out, partner):
        """A private person has no company's name above the own one."""
        if not row["name"]:
            row = {**row, "name": row["person"], "person": None}
        return super()._make_label_recipient(row, opted_out, partner)

    def action_print_kontakti_labels(self):
        """Open the label printing for these customers.

        :return: the window action of a ``kontakti.label.print``
        :raise AccessError: when one of them may not be read
        """
        self.check_access("read")
        return self.env["kontakti.label.print"]._open(partner_ids=self.ids)
