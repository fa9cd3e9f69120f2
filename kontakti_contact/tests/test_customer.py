from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import KontaktiCommon

REGISTER = {
    "phone": "+358 9 1234567",
    "email": "info@virtanen.example.com",
    "street": "Katu 1",
    "street2": "C 3",
    "zip": "00100",
    "city": "Helsinki",
}


@tagged("post_install", "-at_install")
class TestCustomerData(KontaktiCommon):
    """The customer's data: from the register, or typed (S17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finland = cls.env.ref("base.fi")
        cls.virtanen = cls._create_partner(country_id=cls.finland.id, **REGISTER)
        cls.matti = cls._create_partner(
            "Matti Virtanen",
            is_company=False,
            parent_id=cls.virtanen.id,
            type="other",
            phone="040 7654321",
            city="Espoo",
        )
        cls.korhonen = cls._create_partner("Korhonen Ab", phone="09 555555")

    def assert_data(self, contact, **expected):
        self.assertEqual({fname: contact[fname] for fname in expected}, expected)

    def test_a_chosen_customer_brings_the_data_of_the_register(self):
        contact = self._create_contact(partner_id=self.virtanen.id)
        self.assert_data(
            contact,
            customer_name="Virtanen Oy",
            contact_person=False,
            country_id=self.finland,
            commercial_partner_id=self.virtanen,
            customer_key=f"#{self.virtanen.id}",
            **REGISTER,
        )

    def test_a_chosen_person_brings_the_company_s_name_and_the_own_data(self):
        contact = self._create_contact(partner_id=self.matti.id)
        self.assert_data(
            contact,
            customer_name="Virtanen Oy",
            contact_person="Matti Virtanen",
            phone="040 7654321",
            city="Espoo",
            commercial_partner_id=self.virtanen,
            customer_key=f"#{self.virtanen.id}",
        )

    def test_a_private_person_is_the_customer(self):
        person = self._create_partner("Liisa", is_company=False, phone="1234567")
        contact = self._create_contact(partner_id=person.id)
        self.assert_data(
            contact, customer_name="Liisa", contact_person=False, phone="1234567"
        )

    def test_the_data_follows_the_register(self):
        """Also when somebody without Kontakti changes the register."""
        contact = self._create_contact(partner_id=self.matti.id)
        self.matti.write({"name": "Matti Meikäläinen", "phone": "050 1"})
        self.virtanen.name = "Virtanen Group Oy"
        self.assert_data(
            self._seen_by(self.anna, contact),
            customer_name="Virtanen Group Oy",
            contact_person="Matti Meikäläinen",
            phone="050 1",
        )

    def test_a_person_who_changes_jobs_takes_the_contacts_along(self):
        contact = self._create_contact(partner_id=self.matti.id)
        self.matti.parent_id = self.korhonen
        self.assert_data(
            self._seen_by(self.anna, contact),
            customer_name="Korhonen Ab",
            commercial_partner_id=self.korhonen,
            customer_key=f"#{self.korhonen.id}",
        )

    def test_typed_data_stays_without_a_registered_customer(self):
        typed = {"customer_name": "Älämölö", "contact_person": "Maija", **REGISTER}
        contact = self._create_contact(country_id=self.finland.id, **typed)
        contact.name = "Something else"
        self.assert_data(
            self._seen_by(self.anna, contact), country_id=self.finland, **typed
        )
        self.assertEqual(contact.customer_key, "älämölö")

    def test_a_value_given_with_the_customer_is_ignored(self):
        """An import or API call with customer and phone gets the register's data."""
        contact = self._create_contact(
            partner_id=self.virtanen.id, phone="112", customer_name="", zip=False
        )
        self.assert_data(contact, customer_name="Virtanen Oy", **REGISTER)
        contact.write({"partner_id": self.korhonen.id, "email": "x@example.com"})
        self.assert_data(
            contact,
            customer_name="Korhonen Ab",
            email=False,
            phone="09 555555",
            city=False,
        )

    def test_switching_the_customer_leaves_nothing_of_the_first(self):
        contact = self._create_contact(partner_id=self.matti.id)
        contact.partner_id = self.korhonen
        nothing = dict.fromkeys(("street", "street2", "zip", "city", "email"), False)
        self.assert_data(
            contact,
            customer_name="Korhonen Ab",
            contact_person=False,
            phone="09 555555",
            country_id=self.env["res.country"],
            **nothing,
        )

    def test_switching_the_customer_on_the_form_leaves_nothing_of_the_first(self):
        with Form(self._contacts(self.anna)) as form:
            form.name = "Call"
            form.partner_id = self.matti.with_user(self.anna)
            self.assertEqual(form.contact_person, "Matti Virtanen")
            form.partner_id = self.korhonen.with_user(self.anna)
            self.assertFalse(form.contact_person)
            self.assertFalse(form.city)
            self.assertEqual(form.customer_name, "Korhonen Ab")
            form.contact_person = "Kaisa"
        self.assert_data(form.record, contact_person="Kaisa", phone="09 555555")

    def test_switching_a_saved_contact_on_the_form_leaves_nothing_either(self):
        contact = self._create_contact(partner_id=self.matti.id)
        with Form(self._seen_by(self.anna, contact)) as form:
            form.partner_id = self.korhonen.with_user(self.anna)
        self.assert_data(contact, contact_person=False, city=False)

    def test_a_person_typed_for_a_company_stays_when_the_register_changes(self):
        contact = self._create_contact(
            partner_id=self.virtanen.id, contact_person="Maija"
        )
        self.virtanen.write({"name": "Virtanen Group Oy", "phone": "1"})
        self.assert_data(
            self._seen_by(self.anna, contact),
            contact_person="Maija",
            customer_name="Virtanen Group Oy",
            phone="1",
        )

    def test_typed_names_are_one_customer_whatever_spaces_and_case(self):
        """S12: what the task list counts as one."""
        keys = {
            self._create_contact(customer_name=name).customer_key
            for name in ("ÅÄÖ Oy", " åäö oy ", "Åäö OY")
        }
        self.assertEqual(keys, {"åäö oy"})
        self.assertFalse(self._create_contact().customer_key)
        self.assertFalse(self._create_contact(customer_name="   ").customer_key)

    def test_a_typed_name_never_counts_as_a_customer_of_the_register(self):
        """S12: somebody types "#7"; that is not the partner with the id 7."""
        typed = self._create_contact(customer_name=f"#{self.virtanen.id}")
        registered = self._create_contact(partner_id=self.virtanen.id)
        self.assertNotEqual(typed.customer_key, registered.customer_key)

    def test_a_customer_with_contacts_cannot_be_deleted(self):
        """Nothing gets lost: archive the customer instead."""
        self._create_contact(partner_id=self.korhonen.id)
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.korhonen.unlink()
        self.assertTrue(self.korhonen.exists())

    def test_a_customer_of_another_company_is_refused(self):
        """S1: the organisation's contacts name the organisation's customers."""
        foreign = self._create_partner("Far Oy", company_id=self.other_company.id)
        with self.assertRaises(UserError):
            self._create_contact(
                self.both, partner_id=foreign.id, company_id=self.company.id
            )

    def _follow(self, write):
        """Return how many statements on contact events ``write()`` takes, to the end."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        write()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_a_customer_with_many_contacts_is_renamed_in_one_statement(self):
        few, many = self._create_partner("Few Oy"), self._create_partner("Many Oy")
        people = self.env["res.partner"].create(
            [{"name": f"P{n}", "parent_id": many.id} for n in range(5)]
        )
        self._contacts(self.anna).create(
            [{"name": "Call", "partner_id": few.id}]
            + [{"name": "Call", "partner_id": p.id} for p in (many | people)] * 100
        )
        one = self._follow(lambda: few.write({"name": "A", "phone": "1"}))
        all_of_them = self._follow(lambda: many.write({"name": "B", "phone": "2"}))
        # Odoo itself looks at the people of the company
        self.assertLessEqual(all_of_them, one + 4)
        found = self._contacts(self.anna).search([("partner_id", "in", people.ids)])
        self.assertEqual(len(found), 500)
        self.assertEqual(set(found.mapped("customer_name")), {"B"})

    def test_what_is_in_the_cache_follows_too(self):
        """In the same transaction, before anything is written to the database."""
        contact = self._create_contact(partner_id=self.matti.id)
        self.env.flush_all()
        for partner, vals, expected in (
            (self.matti, {"phone": "1"}, {"phone": "1"}),
            (self.matti, {"name": "Maija"}, {"contact_person": "Maija"}),
            (self.virtanen, {"name": "Group"}, {"customer_name": "Group"}),
            (
                self.matti,
                {"parent_id": self.korhonen.id},
                {
                    "customer_name": "Korhonen Ab",
                    "commercial_partner_id": self.korhonen,
                    "customer_key": f"#{self.korhonen.id}",
                },
            ),
            (
                self.korhonen,
                {"parent_id": self.virtanen.id, "is_company": False},
                {"customer_name": "Group", "commercial_partner_id": self.virtanen},
            ),
        ):
            with self.subTest(vals=vals):
                self.assertTrue([contact[fname] for fname in expected])
                partner.write(vals)
                self.assert_data(contact, **expected)

    def test_a_search_finds_what_the_register_has_now(self):
        contact = self._create_contact(partner_id=self.matti.id)
        self.virtanen.name = "Qwerty Oy"
        found = contact.search([("customer_name", "=", "Qwerty Oy")])
        self.assertEqual(found, contact)

    def test_a_partner_made_and_moved_in_one_go_takes_its_contacts_along(self):
        parent = self.env["res.partner"].create({"name": "N", "is_company": True})
        child = self.env["res.partner"].create({"name": "C", "parent_id": parent.id})
        contact = self._contacts(self.anna).create(
            {"name": "Call", "partner_id": child.id}
        )
        self.assertEqual(contact.customer_name, "N")
        parent.parent_id = self.korhonen
        parent.is_company = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assert_data(
            contact,
            customer_name="Korhonen Ab",
            commercial_partner_id=child.commercial_partner_id,
        )
