from odoo.tests import HttpCase, tagged

from .common_applications import ApplicationsCommon


@tagged("post_install", "-at_install")
class TestApplicationRpc(HttpCase, ApplicationsCommon):
    """The menu is only a way to ask: the server decides (S16)."""

    def call(self, user, method, *args, contact=None):
        """Call a method of the contact as ``user`` over RPC; return the answer."""
        self.authenticate(user.login, user.login)
        route = f"/web/dataset/call_kw/kontakti.contact/{method}"
        params = {
            "model": "kontakti.contact",
            "method": method,
            "args": [(contact or self.contact).ids, *args],
            "kwargs": {},
        }
        return self.url_open(route, json={"params": params}).json()

    def assertRefused(self, answer):
        self.assertEqual(
            answer["error"]["data"]["name"], "odoo.exceptions.AccessError", answer
        )

    def test_what_the_menu_does_not_show_is_refused(self):
        for code in ("quotation", "sale_order", "invoice", "vendor_bill", "pos"):
            with self.subTest(code=code):
                self.assertRefused(self.call(self.anna, "open_application", code))

    def test_what_the_menu_shows_opens(self):
        answer = self.call(self.seller, "open_application", "quotation")
        self.assertEqual(answer["result"]["res_model"], "sale.order")
        answer = self.call(self.anna, "open_application", "calendar", "entry")
        self.assertEqual(answer["result"]["res_model"], "calendar.event")

    def test_the_menu_is_read_over_rpc(self):
        shown = self.call(self.anna, "get_applications")["result"]
        self.assertIn("calendar", [application["code"] for application in shown])
        self.assertNotIn("quotation", [application["code"] for application in shown])

    def test_others_personal_contacts_are_refused(self):
        contact = self._create_contact(personal=True, partner_id=self.customer.id)
        for args in (("get_applications",), ("open_application", "message")):
            self.assertRefused(self.call(self.bertta, *args, contact=contact))

    def test_documents_are_refused_without_the_right(self):
        """S15: the server action's method, called directly."""
        for code in ("quotation", "sale_order", "invoice"):
            with self.subTest(code=code):
                answer = self.call(self.anna, "action_create_documents", code)
                self.assertRefused(answer)
        self.assertFalse(
            self.env["sale.order"].search([("partner_id", "=", self.customer.id)])
        )

    def test_what_registers_documents_is_not_callable(self):
        for method in ("_register_document", "_register_saved", "_finish_saved"):
            self.assertRefused(self.call(self.anna, method, {}, []))
