from odoo import api, models
from odoo.tools import SQL


class KontaktiContact(models.Model):
    """Address labels for contact events (S4)."""

    _name = "kontakti.contact"
    _inherit = ["kontakti.contact", "kontakti.label.source.mixin"]

    _label_order = "date desc, id desc"
    _label_fields = {
        "id": "id",
        "active": "active",
        "customer": "customer_key",
        "name": "customer_name",
        "person": "contact_person",
        "street": "street",
        "street2": "street2",
        "zip": "zip",
        "city": "city",
        "country": "country_id",
        "email": "email",
        "partner": "partner_id",
    }

    @api.model
    def _get_label_sql(self, fname, query):
        """Name the company that the customer is at now: the address is of there."""
        sql = super()._get_label_sql(fname, query)
        if fname not in ("customer_key", "customer_name"):
            return sql
        now = {
            "customer_key": SQL("'#' || %s", self._join_company(query, "id")),
            "customer_name": self._join_company(query, "name"),
        }
        return SQL("COALESCE(%s, %s)", now[fname], sql)

    @api.model
    def _join_company(self, query, fname):
        """Return the SQL of ``fname`` of the customer's company in the register."""
        partners = self.env["res.partner"]
        alias = self._table
        for name in ("partner_id", "commercial_partner_id"):
            alias = query.left_join(alias, name, partners._table, "id", name)
        return partners._field_to_sql(alias, fname, query)

    def action_print_labels(self):
        """Open the label printing for these contact events.

        :return: the window action of a ``kontakti.label.print``
        :raise AccessError: when one of them may not be read
        """
        self.check_access("read")
        return self.env["kontakti.label.print"]._open(contact_ids=self.ids)
