from odoo import api, models


class ResPartner(models.Model):
    """Address labels for customers of the register (S4)."""

    _name = "res.partner"
    _inherit = ["res.partner", "kontakti.label.source.mixin"]

    _label_order = "complete_name, id desc"
    _label_fields = (
        "id",
        "active",
        "commercial_partner_id",
        "commercial_company_name",
        "name",
        "street",
        "street2",
        "zip",
        "city",
        "country_id",
        "email",
        "id",
    )

    @api.model
    def _make_label_recipient(self, row, opted_out, partner):
        """A private person has no company's name above the own one."""
        number, is_active, customer, company, name, *rest = row
        names = (company, name) if company else (name, None)
        return super()._make_label_recipient(
            (number, is_active, customer, *names, *rest), opted_out, partner
        )

    def action_print_kontakti_labels(self):
        """Open the label printing for these customers.

        :return: the window action of a ``kontakti.label.print``
        :raise AccessError: when one of them may not be read
        """
        self.check_access("read")
        return self.env["kontakti.label.print"]._open(partner_ids=self.ids)
