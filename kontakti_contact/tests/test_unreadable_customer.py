import json

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, TODAY, KontaktiCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestUnreadableCustomer(KontaktiCommon):
    """A customer that the user may not read hides nothing of the work with it (S12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls._create_partner("Muutto Oy", phone="09 1")
        cls.person = cls._create_partner(
            "Maija", is_company=False, parent_id=cls.partner.id
        )
        cls.contact = cls._create_contact(
            partner_id=cls.person.id, next_date=TODAY, mailing_list=True
        )
        cls.other = cls._create_contact(customer_name="Typed Oy", next_date=TODAY)
        (cls.partner | cls.person).company_id = cls.other_company
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        with self.assertRaises(AccessError):
            self._seen_by(self.anna, self.partner).read(["name"])

    def _customers(self, section="organisation", group="today"):
        contacts = self._contacts(self.anna)
        answer = contacts.get_task_list_customers(section, group)
        return {row["name"]: row for row in json.loads(json.dumps(answer))["customers"]}

    def test_its_cell_shows_its_stored_name_and_no_way_to_it(self):
        customers = self._customers()
        self.assertLessEqual({"Muutto Oy", "Typed Oy"}, customers.keys())
        self.assertIs(customers["Muutto Oy"]["partner_id"], False)
        self.assertEqual(customers["Muutto Oy"]["contacts"], 1)
        self.assertIn("Muutto Oy", self._customers("mailing_list", "all"))

    def test_a_readable_customer_still_leads_to_its_card(self):
        partner = self._create_partner("Virtanen Oy")
        self._create_contact(partner_id=partner.id, next_date=TODAY)
        self.assertEqual(self._customers()["Virtanen Oy"]["partner_id"], partner.id)

    def test_a_responsible_person_that_one_may_not_read_is_named(self):
        self.contact.sudo().responsible_id = self.bertta
        self.env.flush_all()
        self.bertta.write(
            {
                "company_ids": [(6, 0, self.other_company.ids)],
                "company_id": self.other_company.id,
            }
        )
        self.bertta.group_ids = self.env.ref("base.group_portal")
        self.env.cr.execute(  # however it came about
            "UPDATE kontakti_contact SET responsible_id = %s WHERE id = %s",
            (self.bertta.id, self.contact.id),
        )
        with self.assertRaises(AccessError):
            self._seen_by(self.anna, self.bertta).read(["name"])
        (item,) = self._customers()["Muutto Oy"]["items"]
        self.assertEqual(item["responsible"], "Bertta")

    def test_every_view_of_it_opens(self):
        contacts = self._contacts(self.anna)
        cell = contacts._get_cell_domain("organisation", "today")
        for view_type in ("form", "list", "kanban"):
            contact = self._seen_by(self.anna, self.contact)
            read = contact.web_read(self._get_specification(view_type))
            self.assertEqual(read[0]["customer_name"], "Muutto Oy", view_type)
        groups = contacts.web_read_group(cell, ["customer_key"], limit=80)["groups"]
        self.assertIn("Muutto Oy", [group["customer_key"][1] for group in groups])

    def test_its_form_opens_is_edited_and_saved(self):
        with Form(self._seen_by(self.anna, self.contact)) as form:
            form.name = "Another subject"
        self.assertEqual(self.contact.name, "Another subject")

    def test_it_is_worked_with(self):
        contact = self._seen_by(self.anna, self.contact)
        self.assertTrue(contact.get_applications() is not None)
        contact.action_postpone(1)
        contact.action_done()
        contact.action_reopen()
        self.assertEqual(contact.customer_name, "Muutto Oy")
        self.assertEqual(contact.state, "open")

    @classmethod
    def _get_specification(cls, view_type):
        """Return what the web client reads for a view, names of relations and all."""
        contacts = cls._contacts(cls.anna)
        shown = contacts.get_views([(False, view_type)])["models"]["kontakti.contact"]
        names = shown["fields"]
        arch = contacts.get_view(view_type=view_type)["arch"]
        return {
            name: {"fields": {"display_name": {}}}
            if contacts._fields[name].relational
            else {}
            for name in names
            if f'name="{name}"' in arch
        }
