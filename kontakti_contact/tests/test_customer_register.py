from runpy import run_path

from lxml import etree

from odoo.service.model import call_kw
from odoo.tests import Form, freeze_time, tagged
from odoo.tools.misc import file_path
from odoo.tools.safe_eval import safe_eval

from .common import NOW, KontaktiCommon

REGISTER = {
    "phone": "+358 9 1234567",
    "email": "info@virtanen.example.com",
    "street": "Katu 1",
    "street2": "C 3",
    "zip": "00100",
    "city": "Helsinki",
}
GIVEN = dict.fromkeys(("customer_name", *REGISTER), "given beside")
BLANK = dict.fromkeys(GIVEN, False)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCustomerRegister(KontaktiCommon):
    """With a customer of the register the register's data, always (S17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finland = cls.env.ref("base.fi")
        cls.virtanen = cls._create_partner(country_id=cls.finland.id, **REGISTER)
        cls.korhonen = cls._create_partner("Korhonen Ab", city="Turku")
        cls.matti = cls._create_partner(
            "Matti Virtanen",
            is_company=False,
            parent_id=cls.virtanen.id,
            type="other",
            phone="040 1",
        )

    def assert_register(self, contact):
        contact = self._seen_by(self.anna, contact)
        values = {name: contact[name] for name in REGISTER}
        self.assertEqual(values, REGISTER)
        self.assertEqual(contact.customer_name, "Virtanen Oy")
        self.assertEqual(contact.country_id, self.finland)

    def _ways_of_giving(self, values):
        """Yield a name and a contact event that got ``values`` beside its customer."""
        contacts = self._contacts(self.anna)
        of_virtanen = {"name": "Call", "partner_id": self.virtanen.id}
        yield "create", contacts.create({**of_virtanen, **values})
        yield (
            "over RPC",
            contacts.browse(
                call_kw(contacts, "create", [{**of_virtanen, **values}], {})
            ),
        )
        defaults = {f"default_{name}": value for name, value in values.items()}
        yield "the context", contacts.with_context(**defaults).create(of_virtanen)
        saved = contacts.web_save({**of_virtanen, **values}, {"name": {}})
        yield "web_save", contacts.browse(saved[0]["id"])
        later = contacts.create(of_virtanen)
        later.write(values)
        yield "write", later
        switched = contacts.create({"name": "Call", "partner_id": self.korhonen.id})
        switched.write({"partner_id": self.virtanen.id, **values})
        yield "write with the customer", switched
        assigned = contacts.create(of_virtanen)
        for name, value in values.items():
            assigned[name] = value
        yield "assignment", assigned
        row = [str(value or "") for value in values.values()]
        result = contacts.load(
            ["name", "partner_id", *values], [["Call", "Virtanen Oy", *row]]
        )
        self.assertFalse(result["messages"])
        yield "an import", contacts.browse(result["ids"])

    def test_what_is_given_beside_the_customer_is_ignored(self):
        for way, contact in self._ways_of_giving(GIVEN):
            with self.subTest(way=way):
                self.assert_register(contact)

    def test_blanks_given_beside_the_customer_are_ignored(self):
        """A file whose own columns are empty: the label has its address all the same."""
        for way, contact in self._ways_of_giving(BLANK):
            with self.subTest(way=way):
                self.assert_register(contact)

    def test_of_many_written_at_once_the_typed_ones_alone_take_it(self):
        registered = self._create_contact(partner_id=self.virtanen.id)
        typed = self._create_contact(customer_name="Älämölö", phone="1")
        both = self._seen_by(self.anna, registered | typed)
        both.write({"phone": "112", "next_date": "2026-12-01"})
        self.assert_register(registered)
        self.assertEqual(typed.phone, "112")
        self.assertEqual(len(set(both.mapped("next_date"))), 1)

    def test_who_leaves_the_register_takes_what_is_typed(self):
        contact = self._create_contact(partner_id=self.virtanen.id)
        contact.write({"partner_id": False, "phone": "112"})
        self.assertEqual((contact.phone, contact.city), ("112", "Helsinki"))

    def test_the_customer_s_key_and_company_are_nobody_s_to_write(self):
        contact = self._create_contact(partner_id=self.virtanen.id)
        call_kw(
            self._contacts(self.anna),
            "write",
            [
                contact.ids,
                {"commercial_partner_id": self.korhonen.id, "customer_key": "x"},
            ],
            {},
        )
        contact = self._seen_by(self.anna, contact)
        self.assertEqual(contact.commercial_partner_id, self.virtanen)
        self.assertEqual(contact.customer_key, f"#{self.virtanen.id}")

    def test_a_blank_cell_for_the_person_is_no_person_cleared(self):
        result = self._contacts(self.anna).load(
            ["name", "partner_id/.id", "contact_person"],
            [["Call", str(self.matti.id), ""]],
        )
        contact = self._contacts(self.anna).browse(result["ids"])
        self.assertEqual(contact.contact_person, "Matti Virtanen")

    def test_the_form_keeps_nothing_typed_beside_the_customer(self):
        with Form(self._contacts(self.anna)) as form:
            form.name = "Call"
            form.phone = "112"
            form.partner_id = self.virtanen.with_user(self.anna)
            self.assertEqual(form.phone, REGISTER["phone"])
        self.assert_register(form.record)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCustomerHistory(KontaktiCommon):
    """Of a done contact event the company it was with is history (S3, S12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.virtanen = cls._create_partner("Virtanen Oy", city="Helsinki")
        cls.korhonen = cls._create_partner("Korhonen Ab", city="Turku")
        cls.matti = cls._create_partner(
            "Matti", is_company=False, parent_id=cls.virtanen.id, type="contact"
        )
        cls.done = cls._create_contact(
            partner_id=cls.matti.id, name="January", state="done", mailing_list=True
        )
        cls.open = cls._create_contact(partner_id=cls.matti.id, name="Today")

    def assert_with(self, contact, company):
        contact = self._seen_by(self.anna, contact)
        self.assertEqual(contact.commercial_partner_id, company)
        self.assertEqual(contact.customer_name, company.name)
        self.assertEqual(contact.customer_key, f"#{company.id}")

    def _move(self):
        self.matti.write({"parent_id": self.korhonen.id})
        self.env.flush_all()

    def _count(self, partner):
        return self._seen_by(self.anna, partner).kontakti_contact_count

    def test_the_past_stays_with_the_company_and_the_rest_moves(self):
        self._move()
        self.assert_with(self.done, self.virtanen)
        self.assert_with(self.open, self.korhonen)
        self.assertEqual(
            (self._count(self.virtanen), self._count(self.korhonen)), (1, 1)
        )
        self.assertEqual(self._count(self.matti), 2)

    def test_the_card_s_button_opens_what_its_number_says(self):
        """Also after F5: the stored action's domain is the button's."""
        self._move()
        stored = self.env.ref("kontakti_contact.kontakti_contact_action_customer")
        for partner in (self.virtanen, self.korhonen, self.matti):
            partner = self._seen_by(self.anna, partner)
            domain = partner.action_open_kontakti_contacts()["domain"]
            found = self._contacts(self.anna).search(domain)
            self.assertEqual(len(found), partner.kontakti_contact_count)
            again = safe_eval(stored.domain, {"active_id": partner.id})
            self.assertEqual(self._contacts(self.anna).search(again), found)

    def test_a_reopened_one_follows_and_a_done_one_no_longer(self):
        self._move()
        self._seen_by(self.anna, self.done).action_reopen()
        self.assert_with(self.done, self.korhonen)
        self._seen_by(self.anna, self.open).action_done()
        self.matti.parent_id = self.virtanen
        self.assert_with(self.open, self.korhonen)
        self.assert_with(self.done, self.virtanen)

    def test_done_and_moved_in_one_transaction(self):
        self._seen_by(self.anna, self.open).action_done()
        self.matti.parent_id = self.korhonen
        self.assert_with(self.open, self.virtanen)

    def test_the_names_and_the_address_are_the_present_ones(self):
        self._move()
        self.matti.write(
            {"name": "Matti Meikäläinen", "phone": "050 1", "city": "Oulu"}
        )
        self.virtanen.name = "Virtanen Group Oy"
        done = self._seen_by(self.anna, self.done)
        self.assertEqual(done.customer_name, "Virtanen Group Oy")
        self.assertEqual(done.contact_person, "Matti Meikäläinen")
        self.assertEqual((done.phone, done.city), ("050 1", "Oulu"))

    def test_another_customer_chosen_is_no_move(self):
        liisa = self._create_partner(
            "Liisa", is_company=False, parent_id=self.korhonen.id
        )
        self._seen_by(self.anna, self.done).partner_id = liisa
        self.assert_with(self.done, self.korhonen)

    def test_the_same_customer_written_again_is_no_move_either(self):
        """A file that is imported again, or an outside client."""
        self._move()
        self._seen_by(self.anna, self.done).write(
            {"partner_id": self.matti.id, "name": "January, corrected"}
        )
        self.assert_with(self.done, self.virtanen)

    def test_a_person_who_leaves_for_nobody_keeps_the_past_and_the_name(self):
        self.matti.parent_id = False
        self.assert_with(self.done, self.virtanen)
        self.assert_with(self.open, self.matti)
        self.assertEqual(self.done.contact_person, "Matti")

    def test_a_person_typed_stays_when_the_customer_moves(self):
        self._seen_by(self.anna, self.open).contact_person = "Maija, assistant"
        self._move()
        self.assertEqual(
            self._seen_by(self.anna, self.open).contact_person, "Maija, assistant"
        )

    def test_merged_companies_are_one_in_the_past_too(self):
        self._move()
        self._merge(self.virtanen, into=self.korhonen)
        self.assert_with(self.done, self.korhonen)
        self.assert_with(self.open, self.korhonen)

    def test_merged_people_are_one_and_the_past_stays_where_it_was(self):
        twin = self._create_partner(
            "Matti M.", is_company=False, parent_id=self.korhonen.id
        )
        self._merge(self.matti, into=twin)
        self.assertEqual(self.done.partner_id, twin)
        self.assert_with(self.done, self.virtanen)
        self.assert_with(self.open, self.korhonen)

    def _merge(self, gone, into):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (gone | into).ids, into, extra_checks=False
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def test_a_label_goes_to_the_company_where_the_person_is_now(self):
        self._move()
        self.matti.write({"street": "Uusi katu 1", "zip": "20100", "city": "Turku"})
        contacts = self._contacts(self.anna)
        (found,) = contacts._get_label_recipients([("id", "=", self.done.id)])
        self.assertEqual(found.name, "Korhonen Ab")
        self.assertEqual((found.street, found.person), ("Uusi katu 1", "Matti"))
        self.assertEqual(found.customer, f"#{self.korhonen.id}")

    def test_a_follow_up_of_the_past_is_of_the_present(self):
        self._move()
        self._seen_by(self.anna, self.done).action_follow_up()
        self.assert_with(self.done.follow_up_ids, self.korhonen)

    def test_moving_is_one_statement_however_many_there_are(self):
        """And one by which the customers left and joined are counted anew."""
        for number in range(3):
            self._create_contact(partner_id=self.matti.id, name=f"Call {number}")
        contacts = self.env["kontakti.contact"]
        self.env.flush_all()
        with self.assertQueryCount(2):
            contacts._follow_register(self.matti.ids, ["commercial_partner_id"])


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestContactPerson(KontaktiCommon):
    """Proposed from the register, free to type, and never cleared (S2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.virtanen = cls._create_partner("Virtanen Oy").with_user(cls.anna)
        cls.korhonen = cls._create_partner("Korhonen Ab").with_user(cls.anna)
        cls.matti = cls._create_partner(
            "Matti", is_company=False, parent_id=cls.virtanen.id
        ).with_user(cls.anna)
        cls.liisa = cls._create_partner(
            "Liisa", is_company=False, parent_id=cls.korhonen.id
        ).with_user(cls.anna)

    def _new_form(self):
        form = Form(self._contacts(self.anna))
        form.name = "Call"
        return form

    def test_a_typed_person_stays_when_a_company_is_chosen(self):
        form = self._new_form()
        form.contact_person = "Maija"
        for company in (self.virtanen, self.korhonen):
            form.partner_id = company
            self.assertEqual(form.contact_person, "Maija")
        self.assertEqual(form.save().contact_person, "Maija")

    def test_a_typed_person_of_a_saved_one_stays_too(self):
        contact = self._create_contact(
            partner_id=self.virtanen.id, contact_person="Maija"
        )
        with Form(self._seen_by(self.anna, contact)) as form:
            form.partner_id = self.korhonen
            self.assertEqual(form.contact_person, "Maija")
        self.assertEqual(contact.contact_person, "Maija")
        self._seen_by(self.anna, contact).partner_id = self.virtanen
        self.assertEqual(contact.contact_person, "Maija")

    def test_a_proposed_person_is_replaced_by_another_proposal(self):
        form = self._new_form()
        for partner, person in (
            (self.matti, "Matti"),
            (self.liisa, "Liisa"),
            (self.virtanen, False),
            (self.matti, "Matti"),
        ):
            form.partner_id = partner
            self.assertEqual(form.contact_person, person)
        contact = form.save()
        with Form(self._seen_by(self.anna, contact)) as form:
            form.partner_id = self.korhonen
            self.assertFalse(form.contact_person)
        self.assertFalse(contact.contact_person)

    def test_over_rpc_a_proposal_goes_and_a_typed_person_stays(self):
        proposed = self._create_contact(partner_id=self.matti.id)
        typed = self._create_contact(partner_id=self.matti.id, contact_person="Maija")
        self._seen_by(self.anna, proposed | typed).write(
            {"partner_id": self.korhonen.id}
        )
        self.assertEqual(
            [contact.contact_person for contact in (proposed, typed)], [False, "Maija"]
        )

    def test_what_is_typed_after_a_proposal_is_typed(self):
        form = self._new_form()
        form.partner_id = self.matti
        form.contact_person = "Maija"
        form.partner_id = self.korhonen
        self.assertEqual(form.contact_person, "Maija")

    def _rename_matti(self):
        self.matti.sudo().name = "Matti Meikäläinen"
        self.env.flush_all()

    def _read_people(self, contacts):
        return [
            contact.contact_person for contact in self._seen_by(self.anna, contacts)
        ]

    def test_a_typed_person_stays_when_the_person_chosen_is_renamed(self):
        proposed = self._create_contact(partner_id=self.matti.id)
        typed = self._create_contact(partner_id=self.matti.id, contact_person="Maija")
        self._rename_matti()
        self.assertEqual(
            self._read_people(proposed | typed), ["Matti Meikäläinen", "Maija"]
        )

    def test_a_typed_person_stays_when_the_person_moves_and_is_renamed(self):
        typed = self._create_contact(partner_id=self.matti.id, contact_person="Maija")
        done = self._create_contact(
            partner_id=self.matti.id, contact_person="Maija", state="done"
        )
        proposed = self._create_contact(partner_id=self.matti.id, state="done")
        self.matti.sudo().write({"parent_id": self.korhonen.id, "name": "Matti K."})
        self.env.flush_all()
        self.assertEqual(
            self._read_people(typed | done | proposed), ["Maija", "Maija", "Matti K."]
        )

    def test_a_person_who_left_the_company_is_renamed_in_the_past_too(self):
        proposed = self._create_contact(partner_id=self.matti.id, state="done")
        typed = self._create_contact(
            partner_id=self.matti.id, contact_person="Maija", state="done"
        )
        self.matti.sudo().parent_id = False
        self.env.flush_all()
        self._rename_matti()
        self.assertEqual(
            self._read_people(proposed | typed), ["Matti Meikäläinen", "Maija"]
        )

    def test_a_typed_person_stays_when_people_are_merged(self):
        twin = self._create_partner(
            "Matti M.", is_company=False, parent_id=self.virtanen.id
        )
        proposed = self._create_contact(partner_id=self.matti.id)
        typed = self._create_contact(partner_id=self.matti.id, contact_person="Maija")
        kept = self._create_contact(partner_id=twin.id, contact_person="Maija")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.matti.sudo() | twin).ids, twin, extra_checks=False
        )
        self.assertEqual(
            self._read_people(proposed | typed | kept), ["Matti M.", "Maija", "Maija"]
        )

    def test_a_very_long_name_proposed_is_known_again(self):
        self.matti.sudo().name = "M" * 300
        self.env.flush_all()
        proposed = self._create_contact(partner_id=self.matti.id)
        self.assertEqual(len(proposed.contact_person), 250)
        self._rename_matti()
        self.assertEqual(self._read_people(proposed), ["Matti Meikäläinen"])

    def test_the_form_tells_the_server_what_was_proposed(self):
        arch = self._contacts(self.anna).get_view(view_type="form")["arch"]
        names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
        self.assertIn("proposed_person", names)


@tagged("post_install", "-at_install")
class TestMigration(KontaktiCommon):
    """Rows that an earlier import left half empty are the register's again (S17)."""

    def test_the_step_repairs_what_was_left_blank_and_touches_nothing_else(self):
        partner = self._create_partner(**REGISTER)
        broken = self._create_contact(
            partner_id=partner.id, contact_person="Maija", state="done"
        )
        typed = self._create_contact(customer_name="Älämölö", phone="1")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE kontakti_contact SET customer_name = NULL, street = NULL,"
            " zip = '', phone = '112', name = E' \\t' WHERE id = %s",
            [broken.id],
        )
        before = typed.read()
        path = file_path("kontakti_contact/migrations/19.0.1.2.0/post-people.py")
        run_path(path)["migrate"](self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual({name: broken[name] for name in REGISTER}, REGISTER)
        self.assertEqual(broken.customer_name, "Virtanen Oy")
        self.assertEqual(broken.contact_person, "Maija")
        self.assertTrue(broken.name.strip())
        self.assertEqual(typed.read(), before)
