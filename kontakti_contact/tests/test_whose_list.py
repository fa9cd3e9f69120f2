from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, TODAY, KontaktiCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestWhoseList(KontaktiCommon):
    """The task list as of one person, and handing it over from there (S7, S14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_others_contacts_aside()
        cls.late = cls._create_contact(
            next_date="2026-11-20", responsible_id=cls.bertta.id, customer_name="Kivi"
        )
        cls.today = cls._create_contact(next_date=TODAY, responsible_id=cls.bertta.id)
        cls._create_contact(next_date=TODAY, responsible_id=cls.anna.id)
        cls._create_contact(cls.bertta, next_date=TODAY, personal=True)

    def _list(self, user, whose):
        [section] = self._contacts(user, kontakti_whose=whose.id).get_task_list()[
            "sections"
        ]
        return section

    def test_it_holds_what_that_person_is_responsible_for(self):
        section = self._list(self.manager, self.bertta)
        numbers = {group["key"]: group["contacts"] for group in section["groups"]}
        self.assertEqual(section["name"], "Bertta")
        self.assertEqual((numbers["all"], numbers["late"], numbers["today"]), (2, 1, 1))
        self.assertNotIn("unassigned", numbers)

    def test_a_number_equals_its_cell_and_its_address(self):
        section = self._list(self.manager, self.bertta)
        contacts = self._contacts(self.manager)
        for group in section["groups"]:
            name = f"{section['key']}.{group['key']}"
            found = contacts.search([("task_list_cell", "=", name)])
            self.assertEqual(found, contacts.search(group["domain"]), name)
            self.assertEqual(len(found), group["contacts"], name)
        shown = contacts.get_task_list_customers(section["key"], "late")
        [customer] = shown["customers"]
        self.assertEqual(customer["items"][0]["id"], self.late.id)

    def test_a_cell_that_is_none_is_refused(self):
        for section in ("organisation@", "personal@7", "organisation@x", "@", "@7"):
            with self.subTest(section), self.assertRaises(UserError):
                self._contacts(self.manager).get_task_list_customers(section, "late")
        for whose in ("x", 1.5, -1):
            with self.subTest(whose), self.assertRaises(UserError):
                self._contacts(self.manager, kontakti_whose=whose).get_task_list()

    def test_a_manager_hands_the_cell_over(self):
        section = self._list(self.manager, self.bertta)["key"]
        action = self._contacts(self.manager).action_hand_over_cell(section, "late")
        wizard = self.env["kontakti.hand.over"].browse(action["res_id"])
        wizard = wizard.with_user(self.manager)
        wizard.to_user_id = self.anna
        wizard.action_hand_over()
        self.assertEqual(self.late.responsible_id, self.anna)
        self.assertEqual(self.today.responsible_id, self.bertta)

    def test_others_hand_nothing_over(self):
        with self.assertRaises(AccessError):
            self._contacts(self.anna).action_hand_over_cell("organisation", "late")


@tagged("post_install", "-at_install")
class TestPurposeTexts(KontaktiCommon):
    """A purpose brings its questions and checklist, where nothing is written yet (S1)."""

    def test_chosen_it_fills_only_what_is_empty(self):
        purpose = self.env["kontakti.purpose"].create(
            {
                "name": "Yearly review",
                "discussion_template": "<p>Satisfied?</p>",
                "actions_template": "<ul><li>Send the offer</li></ul>",
            }
        )
        contact = self._create_contact(actions="<p>Own</p>").with_user(self.anna)
        with Form(contact) as form:
            form.purpose_id = purpose
        self.assertIn("Satisfied?", contact.discussion)
        self.assertNotIn("Send the offer", contact.actions)

    def test_a_purpose_without_texts_leaves_all_as_it_is(self):
        purpose = self.env["kontakti.purpose"].create({"name": "Bare"})
        contact = self._create_contact(discussion="<p>Own</p>").with_user(self.anna)
        with Form(contact) as form:
            form.purpose_id = purpose
        self.assertIn("Own", contact.discussion)
        self.assertFalse(contact.actions)
