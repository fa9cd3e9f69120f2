from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import KontaktiCommon

ON, OFF = "Put on mailing list", "Take off mailing list"


@tagged("post_install", "-at_install")
class TestMailingList(KontaktiCommon):
    """Putting on and taking off, in bulk and from documents (S4, S10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_others_contacts_aside()
        cls.partner = cls._create_partner("Virtanen Oy")
        cls.other_partner = cls._create_partner("Korhonen Ab")
        cls.person = cls._create_partner(
            "Maija", is_company=False, parent_id=cls.partner.id
        )

    def _listed(self, user=None):
        """Return the contact events that the task list's row counts."""
        contacts = self._contacts(user or self.anna)
        return contacts.search([("task_list_cell", "=", "mailing_list.all")])

    def _run_action(self, xmlid, records, user=None):
        """Run an entry of the Action menu as the web client does."""
        action = self.env.ref(f"kontakti_contact.{xmlid}").with_user(user or self.anna)
        return action.with_context(
            active_model=records._name, active_ids=records.ids
        ).run()

    def test_many_are_put_on_and_taken_off_at_once(self):
        contacts = self._create_contact() + self._create_contact(mailing_list=True)
        action = self._run_action("action_put_on_mailing_list", contacts)
        self.assertEqual(self._listed(), contacts.sorted("id", reverse=True))
        self.assertEqual(
            action["params"]["message"],
            "Put on the mailing list: 1. On it already: 1.",
        )
        self._run_action("action_take_off_mailing_list", contacts)
        self.assertFalse(self._listed())

    def test_undo_takes_back_just_what_was_done(self):
        before = self._create_contact(mailing_list=True)
        added = self._create_contact()
        action = (before + added).action_put_on_mailing_list()
        model, method, args = action["params"]["undo"]
        getattr(self.env[model].with_user(self.anna).browse(args[0]), method)()
        self.assertEqual(self._listed(), before)
        self.assertFalse(before.action_put_on_mailing_list()["params"]["undo"])

    def test_who_did_it_and_when_is_kept(self):
        contact = self._create_contact()
        self.env.flush_all()
        self.env.cr.flush()
        before = contact.message_ids
        contact.with_user(self.bertta).action_put_on_mailing_list()
        self.env.flush_all()
        self.env.cr.flush()
        message = contact.message_ids - before
        self.assertEqual(message.author_id, self.bertta.partner_id)
        tracking = message.sudo().tracking_value_ids
        self.assertEqual(tracking.field_id.name, "mailing_list")
        self.assertEqual(
            (tracking.old_value_integer, tracking.new_value_integer), (0, 1)
        )

    def test_all_or_nothing_and_never_others_personal_ones(self):
        shared = self._create_contact()
        secret = self._create_contact(personal=True)
        for user in (self.bertta, self.manager, self.stranger, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._seen_by(user, shared + secret).action_put_on_mailing_list()
        self.assertFalse(shared.mailing_list or secret.mailing_list)

    def test_an_own_personal_one_is_said_not_to_count(self):
        secret = self._create_contact(personal=True)
        action = secret.action_put_on_mailing_list()
        self.assertIn("Personal, so not printed", action["params"]["message"])
        self.assertFalse(self._listed())

    def test_a_customer_is_on_the_list_by_its_newest_shared_contact(self):
        self._create_contact(partner_id=self.partner.id, date="2026-01-01 10:00:00")
        newest = self._create_contact(partner_id=self.partner.id)
        self._create_contact(partner_id=self.partner.id, personal=True)
        self._run_action("action_put_customer_on_mailing_list", self.partner)
        self.assertEqual(self._listed(), newest)

    def test_the_contacts_of_a_company_s_people_are_the_company_s(self):
        contact = self._create_contact(partner_id=self.person.id)
        self._run_action("action_put_customer_on_mailing_list", self.partner)
        self.assertEqual(self._listed(), contact)
        self._run_action("action_take_customer_off_mailing_list", self.partner)
        self.assertFalse(self._listed())

    def test_a_customer_without_a_contact_gets_one_that_is_no_task(self):
        action = self._run_action("action_put_customer_on_mailing_list", self.partner)
        contact = self._listed()
        self.assertEqual(contact.partner_id, self.partner)
        self.assertEqual(contact.contacted_by_id, self.anna)
        self.assertEqual(contact.state, "done")
        self.assertIn("Put on the mailing list: 1.", action["params"]["message"])
        self._run_action("action_put_customer_on_mailing_list", self.partner)
        self.assertEqual(self._listed(), contact)

    def test_a_customer_s_personal_contacts_stay_as_they_are(self):
        secret = self._create_contact(
            partner_id=self.partner.id, personal=True, mailing_list=True
        )
        self._run_action(
            "action_put_customer_on_mailing_list", self.partner, self.bertta
        )
        self.assertEqual(len(self._listed()), 1)
        self._run_action(
            "action_take_customer_off_mailing_list", self.partner, self.bertta
        )
        self.assertTrue(secret.mailing_list)

    def test_taking_a_customer_off_takes_off_every_shared_contact(self):
        contacts = self._create_contact(
            partner_id=self.partner.id, mailing_list=True
        ) + self._create_contact(
            self.bertta, partner_id=self.person.id, mailing_list=True
        )
        kept = self._create_contact(partner_id=self.other_partner.id, mailing_list=True)
        action = (self.partner + self.other_partner).with_user(self.anna)
        action = self.partner.with_user(
            self.anna
        ).action_take_off_kontakti_mailing_list()
        self.assertEqual(self._listed(), kept)
        self.assertEqual(action["params"]["message"], "Taken off the mailing list: 1.")
        self.assertEqual(set(action["params"]["undo"][2][0]), set(contacts.ids))

    def test_another_organisation_s_contacts_are_left_alone(self):
        contact = self._create_contact(
            self.stranger,
            partner_id=self.partner.id,
            company_id=self.other_company.id,
            mailing_list=True,
        )
        self._run_action("action_take_customer_off_mailing_list", self.partner)
        self.assertTrue(contact.mailing_list)

    def test_from_sales_orders_the_customers_are_meant(self):
        salesperson = self._create_user(
            "sales",
            "kontakti_contact.group_kontakti_user,sales_team.group_sale_salesman_all_leads",
        )
        orders = self.env["sale.order"].create(
            [
                {"partner_id": partner.id}
                for partner in (self.partner, self.person, self.partner)
            ]
        )
        self._run_action("action_put_order_on_mailing_list", orders, salesperson)
        self.assertEqual(self._listed().partner_id, self.partner + self.person)
        self._run_action("action_take_order_off_mailing_list", orders, salesperson)
        self.assertFalse(self._listed())

    def test_from_invoices_the_customers_are_meant_and_no_vendors(self):
        accountant = self._create_user(
            "accountant",
            "kontakti_contact.group_kontakti_user,account.group_account_invoice",
        )
        moves = self.env["account.move"].create(
            [
                {"move_type": "out_invoice", "partner_id": self.partner.id},
                {"move_type": "in_invoice", "partner_id": self.other_partner.id},
            ]
        )
        self._run_action("action_put_invoice_on_mailing_list", moves, accountant)
        self.assertEqual(self._listed().partner_id, self.partner)
        self._run_action("action_take_invoice_off_mailing_list", moves, accountant)
        self.assertFalse(self._listed())

    def test_the_entries_are_in_the_action_menus_of_kontakti_users_alone(self):
        for model in ("kontakti.contact", "res.partner", "sale.order", "account.move"):
            for user, expected in ((self.anna, {ON, OFF}), (self.employee, set())):
                with self.subTest(model=model, user=user.login):
                    bindings = self.env["ir.actions.actions"].with_user(user)
                    bindings = bindings.get_bindings(model).get("action", ())
                    found = {binding["name"] for binding in bindings} & {ON, OFF}
                    self.assertEqual(found, expected)

    def test_the_queries_do_not_grow_with_the_customers(self):
        def count(number):
            partners = self.env["res.partner"].create(
                [{"name": f"P{number} {n}"} for n in range(number)]
            )
            for partner in partners:
                self._create_contact(partner_id=partner.id)
            partners = self._seen_by(self.anna, partners)
            before = self.env.cr.sql_log_count
            partners._get_shared_contacts()
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(20), count(2))

    def test_a_mailing_s_default_recipients_are_the_task_list_s_row(self):
        listed = self._create_contact(mailing_list=True)
        self._create_contact(mailing_list=True, personal=True)
        contacts = self._contacts(self.anna)
        self.assertEqual(
            contacts.search(contacts._mailing_get_default_domain(None)), listed
        )
        self.assertTrue(contacts._mailing_enabled)

    def test_no_template_shows_others_personal_contacts(self):
        secret = self._create_contact(personal=True, customer_name="Zsalaisuus")
        render = self.env["mail.render.mixin"]
        source = "{{ object.customer_name }}"
        for user in (self.bertta, self.manager, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                render.with_user(user).sudo()._render_template(
                    source, "kontakti.contact", secret.ids
                )
        shown = render.with_user(self.anna)._render_template(
            source, "kontakti.contact", secret.ids
        )
        self.assertEqual(shown[secret.id], "Zsalaisuus")

    def test_an_order_without_customers_chosen_does_nothing(self):
        partners = self.env["res.partner"].with_user(self.anna)
        action = partners.action_put_on_kontakti_mailing_list()
        self.assertFalse(action["params"]["undo"])
