from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW
from .common_applications import ApplicationForm, ApplicationsCommon

# Differ between any two documents.
VOLATILE = {
    *("id", "name", "access_token", "create_date", "write_date", "create_uid"),
    *("write_uid", "date_order", "message_main_attachment_id", "sequence_number"),
    *(
        "order_line",
        "invoice_line_ids",
        "line_ids",
        "needed_terms_dirty",
        "stock_reference_ids",
        "made_sequence_gap",
    ),
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class ValuesCommon(ApplicationsCommon):
    """A customer with everything that Odoo's forms take from a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currency = cls.env.ref("base.CHF")
        cls.currency.active = True
        cls.pricelist = cls.env["product.pricelist"].create(
            {"name": "Swiss", "currency_id": cls.currency.id}
        )
        cls.position = cls.env["account.fiscal.position"].create({"name": "Abroad"})
        cls.term = cls.env["account.payment.term"].create({"name": "In 33 days"})
        cls.receivable = cls.env["account.account"].create(
            {
                "name": "Foreign customers",
                "code": "KON1700",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        cls.person = cls.env["res.partner"].create(
            {"name": "Kaisa", "parent_id": cls.customer.id, "type": "contact"}
        )
        cls.bills_to, cls.ships_to = cls.env["res.partner"].create(
            [
                {"name": "Bills", "parent_id": cls.customer.id, "type": "invoice"},
                {"name": "Dock", "parent_id": cls.customer.id, "type": "delivery"},
            ]
        )
        cls.customer.write(
            {
                "property_product_pricelist": cls.pricelist.id,
                "property_payment_term_id": cls.term.id,
                "property_account_position_id": cls.position.id,
                "property_account_receivable_id": cls.receivable.id,
                "ref": "K-1",
                "user_id": cls.seller.id,
            }
        )
        cls.product = cls.env["product.product"].create(
            {"name": "Axe", "list_price": 9}
        )

    def _save_form(self, user, action, lines=0):
        """Fill the form that ``action`` opens and save it as it came, or with lines."""
        form = ApplicationForm.from_action(self.env(user=user), action)
        for _number in range(lines):
            with form.order_line.new() as line:
                line.product_id = self.product
        return form.save()

    def _make_line(self, **vals):
        return {"product_id": self.product.id, "product_uom_qty": 1, **vals}

    def _make_by_hand(self, user, model, **context):
        """Return the document ``user`` makes in Odoo's own form for the customer."""
        self._seen_by(user, self.customer)
        form = Form(self.env[model].with_user(user).with_context(**context))
        form.partner_id = self.customer
        return form.save()

    def assertSameValues(self, document, by_hand, ignore=()):
        self.assertNotEqual(document, by_hand)
        document, by_hand = document.sudo(), by_hand.sudo()
        for name, field in document._fields.items():
            if not field.store or name in VOLATILE or name in ignore:
                continue
            if field.type == "one2many" or field.comodel_name == "mail.message":
                continue
            self.assertEqual(document[name], by_hand[name], name)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestValues(ValuesCommon):
    """The customer's data comes out as Odoo's own form computes it (S17, S19)."""

    def test_a_quotation_equals_the_one_made_by_hand(self):
        """T4."""
        order = self._save_form(self.seller, self._open(self.seller, "quotation"))
        self.assertSameValues(order, self._make_by_hand(self.seller, "sale.order"))
        self.assertEqual(order.state, "draft")
        self.assertOrderHasCustomersData(order)

    def test_a_sales_order_equals_the_one_made_by_hand_and_confirmed(self):
        """T5."""
        order = self._save_form(self.seller, self._open(self.seller, "sale_order"), 1)
        by_hand = self._make_by_hand(self.seller, "sale.order")
        by_hand.order_line = [Command.create(self._make_line())]
        by_hand.action_confirm()
        self.assertSameValues(order, by_hand)
        self.assertEqual(order.state, "sale")
        self.assertOrderHasCustomersData(order)

    def assertOrderHasCustomersData(self, order):
        self.assertEqual(order.partner_id, self.customer)
        self.assertEqual(order.partner_invoice_id, self.bills_to)
        self.assertEqual(order.partner_shipping_id, self.ships_to)
        self.assertEqual(order.pricelist_id, self.pricelist)
        self.assertEqual(order.currency_id, self.currency)
        self.assertEqual(order.payment_term_id, self.term)
        self.assertEqual(order.fiscal_position_id, self.position)
        self.assertEqual(order.user_id, self.seller)

    def test_an_invoice_equals_the_one_made_by_hand(self):
        """T1, S17."""
        move = self._save_form(self.biller, self._open(self.biller, "invoice"))
        by_hand = self._make_by_hand(
            self.biller, "account.move", default_move_type="out_invoice"
        )
        self.assertSameValues(move, by_hand)
        self.assertEqual(move.state, "draft")
        self.assertEqual(move.move_type, "out_invoice")
        self.assertEqual(move.partner_id, self.customer)
        self.assertEqual(move.partner_shipping_id, self.ships_to)
        self.assertEqual(move.invoice_payment_term_id, self.term)
        self.assertEqual(move.fiscal_position_id, self.position)
        self.assertEqual(move.journal_id.type, "sale")
        self.assertEqual(move.company_id, self.company)

    def test_the_person_chosen_on_the_contact_is_the_documents_customer(self):
        contact = self._create_contact(partner_id=self.person.id)
        action = self._open(self.seller, "quotation", contact=contact)
        order = self._save_form(self.seller, action)
        self.assertEqual(order.partner_id, self.person)
        self.assertEqual(order.partner_invoice_id, self.bills_to)
        self.assertEqual(order.pricelist_id, self.pricelist)

    def test_a_typed_customer_transfers_nothing(self):
        """S17: the form asks for the customer, as when made by hand."""
        for user, code in (
            (self.seller, "quotation"),
            (self.seller, "sale_order"),
            (self.biller, "invoice"),
        ):
            with self.subTest(code=code):
                action = self._open(user, code, contact=self.typed)
                form = ApplicationForm.from_action(self.env(user=user), action)
                self.assertFalse(form.partner_id)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRegistered(ValuesCommon):
    """Once saved, a document is registered on its contact event, exactly once."""

    def test_each_document_is_registered_by_its_first_save(self):
        rows = [
            (self.seller, "quotation"),
            (self.seller, "sale_order"),
            (self.biller, "invoice"),
        ]
        for user, code in rows:
            with self.subTest(code=code):
                document = self._save_form(user, self._open(user, code))
                self.assertEqual(len(self._notes(self.contact, document)), 1)
                self.assertEqual(
                    self._notes(self.contact, document).author_id, user.partner_id
                )
        self.assertEqual(len(self._notes(self.contact)), len(rows))

    def test_a_calendar_event_is_registered_by_its_first_save(self):
        action = self._open(self.anna, "calendar", "booking")
        event = self._save(self.anna, action, {"name": "Meeting"})
        self.assertEqual(len(self._notes(self.contact, event)), 1)
        self.assertEqual(event.sudo().kontakti_contact_id, self.contact)

    def test_opening_registers_nothing(self):
        self._open(self.seller, "quotation")
        ApplicationForm.from_action(
            self.env(user=self.seller), self._open(self.seller, "quotation")
        )
        self.assertFalse(self._notes(self.contact))

    def test_later_saves_register_nothing_more(self):
        action = self._open(self.seller, "sale_order")
        order = self._save(self.seller, action)
        for reference in ("A", "B"):
            self._save(self.seller, action, {"client_order_ref": reference}, order)
        self.assertEqual(order.client_order_ref, "B")
        self.assertEqual(len(self._notes(self.contact)), 1)

    def test_a_duplicate_is_a_document_of_its_own(self):
        action = self._open(self.seller, "sale_order")
        order = self._save(self.seller, action)
        copy = order.with_context(action["context"]).copy()
        self.assertFalse(self._notes(self.contact, copy))
        self.assertEqual(copy.state, "draft")
        self.assertEqual(len(self._notes(self.contact)), 1)

    def test_a_failed_first_save_registers_nothing_and_the_next_once(self):
        action = self._open(self.seller, "quotation", contact=self.typed)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.cr.savepoint():
                self._save(self.seller, action)  # no customer yet
        self.assertFalse(self._notes(self.typed))
        order = self._save(self.seller, action, {"partner_id": self.customer.id})
        self.assertEqual(len(self._notes(self.typed, order)), 1)
        self.assertEqual(len(self._notes(self.typed)), 1)

    def test_the_form_gets_what_finishing_changed(self):
        """T5: the saved form shows a confirmed order without a reload."""
        action = self._open(self.seller, "sale_order")
        contact = self._seen_by(self.seller, self.contact)
        told = contact.with_context(action["context"]).save_document(
            "sale_order",
            {"order_line": [Command.create(self._make_line())]},
            {"state": {}},
        )
        self.assertEqual(told["records"][0]["state"], "sale")
        self.assertFalse(told["message"])

    def test_a_sales_order_without_lines_stays_a_draft_and_says_so(self):
        """T5: a section or a note is nothing that can be sold."""
        note = Command.create({"display_type": "line_note", "name": "Later"})
        for lines in ([], [note]):
            action = self._open(self.seller, "sale_order")
            order, told = self._save_new(self.seller, action, {"order_line": lines})
            self.assertEqual(order.state, "draft")
            self.assertIn("Confirm", told)
            self.assertEqual(len(self._notes(self.contact, order)), 1)

    def test_a_button_of_the_form_confirms_nothing_of_its_own(self):
        """T5: Confirm, Catalog and Send save the form on their way."""
        action = self._open(self.seller, "sale_order")
        lines = {"order_line": [Command.create(self._make_line())]}
        for values in ({}, lines):
            order, told = self._save_new(self.seller, action, values, is_own_save=False)
            self.assertEqual(order.state, "draft")
            self.assertFalse(told)
            self.assertEqual(len(self._notes(self.contact, order)), 1)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_sales_order_that_cannot_be_confirmed_is_not_saved_in_half(self):
        """What keeps Odoo from confirming is told, and the form stays unsaved."""
        orders = self.env["sale.order"]

        def refuse(order):
            message = "No tax on the axe"
            raise UserError(message)

        self.patch(type(orders), "action_confirm", refuse)
        action = self._open(self.seller, "sale_order")
        values = {"order_line": [Command.create(self._make_line())]}
        with self.assertRaisesRegex(UserError, "axe"), self.cr.savepoint():
            self._save(self.seller, action, values)
        self.env.invalidate_all()
        self.assertFalse(orders.search([("partner_id", "=", self.customer.id)]))
        self.assertFalse(self._notes(self.contact))

    def test_lines_and_messages_get_nothing_of_the_forms_defaults(self):
        action = self._open(self.seller, "sale_order")
        line = self._make_line(product_uom_qty=2)
        order = self._save(self.seller, action, {"order_line": [Command.create(line)]})
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.order_line.name, "Axe")
        by_hand = self._make_by_hand(self.seller, "sale.order")
        by_hand.order_line = [Command.create(line)]
        by_hand.action_confirm()
        self.assertSameValues(order.order_line, by_hand.order_line, {"order_id"})
        self.assertEqual(
            order.message_follower_ids.partner_id,
            by_hand.message_follower_ids.partner_id,
        )
        self.assertFalse(order.sudo().message_ids.partner_ids)

    def test_other_records_saved_from_the_form_are_not_registered(self):
        """A customer created in the quotation's form is not a document of ours."""
        action = self._open(self.seller, "quotation", contact=self.typed)
        partners = self.env["res.partner"].with_user(self.seller)
        partners.with_context(action["context"]).web_save({"name": "New Oy"}, {})
        self.assertFalse(self._notes(self.typed))

    def test_a_save_past_the_contact_event_registers_nothing(self):
        """The origin in the context alone is no wish to register."""
        action = self._open(self.seller, "sale_order")
        orders = self.env["sale.order"].with_user(self.seller)
        [saved] = orders.with_context(action["context"]).web_save({}, {"state": {}})
        self.assertEqual(saved["state"], "draft")
        self.assertFalse(self._notes(self.contact))

    def test_the_web_client_hands_the_origin_to_no_other_form(self):
        """It drops default_* keys on the way to other actions and many2one forms."""
        context = self._open(self.seller, "quotation")["context"]
        self.assertFalse(
            [
                key
                for key in context
                if "kontakti" in key and not key.startswith("default_")
            ]
        )

    def test_nobody_registers_on_others_personal_contact(self):
        personal = self._create_contact(personal=True, partner_id=self.customer.id)
        action = self._open(self.seller, "sale_order")
        action["context"]["default_kontakti_origin"]["contact_id"] = personal.id
        with self.assertRaises(AccessError):
            self._save(self.seller, action)
        orders = self.env["sale.order"]
        self.assertFalse(orders.search([("partner_id", "=", self.customer.id)]))
        self.assertFalse(self._notes(personal))

    def test_an_unknown_code_saves_nothing(self):
        contact = self._seen_by(self.seller, self.contact)
        for code in ("no_such_application", ["quotation"], None, 7):
            with self.subTest(code=code), self.assertRaises(UserError):
                contact.save_document(code, {}, {})
        self.assertFalse(self._notes(self.contact))

    def test_nobody_saves_what_they_may_not_create(self):
        action = self._open(self.seller, "quotation")
        with self.assertRaises(AccessError):
            self._save(self.anna, action)

    def test_an_application_turned_off_while_its_form_is_open_loses_nothing(self):
        action = self._open(self.seller, "quotation")
        self._application("quotation").active = False
        order = self._save(self.seller, action)
        self.assertEqual(len(self._notes(self.contact, order)), 1)
