from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import KONTAKTI_USER, NOW
from .common_applications import INVOICING, SALES, ApplicationsCommon

CODES = ("quotation", "sale_order", "invoice", "calendar")
MODELS = ("sale.order", "account.move", "calendar.event")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDocuments(ApplicationsCommon):
    """Server actions: one document a contact event, all or nothing (S15, S17, S19)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"{KONTAKTI_USER},{SALES},{INVOICING}"
        cls.clerk = cls._create_user("clerk", groups)
        cls.other = cls._create_partner("Korhonen Ab")
        cls.second = cls._create_contact(name="Second", partner_id=cls.other.id)
        cls.both_contacts = cls.contact + cls.second

    def run_action(self, code, contacts, user=None):
        """Run the server action as the Action menu does; return its result."""
        name = "calendar_entry" if code == "calendar" else code
        action = self.env.ref(f"kontakti_contact.action_create_{name}")
        action = action.with_user(user or self.clerk).with_context(
            active_model="kontakti.contact",
            active_id=contacts[:1].id,
            active_ids=contacts.ids,
        )
        self._seen_by(user or self.clerk, contacts)
        return action.run()

    def find(self, result):
        """Return the documents that the action's result shows."""
        model = self.env[result["res_model"]]
        if result.get("res_id"):
            return model.browse(result["res_id"])
        return model.search(result["domain"])

    def count(self):
        return {model: self.env[model].search_count([]) for model in MODELS}

    def test_the_actions_are_in_the_menu_of_form_and_list(self):
        bindings = self.env["ir.actions.actions"].with_user(self.clerk)
        actions = bindings.get_bindings("kontakti.contact")["action"]
        shown = {action["name"]: action["binding_view_types"] for action in actions}
        for name in (
            "Create quotation",
            "Create sales order",
            "Create invoice",
            "Create calendar entry",
        ):
            self.assertEqual(set(shown[name].split(",")), {"list", "form"})

    def test_one_contact_gets_one_document_and_its_form_opens(self):
        rows = {
            "quotation": ("sale.order", "partner_id", "draft"),
            "sale_order": ("sale.order", "partner_id", "sale"),
            "invoice": ("account.move", "partner_id", "draft"),
            "calendar": ("calendar.event", "customer_id", None),
        }
        for code, (model, field, state) in rows.items():
            with self.subTest(code=code):
                before = self.count()
                result = self.run_action(code, self.contact)
                self.assertEqual(result["res_model"], model)
                self.assertEqual([view[1] for view in result["views"]], ["form"])
                document = self.find(result)
                self.assertEqual(document[field], self.customer)
                self.assertEqual(self.count(), {**before, model: before[model] + 1})
                self.assertEqual(len(self._notes(self.contact, document)), 1)
                if state:
                    self.assertEqual(document.state, state)

    def test_an_invoice_is_a_customer_invoice(self):
        move = self.find(self.run_action("invoice", self.contact))
        self.assertEqual(move.move_type, "out_invoice")

    def test_many_contacts_get_a_document_each(self):
        for code in CODES:
            with self.subTest(code=code):
                before = sum(self.count().values())
                documents = self.find(self.run_action(code, self.both_contacts))
                self.assertEqual(len(documents), 2)
                self.assertEqual(sum(self.count().values()), before + 2)
                field = "customer_id" if code == "calendar" else "partner_id"
                for contact in self.both_contacts:
                    own = documents.filtered_domain(
                        [(field, "=", contact.partner_id.id)]
                    )
                    self.assertEqual(len(self._notes(contact, own)), 1)

    def test_without_a_registered_customer_nothing_is_created_and_all_are_named(self):
        nameless = self._create_contact(name="Fair visitor")
        contacts = self.contact + self.typed + self.second + nameless
        for code in CODES:
            with self.subTest(code=code):
                before = self.count()
                with self.assertRaises(UserError) as caught:
                    self.run_action(code, contacts)
                message = str(caught.exception)
                self.assertIn("Typed customer", message)
                self.assertIn("Fair visitor", message)
                self.assertNotIn("Spring offer", message)
                self.assertNotIn("Second", message)
                self.assertEqual(self.count(), before)
                self.assertFalse(self._notes(self.contact))

    def test_one_that_fails_takes_all_with_it(self):
        """The second fails: the first's document is undone too."""
        orders = self.env["sale.order"]
        create = type(orders).create

        def fail_for_the_second(records, vals_list):
            made = create(records, vals_list)
            if self.other in made.partner_id:
                message = "Not to Korhonen"
                raise UserError(message)
            return made

        before = self.count()
        self.patch(type(orders), "create", fail_for_the_second)
        with self.assertRaisesRegex(UserError, "Korhonen"), self.cr.savepoint():
            self.run_action("quotation", self.both_contacts)
        self.env.invalidate_all()
        self.assertEqual(self.count(), before)
        self.assertFalse(self._notes(self.contact))

    def test_only_those_with_the_right_run_them(self):
        for code in ("quotation", "sale_order", "invoice"):
            with self.subTest(code=code):
                before = self.count()
                with self.assertRaises(AccessError):
                    self.run_action(code, self.contact, self.anna)
                own = self._seen_by(self.anna, self.contact)
                with self.assertRaises(AccessError), self.cr.savepoint():
                    own.action_create_documents(code)
                self.assertEqual(self.count(), before)

    def test_a_kontakti_user_makes_calendar_entries(self):
        event = self.find(self.run_action("calendar", self.contact, self.anna))
        self.assertEqual(event.user_id, self.anna)
        self.assertEqual(event.show_as, "free")
        self.assertEqual(event.sudo().kontakti_contact_id, self.contact)

    def test_others_personal_contacts_are_refused(self):
        personal = self._create_contact(personal=True, partner_id=self.customer.id)
        before = self.count()
        for code in CODES:
            with self.subTest(code=code), self.assertRaises(AccessError):
                self.run_action(code, self.second + personal)
        self.assertEqual(self.count(), before)

    def test_documents_are_made_in_the_contacts_organisation(self):
        self.clerk.company_ids += self.other_company
        contact = self._create_contact(
            self.env.user, partner_id=self.other.id, company_id=self.other_company.id
        )
        contacts = self._seen_by(self.clerk, contact).with_context(
            allowed_company_ids=[self.company.id, self.other_company.id]
        )
        order = self.find(contacts.action_create_documents("quotation"))
        self.assertEqual(order.company_id, self.other_company)

    def test_an_unknown_code_is_said_clearly(self):
        own = self._seen_by(self.clerk, self.contact)
        with self.assertRaises(UserError):
            own.action_create_documents("no_such_document")

    def test_an_automation_may_run_them(self):
        """Without a user's browser: run by the superuser for a record."""
        order = self.find(self.run_action("sale_order", self.contact, self.env.user))
        self.assertEqual(order.state, "sale")
        self.assertEqual(len(self._notes(self.contact, order)), 1)

    def test_defaults_of_the_list_do_not_reach_the_documents(self):
        """The list's own context, for example a favourite's."""
        contacts = self._seen_by(self.clerk, self.contact).with_context(
            default_name="Mine", default_user_id=self.bertta.id, default_state="open"
        )
        order = self.find(contacts.action_create_documents("quotation"))
        by_hand = self.env["sale.order"].with_user(self.clerk)
        by_hand = by_hand.create({"partner_id": self.customer.id})
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.user_id, by_hand.user_id)
        event = self.find(contacts.action_create_documents("calendar"))
        self.assertEqual(event.user_id, self.clerk)
