from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

CONTACT, ORDER = "kontakti.contact", "sale.order"
STATES = {"quotation": ("draft", "sent"), "order": ("sale",)}


class KontaktiContact(models.Model):
    """What contact events led to, for the analysis: quotations and orders by links."""

    _inherit = "kontakti.contact"

    @api.model
    def _get_document_figures(self, domain, company):
        """Add: contact events that led to a quotation or an order, and its value."""
        figures = super()._get_document_figures(domain, company)
        if ORDER not in self.env or not self.env[ORDER].has_access("read"):
            return figures
        pairs = self._find_linked_orders(domain)
        names = {
            "quotation": (self.env._("Led to a quotation"), self.env._("Quotations")),
            "order": (self.env._("Led to an order"), self.env._("Orders")),
        }
        for key, states in STATES.items():
            figures += self._get_order_figures(key, names[key], pairs, states, company)
        return figures

    @api.model
    def _find_linked_orders(self, domain):
        """Return ``[(id of a contact event, id of an order)]`` that the user may read."""
        contacts = self._search(domain)
        orders = self.env[ORDER]._search([])
        self.env["kontakti.link"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT contact, document FROM (
                    SELECT source_id AS contact, target_id AS document
                      FROM kontakti_link
                     WHERE source_model = %(contact)s AND target_model = %(order)s
                 UNION
                    SELECT target_id, source_id FROM kontakti_link
                     WHERE target_model = %(contact)s AND source_model = %(order)s
                ) AS pairs
                 WHERE contact IN %(contacts)s AND document IN %(orders)s""",
                contact=CONTACT,
                order=ORDER,
                contacts=contacts.subselect(),
                orders=orders.subselect(),
            )
        )

    @api.model
    def _get_order_figures(self, key, names, pairs, states, company):
        orders = self.env[ORDER].browse({order_id for _contact, order_id in pairs})
        orders = orders.filtered(lambda order: order.state in states)
        events = sorted({one for one, order_id in pairs if order_id in orders._ids})
        value = sum(
            order.currency_id._convert(
                *(order.amount_untaxed, company.currency_id, order.company_id),
                order.date_order,
            )
            for order in orders
        )
        return [
            self._make_figure(
                *(f"led_to_{key}", names[0], "count", len(events), False),
                Domain("id", "in", events),
            ),
            self._make_figure(
                *(f"value_{key}", names[1], "money", value, False),
                Domain("id", "in", sorted(orders._ids)),
                model=ORDER,
            ),
        ]
