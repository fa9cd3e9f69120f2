from odoo import fields
from odoo.tests import freeze_time, tagged

from odoo.addons.kontakti_contact.tests.common import KONTAKTI_USER, NOW

from .common_links import LinksCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestLinkAnalysis(LinksCommon):
    """What contact events led to, by their links, in the analysis."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_others_contacts_aside()
        product = cls.env["product.product"].create(
            {"name": "Work", "taxes_id": [fields.Command.clear()]}
        )
        line = {"product_id": product.id, "product_uom_qty": 2, "price_unit": 50}
        cls.orders = [
            cls._create_order(
                order_line=[fields.Command.create({**line, "tax_ids": False})]
            )
            for _number in range(3)
        ]
        cls.orders[2].sudo().action_confirm()
        cls.event = cls._create_contact(cls.seller, partner_id=cls.customer.id)
        cls._link(cls.event, cls.orders[0] | cls.orders[2])
        # linked the other way round
        cls.second = cls._create_contact(cls.seller, partner_id=cls.customer.id)
        cls._link(cls.orders[0], cls.second)
        old = cls._create_contact(cls.seller, date="2026-09-01")
        cls._link(old, cls.orders[1])

    def _get_figures(self, user):
        figures = self._contacts(user).get_analysis()["figures"]
        return {figure["key"]: figure for figure in figures}

    def test_contact_events_that_led_to_a_document_are_counted_once_with_its_value(
        self,
    ):
        figures = self._get_figures(self.seller)
        expected = {
            "led_to_quotation": 2,
            "value_quotation": 100,
            "led_to_order": 1,
            "value_order": 100,
        }
        self.assertEqual({key: figures[key]["value"] for key in expected}, expected)

    def test_each_figure_equals_its_drill_down(self):
        figures = self._get_figures(self.seller)
        for key in ("quotation", "order"):
            events, orders = figures[f"led_to_{key}"], figures[f"value_{key}"]
            found = self._contacts(self.seller).search(events["domain"])
            self.assertEqual(len(found), events["value"])
            model = found.env[orders["model"]]
            total = sum(model.search(orders["domain"]).mapped("amount_untaxed"))
            self.assertEqual(total, orders["value"])

    def test_who_may_not_see_the_documents_sees_no_figure_of_them(self):
        self.assertNotIn("led_to_order", self._get_figures(self.anna))
        # sells, and sees the own documents alone
        colleague = self._create_user(
            "colleague", f"{KONTAKTI_USER},sales_team.group_sale_salesman"
        )
        figures = self._get_figures(colleague)
        self.assertEqual(figures["led_to_quotation"]["value"], 0)
        self.assertEqual(figures["value_order"]["value"], 0)
