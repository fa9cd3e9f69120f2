from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import NOW, KontaktiCommon

COUNTERS = ["kontakti_contact_count", "kontakti_last_date", "kontakti_next_date"]


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPartner(KontaktiCommon):
    """A customer's contact events in the register (S3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_partner = cls._create_partner("Virtanen Oy")
        cls.person = cls._create_partner(
            "Matti", is_company=False, parent_id=cls.company_partner.id
        )
        cls.nobody = cls._create_partner("Korhonen Ab")
        cls.first = cls._create_contact(
            partner_id=cls.company_partner.id,
            date="2026-11-02 09:00:00",
            next_date="2026-12-24",
        )
        cls.second = cls._create_contact(
            cls.bertta,
            partner_id=cls.person.id,
            date="2026-11-05 09:00:00",
            next_date="2026-12-01",
        )

    def assert_counters(self, partner, count, last, first_next, user=None):
        partner = self._seen_by(user or self.anna, partner)
        self.assertEqual(partner.kontakti_contact_count, count)
        self.assertEqual(
            partner.kontakti_last_date, last and fields.Datetime.to_datetime(last)
        )
        self.assertEqual(
            partner.kontakti_next_date, first_next and fields.Date.to_date(first_next)
        )

    def test_a_company_has_the_contacts_of_its_people_too(self):
        self.assert_counters(
            self.company_partner, 2, "2026-11-05 09:00:00", "2026-12-01"
        )
        self.assert_counters(self.person, 1, "2026-11-05 09:00:00", "2026-12-01")
        self.assert_counters(self.nobody, 0, False, False)

    def test_many_partners_at_once_have_each_their_own(self):
        partners = self.company_partner + self.person + self.nobody
        rows = self._seen_by(self.anna, partners).read(COUNTERS)
        self.assertEqual([row["kontakti_contact_count"] for row in rows], [2, 1, 0])

    def test_people_of_people_count_for_all_above_them(self):
        assistant = self._create_partner(
            "Kaisa", is_company=False, parent_id=self.person.id
        )
        self._create_contact(partner_id=assistant.id, date="2026-11-20 09:00:00")
        for partner, count in ((self.company_partner, 3), (self.person, 2)):
            self.assert_counters(partner, count, "2026-11-20 09:00:00", "2026-12-01")

    def test_an_archived_person_still_counts_for_the_company(self):
        """Nothing gets lost when a person leaves the customer."""
        self.person.active = False
        self.assert_counters(
            self.company_partner, 2, "2026-11-05 09:00:00", "2026-12-01"
        )

    def test_the_next_contact_is_of_the_open_ones(self):
        self.second.action_done()
        self.assert_counters(
            self.company_partner, 2, "2026-11-05 09:00:00", "2026-12-24"
        )
        self._seen_by(self.anna, self.first).action_done()
        self.assert_counters(self.company_partner, 2, "2026-11-05 09:00:00", False)

    def test_personal_ones_of_others_never_shift_them(self):
        """S8: neither the number nor the dates, not for managers either."""
        self._create_contact(
            self.anna,
            partner_id=self.person.id,
            personal=True,
            date="2026-11-22 09:00:00",
            next_date="2026-11-24",
        )
        for user in (self.bertta, self.manager):
            self.assert_counters(
                self.company_partner, 2, "2026-11-05 09:00:00", "2026-12-01", user
            )
        # the owner's own is in the number of contact events, and shifts no pulse
        self.assert_counters(
            self.company_partner, 3, "2026-11-05 09:00:00", "2026-12-01", self.anna
        )

    def test_one_user_s_numbers_are_not_another_s_in_the_same_transaction(self):
        """The cache is shared: the numbers depend on who asks."""
        self._create_contact(self.anna, partner_id=self.person.id, personal=True)
        partner = self._seen_by(self.anna, self.company_partner)
        self.assertEqual(partner.kontakti_contact_count, 3)
        self.assertEqual(partner.with_user(self.bertta).kontakti_contact_count, 2)

    def test_contacts_of_companies_not_chosen_do_not_count(self):
        """S9"""
        self._create_contact(
            self.stranger,
            partner_id=self.company_partner.id,
            date="2026-11-22 09:00:00",
            next_date="2026-11-24",
        )
        self.assert_counters(
            self.company_partner, 2, "2026-11-05 09:00:00", "2026-12-01"
        )
        partner = self._seen_by(self.both, self.company_partner)
        one, two = self.company.id, self.other_company.id
        for chosen, count in (([one], 2), ([two], 1), ([one, two], 3)):
            chosen_one = partner.with_context(allowed_company_ids=chosen)
            self.assertEqual(chosen_one.kontakti_contact_count, count)

    def test_who_has_no_kontakti_sees_no_counters(self):
        for user in (self.employee, self.portal):
            with self.assertRaises(AccessError):
                self._seen_by(user, self.company_partner).read(COUNTERS)
            self.assertNotIn(
                COUNTERS[0], self.env["res.partner"].with_user(user).fields_get()
            )

    def test_the_form_has_the_buttons_for_kontakti_users_alone(self):
        view = self.env.ref("base.view_partner_form")
        for user, expected in ((self.anna, True), (self.employee, False)):
            arch = self.env["res.partner"].with_user(user).get_view(view.id)["arch"]
            for text in ("action_open_kontakti_contacts", *COUNTERS):
                self.assertEqual(text in arch, expected, (user.login, text))

    def test_the_button_opens_what_the_number_says(self):
        for partner in (self.company_partner, self.person, self.nobody):
            partner = self._seen_by(self.anna, partner)
            action = partner.action_open_kontakti_contacts()
            self.assertEqual(action["res_model"], "kontakti.contact")
            found = self._contacts(self.anna).search_count(action["domain"])
            self.assertEqual(found, partner.kontakti_contact_count)

    def test_the_button_opens_an_archived_person_s_contacts_as_well(self):
        self.person.active = False
        partner = self._seen_by(self.anna, self.company_partner)
        domain = partner.action_open_kontakti_contacts()["domain"]
        found = self._contacts(self.anna).search_count(domain)
        self.assertEqual(found, partner.kontakti_contact_count)

    def test_logging_a_contact_starts_with_the_customer(self):
        """One click from the customer to a contact event."""
        partner = self._seen_by(self.anna, self.person)
        for action in (
            partner.action_log_kontakti_contact(),
            partner.action_open_kontakti_contacts(),
        ):
            context = action["context"]
            with Form(self._contacts(self.anna, **context)) as form:
                form.name = "Call"
            self.assertEqual(form.record.partner_id, self.person)
            self.assertEqual(form.record.customer_name, "Virtanen Oy")
        self.assertEqual(partner.action_log_kontakti_contact()["target"], "new")

    def test_eighty_partners_cost_no_more_queries_than_one(self):
        people = self.env["res.partner"].create(
            [
                {"name": f"Person {number}", "parent_id": self.company_partner.id}
                for number in range(80)
            ]
        )
        self._contacts(self.anna).create(
            [{"name": "Call", "partner_id": person.id} for person in people]
        )
        one, many = (
            self._count_queries(partners) for partners in (self.person, people)
        )
        self.assertLessEqual(many, one)

    def _count_queries(self, partners):
        partners = self._seen_by(self.anna, partners)
        partners[:1].mapped("kontakti_contact_count")  # rights and rules, once
        partners = self._seen_by(self.anna, partners)
        before = self.env.cr.sql_log_count
        partners.mapped("kontakti_contact_count")
        return self.env.cr.sql_log_count - before

    def test_a_new_partner_has_none(self):
        """The form of a customer that is not saved yet."""
        new = self.env["res.partner"].with_user(self.anna).new({"name": "New"})
        self.assertEqual(new.kontakti_contact_count, 0)
        with Form(self.env["res.partner"].with_user(self.anna)) as form:
            form.name = "New Oy"
        self.assertEqual(form.record.kontakti_contact_count, 0)

    def test_the_menu_customers_shows_the_customers_of_contact_events(self):
        action = (
            self.env["ir.actions.act_window"]
            .with_user(self.anna)
            ._for_xml_id("kontakti_contact.res_partner_action_customer")
        )
        customers = self.env["res.partner"].with_user(self.anna)
        shown = customers.search(safe_eval(action["domain"]))
        self.assertFalse(self.company_partner.customer_rank)
        self.assertLessEqual(self.company_partner | self.nobody, shown)
        self.assertNotIn("search_default", action["context"])
        ours = self.env.company.partner_id | self.anna.partner_id | self.person
        self.assertFalse(ours & shown)
        menu = self.env.ref("kontakti_contact.kontakti_customer_menu")
        self.assertEqual(menu.action.id, action["id"])
