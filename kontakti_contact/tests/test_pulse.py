from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from .common import NOW, TODAY
from .common_pulse import PULSE, PulseCommon

CUSTOMERS = "kontakti_contact.res_partner_action_customer"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPulse(PulseCommon):
    """Kontakti's own Customers: last and next contact, how many, how long silent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm, cls.person = cls._create_firm_with_person()
        cls.never = cls._create_partner("Korhonen Ab")
        cls.contact = cls._create_contact(
            cls.bertta,
            partner_id=cls.person.id,
            date="2026-10-23 09:00:00",
            next_date="2026-12-01",
        )

    def test_a_customer_shows_who_was_in_touch_last_and_when(self):
        firm = self._partners(self.anna, self.firm)
        self.assertEqual(str(firm.kontakti_last_date), "2026-10-23 09:00:00")
        self.assertEqual(firm.kontakti_last_user_id, self.bertta)
        self.assertEqual(str(firm.kontakti_next_date), "2026-12-01")
        self.assertEqual(firm.kontakti_days_silent, 31)
        self.assertEqual(firm.kontakti_contacts_12m, 1)

    def test_the_first_statement_after_a_change_in_the_same_transaction_is_true(self):
        firm = self.firm.with_user(self.anna)
        self.assertEqual(firm.kontakti_contacts_12m, 1)
        self._create_contact(partner_id=self.firm.id)
        self.assertEqual(firm.kontakti_contacts_12m, 2)
        self.contact.date = "2026-11-20 09:00:00"
        self.assertEqual(firm.search([("id", "=", firm.id)]).kontakti_days_silent, 0)

    def test_never_contacted_is_empty_and_not_zero_days(self):
        never = self._partners(self.anna, self.never)
        self.assertEqual(
            never.read(["kontakti_days_silent"])[0]["kontakti_days_silent"], False
        )
        today = self._create_contact(partner_id=self.never.id)
        never = self._partners(self.anna, self.never)
        [row] = never.read(["kontakti_days_silent"])
        self.assertIs(type(row["kontakti_days_silent"]), int)
        self.assertEqual(row["kontakti_days_silent"], 0)
        today.unlink()

    def test_a_contact_event_that_only_plans_is_no_contact(self):
        """One without a date of contact: it has a next date, and nobody was reached."""
        self._create_contact(partner_id=self.never.id, date=False, next_date=TODAY)
        never = self._partners(self.anna, self.never)
        self.assertFalse(never.kontakti_last_date)
        self.assertEqual(never.kontakti_next_date, TODAY)

    def test_personal_ones_shift_no_number_of_anybody(self):
        self._create_contact(partner_id=self.firm.id, personal=True, next_date=TODAY)
        for user in (self.anna, self.bertta, self.manager):
            firm = self._partners(user, self.firm)
            self.assertEqual(firm.kontakti_last_user_id, self.bertta)
            self.assertEqual(firm.kontakti_contacts_12m, 1)
            self.assertNotEqual(firm.kontakti_next_date, TODAY)

    def test_the_filters_of_the_list_find_who_is_silent(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(CUSTOMERS)
        everybody = self.firm | self.never
        silent = [
            ("kontakti_silent_30", self.firm),
            ("kontakti_silent_90", self.env["res.partner"]),
            ("kontakti_silent_180", self.env["res.partner"]),
            ("kontakti_never", self.never),
            ("kontakti_no_next", self.never),
            ("kontakti_mine", self.firm),
        ]
        view = self.env["res.partner"].get_view(action["search_view_id"][0], "search")
        for name, expected in silent:
            domain = safe_eval(
                view["arch"]
                .split(f'name="{name}"')[1]
                .split('domain="')[1]
                .split('"')[0]
                .replace("&gt;", ">"),
                {"uid": self.bertta.id},
            )
            found = self._partners(self.bertta, everybody).search(
                [("id", "in", everybody.ids), *domain]
            )
            self.assertEqual(found, expected, name)

    def test_the_list_groups_by_month_and_by_person(self):
        partners = self._partners(self.anna, self.firm | self.never)
        for groupby, expected in (
            ("kontakti_last_user_id", {self.bertta.id, False}),
            ("kontakti_last_date:month", {"2026-10-01", False}),
        ):
            groups = partners.formatted_read_group(
                [("id", "in", partners.ids)], [groupby], ["__count"]
            )
            found = {group[groupby] and str(group[groupby][0])[:10] for group in groups}
            self.assertEqual(found, {value and str(value) for value in expected})
            for group in groups:
                domain = [("id", "in", partners.ids), *group["__extra_domain"]]
                self.assertEqual(partners.search_count(domain), group["__count"])

    def test_the_list_is_sortable_and_groupable_for_the_web_client(self):
        described = self._partners(self.anna, self.firm).fields_get(
            PULSE, ["sortable", "groupable", "searchable"]
        )
        for fname, has in described.items():
            self.assertTrue(has["sortable"] and has["searchable"], fname)
            self.assertTrue(has["groupable"], fname)

    def test_the_list_is_found_and_sorted_by_who_was_in_touch_last(self):
        self._create_contact(self.anna, partner_id=self.never.id)
        both = self._partners(self.anna, self.firm | self.never)
        among = [("id", "in", both.ids)]
        found = both.search([*among, ("kontakti_last_user_id", "ilike", "bertt")])
        self.assertEqual(found, self.firm)
        found = both.search(
            [*among, ("kontakti_last_user_id.login", "=", "kontakti_anna")]
        )
        self.assertEqual(found, self.never)
        for order, expected in (("", "Anna Bertta"), (" desc", "Bertta Anna")):
            ordered = both.search(among, order=f"kontakti_last_user_id{order}")
            names = ordered.kontakti_last_user_id.mapped("name")
            self.assertEqual(" ".join(names), expected)

    def test_the_trend_has_twelve_months_the_last_one_this(self):
        self._create_contact(partner_id=self.firm.id)
        firm = self._partners(self.anna, self.firm)
        self.assertEqual(firm.kontakti_trend, [0] * 10 + [1, 1])
        self.assertFalse(self._partners(self.anna, self.never).kontakti_trend)

    def test_a_month_begins_in_the_user_s_time_zone(self):
        """Just after midnight in Helsinki it is the month before in UTC."""
        self.contact.date = "2026-10-31 22:30:00"
        firm = self._partners(self.anna, self.firm)
        self.assertEqual(firm.kontakti_trend, [0] * 11 + [1])

    def test_who_has_no_kontakti_reads_searches_and_sorts_by_none_of_it(self):
        partners = self._partners(self.employee, self.firm)
        for fname in [*PULSE, "kontakti_trend"]:
            with self.assertRaises(AccessError):
                partners.read([fname])
        for call in (
            lambda: partners.search([("kontakti_days_silent", ">", 1)]),
            lambda: partners.search([], order="kontakti_days_silent"),
            lambda: partners.formatted_read_group(
                [], ["kontakti_last_user_id"], ["__count"]
            ),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_nobody_reads_the_table_of_the_numbers(self):
        for user in (self.anna, self.manager, self.employee, self.portal):
            with self.assertRaises(AccessError):
                self.env["kontakti.pulse"].with_user(user).search([])

    def test_eighty_customers_cost_no_more_statements_than_one(self):
        firms = self.env["res.partner"].create(
            [{"name": f"Firm {number}", "is_company": True} for number in range(80)]
        )
        self._contacts(self.anna).create(
            [{"name": "Call", "partner_id": firm.id} for firm in firms]
        )
        self.env["kontakti.pulse"]._count_noted()
        one, many = map(self._count_statements, (firms[:1], firms))
        self.assertLessEqual(many, one)

    def _count_statements(self, partners):
        seen = self._partners(self.anna, partners)
        seen.mapped("kontakti_contacts_12m")  # rights and rules, once
        seen = self._partners(self.anna, partners)
        before = self.env.cr.sql_log_count
        for fname in [*PULSE, "kontakti_trend"]:
            seen.mapped(fname)
        return self.env.cr.sql_log_count - before

    def test_a_thousand_contact_events_are_counted_in_one_statement(self):
        self._contacts(self.anna).create(
            [{"name": "Call", "partner_id": self.firm.id}] * 1000
        )
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.env["kontakti.pulse"]._count_noted()
        self.assertEqual(self.env.cr.sql_log_count - before, 1)
        firm = self._partners(self.anna, self.firm)
        self.assertEqual(firm.kontakti_contacts_12m, 1001)

    def test_a_manager_repairs_what_was_written_past_the_product(self):
        self.env.flush_all()
        pulse = self.env["kontakti.pulse"]
        pulse._count_noted()
        self.assertEqual(pulse._repair(), 0)
        self.env.cr.execute(
            SQL(
                "UPDATE kontakti_contact SET date = '2026-11-21' WHERE id = %s",
                self.contact.id,
            )
        )
        action = self.env.ref("kontakti_contact.action_repair_pulse")
        with self.assertRaises(AccessError):
            action.with_user(self.anna).run()
        told = action.with_user(self.manager).run()
        self.assertIn("2", told["params"]["message"])  # the firm and the person
        firm = self._partners(self.anna, self.firm)
        self.assertEqual(str(firm.kontakti_last_date), "2026-11-21 00:00:00")

    def test_a_database_of_before_is_counted_at_the_upgrade(self):
        pulse = self.env["kontakti.pulse"]
        pulse._count_noted()
        self.env.cr.execute("DELETE FROM kontakti_pulse")
        pulse._count_first_time()
        firm = self._partners(self.anna, self.firm)
        self.assertEqual(firm.kontakti_last_user_id, self.bertta)

    def test_logging_a_contact_is_one_click_on_the_row(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(CUSTOMERS)
        view_ids = {mode: view_id for view_id, mode in action["views"]}
        for mode in ("list", "kanban"):
            arch = (
                self.env["res.partner"]
                .with_user(self.anna)
                .get_view(view_ids[mode], mode)["arch"]
            )
            self.assertIn("action_log_kontakti_contact", arch)
        form = self.env["res.partner"].with_user(self.anna)
        self.assertIn("kontakti_trend", form.get_view(view_ids["form"], "form")["arch"])

    def test_the_company_of_a_customer_s_contact_is_the_one_that_sees_it(self):
        for user, expected in ((self.stranger, False), (self.anna, self.bertta.id)):
            firm = self._partners(
                user, self.firm, allowed_company_ids=user.company_ids.ids
            )
            self.assertEqual(firm.kontakti_last_user_id.id, expected)
