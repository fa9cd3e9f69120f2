from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_links import CONTACT, LINK, LinksCommon


@tagged("post_install", "-at_install")
class TestLinkModels(LinksCommon):
    """Which models have the Links menu (S18): no glue addon for any of them."""

    def models(self):
        return self.env[LINK]._get_models()

    def configure(self, **vals):
        return self.env["kontakti.link.model"].with_user(self.manager).create(vals)

    def test_contact_events_customers_and_installed_applications_take_part(self):
        models = self.models()
        self.assertEqual(models[:2], (CONTACT, "res.partner"))
        for model in ("account.move", "sale.order", "calendar.event"):
            self.assertIn(model, models)
        self.assertEqual([name for name in models if name not in self.env], [])

    def test_dialogs_mixins_reports_and_technical_models_never_take_part(self):
        never = (
            "mail.compose.message",
            "mail.thread",
            "sale.report",
            "ir.model",
            "ir.attachment",
            "base.module.upgrade",
            "no.such.model",
            LINK,
        )
        for model in never:
            record = self.configure(res_model=model)
            self.assertFalse(record.takes_part, model)
            self.assertNotIn(model, self.models())

    def test_an_inactive_application_takes_its_model_out(self):
        applications = self._application("invoice") + self._application("vendor_bill")
        self.assertIn("account.move", self.models())
        applications[0].active = False
        self.assertIn("account.move", self.models())
        applications.active = False
        self.assertNotIn("account.move", self.models())
        applications.active = True
        self.assertIn("account.move", self.models())

    def test_an_application_of_the_other_target_brings_that_model(self):
        """The second model, used when the first one is not installed."""
        self.env["kontakti.application"].create(
            {
                "name": "Countries",
                "code": "countries",
                "res_model": "no.such.model",
                "fallback_res_model": "res.country",
            }
        )
        self.assertIn("res.country", self.models())

    def test_one_record_lets_a_model_take_part_and_takes_it_out(self):
        self.assertNotIn("product.template", self.models())
        record = self.configure(res_model="product.template", name="Product")
        self.assertTrue(record.takes_part)
        self.assertIn("product.template", self.models())
        record.active = False
        self.assertFalse(record.takes_part)
        self.assertNotIn("product.template", self.models())
        record.active = True
        record.unlink()
        self.assertNotIn("product.template", self.models())

    def test_an_inactive_record_takes_out_what_would_take_part(self):
        self.configure(res_model="sale.order", active=False)
        self.assertNotIn("sale.order", self.models())

    def test_a_class_attribute_lets_a_model_take_part(self):
        product = self.registry["product.template"]
        self.assertFalse(product._kontakti_links)
        self.patch(product, "_kontakti_links", True)
        self.registry.clear_cache()
        self.addCleanup(self.registry.clear_cache)
        self.assertIn("product.template", self.models())

    def test_a_model_is_configured_once(self):
        self.configure(res_model="product.template")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.configure(res_model="product.template")

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_managers_configure_and_nobody_else(self):
        for user in (self.anna, self.employee, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["kontakti.link.model"].with_user(user).create(
                    {"res_model": "product.template"}
                )
        menu = self.env.ref("kontakti_contact_links.kontakti_link_model_menu")
        for user, sees in ((self.manager, True), (self.anna, False)):
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            self.assertEqual(menu.id in menus, sees)

    def test_what_an_addon_took_out_keeps_its_links(self):
        order = self._create_order()
        self._link(self.contact, order)
        self.configure(res_model="sale.order", active=False)
        self.assertEqual(self._linked(self.seller, self.contact), [self._end(order)])


@tagged("post_install", "-at_install")
class TestLinkSession(LinksCommon, HttpCase):
    """The web client knows from its session which forms have the menu."""

    def session_models(self, user):
        user.password = "a long password"
        self.authenticate(user.login, "a long password")
        info = self.make_jsonrpc_request("/web/session/get_session_info")
        return info["kontakti_link_models"]

    def test_the_session_names_the_models_the_user_may_read(self):
        models = self.session_models(self.seller)
        self.assertIn(CONTACT, models)
        self.assertIn("sale.order", models)
        self.assertNotIn("sale.order", self.session_models(self.anna))

    def test_without_a_right_to_kontakti_there_is_no_menu(self):
        self.assertEqual(self.session_models(self.employee), [])
