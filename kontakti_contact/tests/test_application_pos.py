from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

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

    def test_the_order_is_a_draft_with_the_customer_in_the_open_session(self):
        if self.is_absent():
            return
        session = self.open_till()
        action = self._open(self.cashier, "pos")
        order = self.find_orders()
        self.assertEqual(len(order), 1)
        self.assertEqual(order.session_id, session)
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.user_id, self.cashier)
        self.assertFalse(order.lines)
        self.assertEqual(order.floating_order_name, self.customer.display_name)
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.assertEqual(action["url"], f"/pos/ui/{session.config_id.id}")
        self.assertEqual(len(self._notes(self.contact, order)), 1)

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

    def test_without_an_open_session_the_message_says_what_to_do(self):
        if self.is_absent():
            return
        with self.assertRaisesRegex(UserError, "Open the till first"):
            self._open(self.cashier, "pos")
        self.open_till().state = "closing_control"
        with self.assertRaisesRegex(UserError, "Open the till first"):
            self._open(self.cashier, "pos")
        self.assertFalse(self.find_orders())

    def test_ones_own_session_goes_before_others(self):
        if self.is_absent():
            return
        other = self._create_user("other_cashier", f"{KONTAKTI_USER},{CASHIER}")
        mine = self.open_till("Mine")
        self.open_till("Theirs", other)
        self._open(self.cashier, "pos")
        self.assertEqual(self.find_orders().session_id, mine)

    def test_a_till_of_another_organisation_is_not_used(self):
        if self.is_absent():
            return
        self.open_till()
        self.cashier.company_ids += self.other_company
        contact = self._seen_by(self.cashier, self.contact)
        both = [self.other_company.id, self.company.id]
        with self.assertRaisesRegex(UserError, "Open the till first"):
            contact.with_context(allowed_company_ids=both).open_application("pos")

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
