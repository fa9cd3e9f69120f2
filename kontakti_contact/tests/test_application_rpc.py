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

    def save(self, user, code, values, contact=None, specification=None):
        """Save a document as a client may that asks for no menu and no form."""
        own = (specification or {"id": {}},)
        return self.call(user, "save_document", code, values, *own, contact=contact)

    def count(self, model="sale.order", **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env[model].search_count(domain)

    def test_saving_directly_gives_no_right_to_make_the_document(self):
        """``save_document`` saves by the user's own rights, offered or not."""
        values = {"partner_id": self.customer.id}
        for code in ("quotation", "sale_order"):
            with self.subTest(code=code):
                self.assertRefused(self.save(self.anna, code, values))
        values["move_type"] = "out_invoice"
        self.assertRefused(self.save(self.anna, "invoice", values))
        self.assertFalse(self.count(partner_id=self.customer.id))
        self.assertFalse(self.count("account.move", partner_id=self.customer.id))
        self.assertFalse(self._notes(self.contact))

    def test_saving_directly_on_a_hidden_contact_event_leaves_nothing(self):
        hidden = self._create_contact(personal=True, partner_id=self.customer.id)
        self.assertRefused(
            self.save(self.bertta, "calendar", {"name": "Hidden"}, contact=hidden)
        )
        self.assertFalse(self.count("calendar.event", name="Hidden"))
        self.assertFalse(self._notes(hidden))

    def test_saving_directly_what_is_turned_off_is_what_creating_it_is(self):
        """One whose form was open meanwhile: it is saved, by the user's own rights."""
        self._application("quotation").active = False
        values = {"partner_id": self.customer.id}
        self.assertNotIn("quotation", self._codes(self.seller))
        self.assertRefused(self.save(self.anna, "quotation", values))
        [saved] = self.save(self.seller, "quotation", values)["result"]["records"]
        order = self.env["sale.order"].browse(saved["id"])
        self.assertEqual(order.create_uid, self.seller)
        self.assertEqual(len(self._notes(self.contact, order)), 1)

    def test_saving_directly_reads_no_more_than_the_user_may(self):
        answer = self.save(
            self.anna,
            "calendar",
            {"name": "Visit"},
            specification={"kontakti_contact_id": {"fields": {"till_order_id": {}}}},
        )
        self.assertRefused(answer)
        self.assertFalse(self.count("calendar.event", name="Visit"))

    def test_wrong_arguments_of_saving_are_answered_by_a_sentence(self):
        right = {"code": "calendar", "values": {"name": "Wrong"}, "specification": {}}
        wrong = [("code", code) for code in (None, 5, [], {}, "x", "a\x00b")]
        wrong += [("values", values) for values in (None, 5, "x", [], [{}])]
        wrong += [("specification", found) for found in (None, 5, "x", ["name"])]
        wrong += [("specification", {"name": inner}) for inner in (None, 5, [])]
        wrong += [("specification", {"partner_ids": {"fields": ["name"]}})]
        for name, value in wrong:
            with self.subTest(name=name, value=value):
                args = {**right, name: value}.values()
                answer = self.call(self.anna, "save_document", *args)
                error = answer["error"]["data"]["name"]
                self.assertEqual(error, "odoo.exceptions.UserError", answer)
        self.assertFalse(self.count("calendar.event", name="Wrong"))
