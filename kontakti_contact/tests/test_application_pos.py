from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import file_path

from ..exceptions import TillNotOpen
from .common import KONTAKTI_USER
from .common_pos import CASHIER, PosCommon


@tagged("post_install", "-at_install")
class TestApplicationPos(PosCommon):
    """T2: the cashier finds the customer's order in the open session.

    Where point of sale is not installed, every test asserts that the row is absent.
    """

    def is_absent(self):
        """Assert the row absent where its addon is; return whether it is."""
        if not self.installed:
            self.assertNotIn("pos", self._codes(self.seller))
            with self.assertRaises(AccessError):
                self._open(self.seller, "pos")
        return not self.installed

    def find_orders(self):
        return self.env["pos.order"].search([("partner_id", "=", self.customer.id)])

    def test_the_order_is_a_draft_with_the_customer_in_the_open_till(self):
        if self.is_absent():
            return
        session = self.open_till()
        action = self._open(self.cashier, "pos")
        order = self.find_orders()
        self.assertEqual(len(order), 1)
        self.assertEqual(order.config_id, session.config_id)
        self.assertEqual(order.company_id, self.company)
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.user_id, self.cashier)
        self.assertFalse(order.lines)
        self.assertEqual(order.floating_order_name, self.customer.display_name)
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.assertEqual(action["url"], f"/pos/ui/{session.config_id.id}")
        [note] = self._notes(self.contact, order)
        self.assertNotIn(">/<", note.body)

    def test_the_till_loads_the_order(self):
        if self.is_absent():
            return
        session = self.open_till()
        self._open(self.cashier, "pos")
        data = session.with_user(self.cashier).load_data(["pos.order", "res.partner"])
        orders = {row["id"]: row["partner_id"] for row in data["pos.order"]}
        self.assertEqual(orders, {self.find_orders().id: self.customer.id})
        loaded = [row["id"] for row in data["res.partner"]]
        self.assertIn(self.customer.id, loaded)

    def make_till(self, name="Shop"):
        """Return a till that nobody has opened."""
        values = {"name": name, "payment_method_ids": self.method.ids}
        return self.env["pos.config"].create(values)

    def remove_tills(self):
        self.env["pos.config"].search([]).active = False

    def refuse(self, contact=None):
        """Return what the message offers: its text, the action and the button."""
        with self.assertRaises(TillNotOpen) as refusal:
            self._open(self.cashier, "pos", contact=contact)
        return refusal.exception.args[:3]

    def test_without_an_open_session_the_message_offers_to_open_the_till(self):
        if self.is_absent():
            return
        self.remove_tills()
        till = self.make_till()
        message, action, button = self.refuse()
        self.assertIn("The till is not open", message)
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.assertEqual(action["url"], f"/pos/ui/{till.id}")
        self.assertEqual(button, "Open the till")
        self.assertFalse(self.find_orders())

    def test_the_web_client_knows_the_message_by_the_name_of_its_class(self):
        script = "kontakti_contact/static/src/applications_menu/till_not_open.js"
        name = f"{TillNotOpen.__module__}.{TillNotOpen.__name__}"
        self.assertIn(f'"{name}"', Path(file_path(script)).read_text())

    def test_a_session_that_is_being_closed_is_not_open(self):
        if self.is_absent():
            return
        self.open_till().state = "closing_control"
        self.assertIn("The till is not open", self.refuse()[0])
        self.assertFalse(self.find_orders())

    def test_of_several_tills_the_user_chooses_which_to_open(self):
        if self.is_absent():
            return
        self.make_till()
        self.make_till("Other")
        dashboard = self.env.ref("point_of_sale.action_pos_config_kanban")
        self.assertEqual(self.refuse()[1], dashboard.id)
        menus = self.env["ir.ui.menu"].with_user(self.cashier)._visible_menu_ids()
        self.assertIn(self.env.ref("point_of_sale.menu_pos_dashboard").id, menus)

    def test_where_there_is_no_till_the_message_says_so(self):
        if self.is_absent():
            return
        self.remove_tills()
        with self.assertRaisesRegex(UserError, "no till"):
            self._open(self.cashier, "pos")

    def test_choosing_again_leads_to_the_same_empty_draft(self):
        """C49: every click made another one."""
        if self.is_absent():
            return
        self.open_till()
        urls = {self._open(self.cashier, "pos")["url"] for _click in range(3)}
        self.assertEqual(len(urls), 1)
        self.assertEqual(len(self.find_orders()), 1)
        self.assertEqual(len(self._notes(self.contact)), 1)

    def test_another_cashier_is_led_to_the_contact_events_own_draft(self):
        """Also when that one has a till of the own."""
        if self.is_absent():
            return
        other = self._create_user("other_cashier", f"{KONTAKTI_USER},{CASHIER}")
        self.open_till()
        self.open_till("Theirs", other)
        url = self._open(self.cashier, "pos")["url"]
        self.assertEqual(self._open(other, "pos")["url"], url)
        self.assertEqual(len(self.find_orders()), 1)

    def test_a_draft_that_is_in_use_is_left_alone(self):
        if self.is_absent():
            return
        product = self.env["product.product"].create({"name": "Axe"})
        session = self.open_till()
        self._open(self.cashier, "pos")
        order = self.find_orders()
        order.session_id = session  # as the till does that takes it in hand
        line = {"product_id": product.id, "qty": 1, "price_unit": 9}
        line.update(price_subtotal=9, price_subtotal_incl=9)
        order.lines = [fields.Command.create(line)]
        self._open(self.cashier, "pos")
        self.assertEqual(len(self.find_orders() - order), 1)
        (self.find_orders() - order).state = "cancel"
        self._open(self.cashier, "pos")
        self.assertEqual(len(self.find_orders()), 3)

    def test_a_draft_of_the_cashiers_own_is_not_taken(self):
        """Nor one of another contact event of the same customer."""
        if self.is_absent():
            return
        self.open_till()
        second = self._create_contact(partner_id=self.customer.id)
        self._open(self.cashier, "pos", contact=second)
        theirs = self.find_orders()
        self._open(self.cashier, "pos")
        self.assertEqual(len(self.find_orders() - theirs), 1)
        self.assertFalse(self._notes(self.contact, theirs))

    def test_the_empty_draft_follows_when_another_customer_is_chosen(self):
        if self.is_absent():
            return
        self.open_till()
        self._open(self.cashier, "pos")
        order = self.find_orders()
        other = self._create_partner("Korhonen Ab")
        self.contact.partner_id = other
        self._open(self.cashier, "pos")
        self.assertEqual(order.partner_id, other)
        self.assertEqual(order.floating_order_name, other.display_name)

    def test_an_abandoned_draft_keeps_no_session_from_being_closed(self):
        if self.is_absent():
            return
        session = self.open_till()
        self._open(self.cashier, "pos")
        own = session.with_user(self.cashier)
        self.assertEqual(own.close_session_from_ui(), {"successful": True})
        self.assertEqual(session.state, "closed")
        self.assertEqual(self.find_orders().state, "draft")

    def test_an_abandoned_draft_is_cancelled_the_next_day(self):
        if self.is_absent():
            return
        self.open_till()
        contacts = self.env["kontakti.contact"]
        self._open(self.cashier, "pos")
        order = self.find_orders()
        contacts._gc_empty_pos_orders()
        self.assertEqual(order.state, "draft")
        self.assertTrue(self.contact.sudo().till_order_id)
        order.flush_recordset()
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            contacts._gc_empty_pos_orders()
        self.assertEqual(order.state, "cancel")
        self.assertFalse(self.contact.sudo().till_order_id)

    def test_a_till_of_the_contact_events_organisation_is_used(self):
        """Whichever is current in the company switcher."""
        if self.is_absent():
            return
        session = self.open_till()
        self.cashier.company_ids += self.other_company
        contact = self._seen_by(self.cashier, self.contact)
        both = [self.other_company.id, self.company.id]
        contact.with_context(allowed_company_ids=both).open_application("pos")
        self.assertEqual(self.find_orders().config_id, session.config_id)

    def test_ones_own_session_goes_before_others(self):
        if self.is_absent():
            return
        other = self._create_user("other_cashier", f"{KONTAKTI_USER},{CASHIER}")
        mine = self.open_till("Mine")
        self.open_till("Theirs", other)
        self._open(self.cashier, "pos")
        self.assertEqual(self.find_orders().config_id, mine.config_id)

    def test_a_till_of_another_organisation_is_not_used(self):
        if self.is_absent():
            return
        self.open_till()
        self.cashier.company_ids += self.other_company
        contact = self._create_contact(
            self.env.user,
            partner_id=self.customer.id,
            company_id=self.other_company.id,
        )
        both = [self.company.id, self.other_company.id]
        contact = self._seen_by(self.cashier, contact)
        with self.assertRaisesRegex(UserError, "no till"):
            contact.with_context(allowed_company_ids=both).open_application("pos")
        self.assertFalse(self.find_orders())

    def test_a_typed_customer_opens_the_till_as_it_is(self):
        """S17."""
        if self.is_absent():
            return
        session = self.open_till()
        contact = self._seen_by(self.cashier, self.typed)
        with self.assertNothingWritten():
            action = contact.open_application("pos")
        self.assertEqual(action["url"], f"/pos/ui/{session.config_id.id}")

    def test_without_the_right_there_is_no_till(self):
        if self.is_absent():
            return
        self.open_till()
        with self.assertRaises(AccessError):
            self._open(self.seller, "pos")
        self.assertFalse(self.find_orders())
