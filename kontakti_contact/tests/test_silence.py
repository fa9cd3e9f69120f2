from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import KONTAKTI_USER, NOW, TODAY
from .common_pulse import PulseCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestSilence(PulseCommon):
    """Keep in touch: who is past the interval, and nothing is open, has gone silent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_others_contacts_aside()
        cls.env["res.partner"].with_context(active_test=False).search(
            [("kontakti_interval_days", ">", 0)]
        ).kontakti_interval_days = 0
        cls.firm, cls.person = cls._create_firm_with_person()
        cls.done = cls._log(cls.person, 31)

    @classmethod
    def _log(cls, partner, days, **vals):
        """Return a contact event of ``days`` ago that is dealt with."""
        date = fields.Datetime.now() - timedelta(days=days)
        contact = cls._create_contact(
            cls.bertta, partner_id=partner.id, date=date, **vals
        )
        contact.action_done()
        return contact

    def _get_silent(self, user, **context):
        partners = self._partners(user, self.env["res.partner"], **context)
        return partners.search([("kontakti_silent", "=", True)])

    def _get_section(self, user):
        sections = self._contacts(user).get_task_list()["sections"]
        return next((one for one in sections if one["key"] == "silent"), None)

    def test_a_customer_is_silent_the_day_after_the_interval(self):
        for days, expected in ((30, self.firm), (31, self.env["res.partner"])):
            self.firm.kontakti_interval_days = days
            self.assertEqual(self._get_silent(self.anna), expected)
            firm = self._partners(self.anna, self.firm)
            self.assertEqual(firm.kontakti_silent, bool(expected))

    def test_never_contacted_is_silent_and_no_interval_never_is(self):
        never = self._create_partner("Korhonen Ab", kontakti_interval_days=30)
        self.assertEqual(self._get_silent(self.anna), never)
        never.kontakti_interval_days = 0
        self.assertFalse(self._get_silent(self.anna))

    def test_an_open_contact_event_breaks_the_silence(self):
        self.firm.kontakti_interval_days = 30
        opened = self._create_contact(partner_id=self.person.id, date=False)
        self.assertFalse(self._get_silent(self.anna))
        opened.active = False
        self.assertEqual(self._get_silent(self.anna), self.firm)

    def test_what_was_planned_and_is_done_is_a_contact_of_now(self):
        self.firm.kontakti_interval_days = 30
        self._partners(self.anna, self.firm).action_plan_kontakti_contacts()
        planned = self._contacts(self.anna).search(
            [("partner_id", "=", self.firm.id), ("state", "=", "open")]
        )
        self.assertFalse(planned.date)
        planned.action_done()
        self.assertEqual(planned.date, fields.Datetime.now())
        self.assertFalse(self._get_silent(self.anna))
        firm = self._partners(self.anna, self.firm)
        self.assertEqual(firm.kontakti_last_user_id, self.anna)
        self.assertEqual(firm.kontakti_days_silent, 0)

    def test_what_was_done_by_mistake_was_no_contact(self):
        planned = self._create_contact(partner_id=self.person.id, date=False)
        planned.action_done()
        planned.action_reopen()
        firm = self._partners(self.anna, self.firm)
        self.assertEqual(firm.kontakti_last_user_id, self.bertta)
        self.assertEqual(firm.kontakti_days_silent, 31)

    def test_a_personal_one_breaks_no_silence(self):
        self.firm.kontakti_interval_days = 30
        self._create_contact(partner_id=self.firm.id, personal=True)
        for user in (self.anna, self.bertta):
            self.assertEqual(self._get_silent(user), self.firm)

    def test_those_not_silent_are_the_others(self):
        self.firm.kontakti_interval_days = 30
        both = self.firm | self.person
        among = [("id", "in", both.ids), ("kontakti_silent", "=", False)]
        self.assertEqual(self._partners(self.anna, both).search(among), self.person)

    def test_the_interval_is_each_company_s_own(self):
        self.firm.with_company(self.other_company).kontakti_interval_days = 5
        self.assertFalse(self._get_silent(self.anna))
        self.assertEqual(self._get_silent(self.stranger), self.firm)

    def test_the_interval_is_a_number_of_days(self):
        for wrong in (-1, 10**9):
            with self.assertRaises(ValidationError):
                self.firm.kontakti_interval_days = wrong

    def test_the_section_is_there_when_any_customer_has_an_interval(self):
        self.assertIsNone(self._get_section(self.anna))
        self.firm.kontakti_interval_days = 60
        [group] = self._get_section(self.anna)["groups"]
        self.assertEqual(group["key"], "all")
        self.assertEqual(group["model"], "res.partner")
        self.assertEqual((group["customers"], group["contacts"]), (0, 0))
        self.firm.kontakti_interval_days = 30
        [group] = self._get_section(self.anna)["groups"]
        self.assertEqual(group["customers"], 1)
        found = self._partners(self.anna, self.firm).search(group["domain"])
        self.assertEqual(found, self.firm)

    def test_planning_takes_customers_off_the_list_and_undo_brings_them_back(self):
        firms = self.env["res.partner"].create(
            [
                {"name": f"Firm {n}", "is_company": True, "kontakti_interval_days": 9}
                for n in range(5)
            ]
        )
        self.assertEqual(self._get_silent(self.anna), firms)
        action = self.env.ref("kontakti_contact.action_plan_many")
        told = (
            action.with_user(self.anna)
            .with_context(active_model="res.partner", active_ids=firms.ids)
            .run()
        )
        self.assertFalse(self._get_silent(self.anna))
        planned = self._contacts(self.bertta).search([("partner_id", "in", firms.ids)])
        self.assertEqual(len(planned), 5)
        self.assertEqual(planned.responsible_id, self.anna)
        self.assertEqual(set(planned.mapped("next_date")), {TODAY})
        self.assertFalse(any(planned.mapped("date")), "nobody was reached yet")
        model, method, args = told["params"]["undo"]
        getattr(self._contacts(self.anna).env[model].browse(*args), method)()
        self.assertEqual(self._get_silent(self.anna), firms)

    def test_planning_again_leaves_what_is_open(self):
        self._create_contact(partner_id=self.firm.id)
        told = self._partners(self.anna, self.firm).action_plan_kontakti_contacts()
        self.assertFalse(told["params"]["undo"])
        self.assertEqual(self.env["kontakti.contact"].search_count([]), 2)

    def test_who_has_no_kontakti_plans_nothing(self):
        with self.assertRaises(AccessError):
            self._partners(self.employee, self.firm).action_plan_kontakti_contacts()


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestSections(PulseCommon):
    """The sections that a user sees: what is mine first, and none that he hides."""

    def _get_keys(self, user):
        return [one["key"] for one in self._contacts(user).get_task_list()["sections"]]

    def test_mine_comes_after_personal_and_has_no_unassigned(self):
        keys = self._get_keys(self.anna)
        self.assertEqual(keys[:3], ["personal", "mine", "organisation"])
        sections = self._contacts(self.anna).get_task_list()["sections"]
        groups = [group["key"] for group in sections[1]["groups"]]
        self.assertEqual(groups, ["all", "late", "today", "week", "later", "undated"])

    def test_mine_holds_what_i_am_responsible_for_and_is_not_personal(self):
        self._set_others_contacts_aside()
        mine = self._create_contact(self.bertta, responsible_id=self.anna.id)
        self._create_contact(self.anna)
        self._create_contact(self.anna, personal=True, responsible_id=self.anna.id)
        done = self._create_contact(self.anna, responsible_id=self.anna.id)
        done.action_done()
        section = self._contacts(self.anna).get_task_list()["sections"][1]
        domain = section["groups"][0]["domain"]
        self.assertEqual(self._contacts(self.anna).search(domain), mine)
        named = [("task_list_cell", "=", "mine.undated")]
        self.assertEqual(self._contacts(self.anna).search(named), mine)

    def test_a_user_hides_sections_in_the_preferences(self):
        view = "base.view_users_form_simple_modif"
        seen = self._partners(self.anna, self.anna)
        with Form(seen, view=view) as form:
            form.kontakti_hide_organisation = True
            form.kontakti_hide_mailing_list = True
        self.assertNotIn("organisation", self._get_keys(self.anna))
        self.assertNotIn("mailing_list", self._get_keys(self.anna))
        self.assertIn("organisation", self._get_keys(self.bertta))
        # what is hidden is still found by its address
        cell = [("task_list_cell", "=", "organisation.all")]
        self._contacts(self.anna).search(cell)

    def test_whoever_hides_everything_sees_an_empty_list(self):
        fields_of_hiding = [
            name for name in self.anna._fields if name.startswith("kontakti_hide_")
        ]
        self.assertEqual(len(fields_of_hiding), 5)
        self.anna.write(dict.fromkeys(fields_of_hiding, True))
        self.assertEqual(self._get_keys(self.anna), [])

    def test_who_may_only_read_contact_events_sees_the_task_list(self):
        auditors = self.env["res.groups"].create({"name": "Auditors"})
        self.env["ir.model.access"].create(
            {
                "name": "auditor",
                "model_id": self.env["ir.model"]._get_id("kontakti.contact"),
                "group_id": auditors.id,
                "perm_read": True,
            }
        )
        auditor = self._create_user("auditor", "base.group_user")
        auditor.group_ids = [fields.Command.link(auditors.id)]
        self._create_partner("Virtanen Oy", kontakti_interval_days=30)
        self.assertFalse(auditor.has_group(KONTAKTI_USER))
        self.assertNotIn("silent", self._get_keys(auditor))
        self.assertIn("mine", self._get_keys(auditor))

    def test_the_task_list_takes_three_statements_at_most(self):
        self._create_partner("Virtanen Oy", kontakti_interval_days=30)
        contacts = self._contacts(self.anna)
        contacts.get_task_list()  # rights and rules, once
        contacts = self._contacts(self.anna)
        before = self.env.cr.sql_log_count
        contacts.get_task_list()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 3)
