from .common import KONTAKTI_USER
from .common_applications import ApplicationsCommon

CASHIER = "point_of_sale.group_pos_user"


class PosCommon(ApplicationsCommon):
    """A cashier and tills, where point of sale is installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.installed = "pos.order" in cls.env
        if not cls.installed:
            return
        cls.cashier = cls._create_user("cashier", f"{KONTAKTI_USER},{CASHIER}")
        cls.env["pos.session"].search([("state", "!=", "closed")]).state = "closed"
        journal = cls.env["account.journal"].search([("type", "=", "bank")], limit=1)
        cls.method = cls.env["pos.payment.method"].create(
            {"name": "Card", "journal_id": journal.id}
        )

    def open_till(self, name="Shop", user=None):
        """Return the open session of a new till, as the cashiers open it."""
        till = self.env["pos.config"].create(
            {"name": name, "payment_method_ids": self.method.ids}
        )
        till.with_user(user or self.cashier).open_ui()
        session = till.current_session_id
        session.with_user(user or self.cashier).set_opening_control(0, None)
        self.assertEqual(session.state, "opened")
        return session
