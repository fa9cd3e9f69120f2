from odoo import models


class KontaktiContact(models.Model):
    """Address labels for contact events (S4)."""

    _name = "kontakti.contact"
    _inherit = ["kontakti.contact", "kontakti.label.source.mixin"]

    _label_order = "date desc, id desc"
    _label_fields = (
        "id",
        "customer_key",
        "customer_name",
        "contact_person",
        "street",
        "street2",
        "zip",
        "city",
        "country_id",
        "email",
        "partner_id",
    )

    def action_print_labels(self):
        """Open the label printing for these contact events.

        :return: the window action of a ``kontakti.label.print``
        :raise AccessError: when one of them may not be read
        """
        self.check_access("read")
        return self.env["kontakti.label.print"]._open(contact_ids=self.ids)
