from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, KontaktiCommon

LIMIT = 90  # instead of Odoo's 20,000: what the web client names at most
EVERY = 101


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestBulk(KontaktiCommon):
    """What is done to many at once: all of them, and the true number is asked (S4, S7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("web.active_ids_limit", LIMIT)
        cls.seller = cls._create_user(
            "seller",
            "kontakti_contact.group_kontakti_user,sales_team.group_sale_salesman",
        )
        cls.partner = cls._create_partner("Virtanen Oy")
        cls.contacts = cls.env["kontakti.contact"].with_user(cls.anna)
        cls.contacts = cls.contacts.create(
            [
                {"name": "Bulk call", "partner_id": cls.partner.id}
                for _number in range(EVERY)
            ]
        )
        cls.domain = [("name", "=", "Bulk call")]

    def _run(self, xmlid, records, domain=None, user=None):
        """Run an action on what a list has chosen, as the web client does.

        It names no more than its limit, and the list's domain in any case.
        """
        action = self.env.ref(f"kontakti_contact.{xmlid}").with_user(user or self.anna)
        return action.with_context(
            active_model=records._name,
            active_ids=records.ids[:LIMIT],
            active_domain=self.domain if domain is None else domain,
        ).run()

    def _wizard(self, action, user=None):
        self.assertEqual(action["res_model"], "kontakti.bulk")
        self.assertEqual(action["target"], "new")
        wizard = self.env["kontakti.bulk"].browse(action["res_id"])
        return wizard.with_user(user or self.anna)

    def _states(self):
        self.env.invalidate_all()
        return set(self.contacts.mapped("state"))

    def test_all_that_are_selected_are_done_and_their_number_is_asked_first(self):
        action = self._run("action_done_many", self.contacts)
        self.assertEqual(self._states(), {"open"}, "asked, and nothing done")
        wizard = self._wizard(action)
        self.assertEqual(wizard.question, f"Mark {EVERY} contact events as done?")
        answer = wizard.action_confirm()
        self.assertEqual(self._states(), {"done"})
        self.assertEqual(answer["params"]["message"], f"Marked as done: {EVERY}.")

    def test_a_page_is_done_at_once_and_undone(self):
        other = self._create_contact()
        other.action_done()
        self.contacts[:2].date = False
        chosen = self.contacts[:79] + other
        answer = self._run("action_done_many", chosen)
        self.assertEqual(answer["params"]["message"], "Marked as done: 79.")
        self.assertEqual(self._states(), {"open", "done"})
        model, method, args = answer["params"]["undo"]
        getattr(self.env[model].with_user(self.anna).browse(args[0]), method)()
        self.assertEqual(self._states(), {"open"})
        planned = self.contacts.filtered(lambda contact: not contact.date)
        self.assertEqual(planned, self.contacts[:2])
        self.assertEqual(other.state, "done", "was so before")
        self.assertFalse(self._run("action_done_many", other)["params"]["undo"])

    def test_more_than_a_page_chosen_by_hand_are_those_and_no_others(self):
        chosen = self.contacts[: LIMIT - 1]
        wizard = self._wizard(self._run("action_done_many", chosen))
        self.assertEqual(wizard.question, f"Mark {LIMIT - 1} contact events as done?")
        wizard.action_confirm()
        self.assertEqual(set(chosen.mapped("state")), {"done"})
        self.assertEqual(set((self.contacts - chosen).mapped("state")), {"open"})

    def test_what_was_asked_is_done_whatever_the_list_holds_by_then(self):
        wizard = self._wizard(self._run("action_done_many", self.contacts))
        late = self._create_contact(name="Bulk call")
        self.contacts[0].unlink()
        wizard.action_confirm()
        self.assertEqual(late.state, "open")
        self.assertEqual(set(self.contacts.exists().mapped("state")), {"done"})

    def test_all_or_nothing(self):
        secret = self._create_contact(self.bertta, name="Bulk call", personal=True)
        wizard = self._wizard(self._run("action_done_many", self.contacts))
        wizard.sudo().res_ids = [*self.contacts.ids, secret.id]
        with self.assertRaises(AccessError):
            wizard.action_confirm()
        self.assertEqual(self._states(), {"open"})

    def test_the_question_is_its_asker_s_alone(self):
        wizard = self._wizard(self._run("action_done_many", self.contacts))
        for user in (self.bertta, self.manager):
            with self.assertRaises(AccessError):
                self._seen_by(user, wizard).read(["res_ids"])
            with self.assertRaises(AccessError):
                self._seen_by(user, wizard).action_confirm()

    def test_a_question_made_up_is_refused(self):
        wizards = self.env["kontakti.bulk"].with_user(self.anna)
        for operation, model in (
            ("unlink", "kontakti.contact"),
            ("done", "res.users"),
            ("done", "nothing"),
            ("", ""),
        ):
            values = {"operation": operation or " ", "res_model": model or " "}
            with self.assertRaises(UserError):
                wizards.create({**values, "res_ids": [1]}).action_confirm()

    def test_the_mailing_list_takes_all_on_and_off(self):
        for xmlid, question, listed in (
            ("action_put_on_mailing_list", f"Put on the mailing list: {EVERY}?", True),
            (
                "action_take_off_mailing_list",
                f"Take off the mailing list: {EVERY}?",
                False,
            ),
        ):
            wizard = self._wizard(self._run(xmlid, self.contacts))
            self.assertEqual(wizard.question, question)
            message = wizard.action_confirm()["params"]["message"]
            self.assertIn(f": {EVERY}.", message)
            self.assertEqual(set(self.contacts.mapped("mailing_list")), {listed})

    def test_all_customers_of_a_list_are_put_on(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Bulk customer {number}"} for number in range(EVERY)]
        )
        domain = [("id", "in", partners.ids)]
        wizard = self._wizard(
            self._run("action_put_customer_on_mailing_list", partners, domain)
        )
        self.assertEqual(wizard.question, f"Put on the mailing list: {EVERY}?")
        wizard.action_confirm()
        listed = self._contacts(self.anna).search(
            [("partner_id", "in", partners.ids), ("mailing_list", "=", True)]
        )
        self.assertEqual(listed.partner_id, partners)

    def test_the_customers_of_all_orders_are_put_on(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Bulk customer {number}"} for number in range(EVERY)]
        )
        orders = self.env["sale.order"].create(
            [
                {"partner_id": partner.id, "user_id": self.seller.id}
                for partner in partners
            ]
        )
        wizard = self._wizard(
            self._run(
                "action_put_order_on_mailing_list",
                orders,
                [("id", "in", orders.ids)],
                self.seller,
            ),
            self.seller,
        )
        self.assertEqual(wizard.question, f"Put on the mailing list: {EVERY}?")

    def test_labels_are_for_all_and_need_no_question(self):
        action = self._run("action_print_labels", self.contacts)
        wizard = self.env["kontakti.label.print"].browse(action["res_id"])
        self.assertEqual(wizard.contact_ids, self.contacts)

    def test_too_many_documents_are_none_and_the_limit_is_said(self):
        self.contacts.create(
            [
                {"name": "Bulk call", "partner_id": self.partner.id}
                for _number in range(500)
            ]
        )
        before = self.env["sale.order"].search_count([])
        with self.assertRaisesRegex(UserError, "601 .* at most 500"):
            self._run("action_create_quotation", self.contacts, user=self.seller)
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def test_documents_for_more_than_a_page_are_asked_about(self):
        wizard = self._wizard(
            self._run("action_create_calendar_entry", self.contacts[:81])
        )
        self.assertEqual(wizard.question, "Create 81 calendar entries?")
        action = wizard.action_confirm()
        self.assertEqual(action["res_model"], "calendar.event")

    def test_a_follow_up_of_many_is_asked_about_and_chained(self):
        wizard = self._wizard(self._run("action_follow_up_many", self.contacts))
        self.assertIn(f"{EVERY} contact events", wizard.question)
        wizard.action_confirm()
        self.assertEqual(self._states(), {"done"})
        self.assertEqual(len(self.contacts.follow_up_ids), EVERY)

    def test_the_question_opens_as_a_form(self):
        wizard = self._wizard(self._run("action_done_many", self.contacts))
        with Form(wizard) as form:
            self.assertEqual(form.question, f"Mark {EVERY} contact events as done?")

    def test_the_list_s_buttons_ask(self):
        arch = self._contacts(self.anna).get_view(view_type="list")["arch"]
        for xmlid in ("action_done_many", "action_follow_up_many"):
            action = self.env.ref(f"kontakti_contact.{xmlid}")
            self.assertIn(f'name="{action.id}"', arch)
