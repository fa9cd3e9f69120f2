from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import KontaktiCommon

TYPED = {
    "customer_name": "Älämölö Oy",
    "phone": "+358 40 123 4567",
    "email": "info@alamolo.example.com",
    "street": "Katu 1",
    "zip": "00100",
    "city": "Helsinki",
}


@tagged("post_install", "-at_install")
class TestCreateCustomer(KontaktiCommon):
    """One click makes a customer of the typed data, never a second one (S17)."""

    def _create_customer(self, contact):
        """Click Create customer; return the partners that came into being."""
        partners = self.env["res.partner"].with_context(active_test=False)
        before = partners.search([])
        self.result = contact.action_create_customer()
        return partners.search([]) - before

    def _open_dialog(self, contact):
        """Return the dialog that Create customer answers with, as the web client."""
        self.assertFalse(self._create_customer(contact), "a silent duplicate")
        self.assertEqual(self.result["res_model"], "kontakti.customer.create")
        wizard = contact.env["kontakti.customer.create"]
        return Form(wizard.with_context(**self.result["context"]))

    def assert_proposed(self, partner, **typed):
        with self.subTest(**typed):
            contact = self._create_contact(**typed)
            dialog = self._open_dialog(contact)
            self.assertIn(partner.id, dialog.match_ids.ids)
            self.assertFalse(contact.partner_id)

    def assert_created(self, **typed):
        with self.subTest(**typed):
            contact = self._create_contact(**typed)
            self.assertTrue(self._create_customer(contact))
            self.assertIs(self.result, True)
            self.assertTrue(contact.partner_id)

    def test_the_typed_data_goes_to_the_register(self):
        finland = self.env.ref("base.fi")
        contact = self._create_contact(country_id=finland.id, **TYPED)
        partner = self._create_customer(contact)
        self.assertEqual(len(partner), 1)
        self.assertEqual(partner.name, TYPED["customer_name"])
        self.assertTrue(partner.is_company)
        self.assertEqual(partner.country_id, finland)
        self.assertEqual(partner.company_id, contact.company_id)
        for fname in TYPED.keys() - {"customer_name"}:
            self.assertEqual(partner[fname], TYPED[fname], fname)
        self.assertEqual(contact.partner_id, partner)
        self.assertEqual(contact.commercial_partner_id, partner)

    def test_a_contact_person_becomes_a_person_of_the_company(self):
        contact = self._create_contact(contact_person="Matti", **TYPED)
        partners = self._create_customer(contact)
        person = contact.partner_id
        self.assertEqual(person.name, "Matti")
        self.assertEqual(person.parent_id.name, TYPED["customer_name"])
        self.assertEqual(partners, person + person.parent_id)
        self.assertEqual(contact.commercial_partner_id, person.parent_id)
        self.assertEqual(contact.phone, TYPED["phone"])
        self.assertEqual(contact.city, TYPED["city"])

    def test_a_contact_person_alone_is_a_private_customer(self):
        contact = self._create_contact(contact_person="Matti Meikäläinen")
        partner = self._create_customer(contact)
        self.assertEqual(partner.name, "Matti Meikäläinen")
        self.assertFalse(partner.is_company)
        self.assertEqual(contact.partner_id, partner)

    def test_a_name_is_needed(self):
        contact = self._create_contact(phone="040 1234567")
        with self.assertRaises(UserError):
            contact.action_create_customer()

    def test_a_registered_customer_is_not_created_again(self):
        contact = self._create_contact(partner_id=self._create_partner().id)
        with self.assertRaises(UserError):
            contact.action_create_customer()

    def test_a_customer_with_the_same_e_mail_is_proposed(self):
        partner = self._create_partner(
            "Something Else", email="Info@Alamolo.example.com"
        )
        self.assert_proposed(
            partner, customer_name="X Oy", email=" info@alamolo.example.com "
        )
        self.assert_created(customer_name="Y Oy", email="other@alamolo.example.com")

    def test_an_address_with_a_name_or_among_several_is_recognised(self):
        """S17: on either side, as Odoo normalises addresses."""
        for stored in (
            '"Virtanen" <Info@Alamolo.example.com>',
            '"Virtanen <info@alamolo.example.com>"',
            "info@alamolo.example.com, sales@alamolo.example.com",
            "sales@alamolo.example.com; Virtanen <info@alamolo.example.com>",
        ):
            partner = self._create_partner("Something Else", email=stored)
            for typed in (
                "info@alamolo.example.com",
                "Matti <INFO@alamolo.example.com>",
                "matti@alamolo.example.com, info@alamolo.example.com",
                "matti@alamolo.example.com; info@alamolo.example.com",
            ):
                self.assert_proposed(partner, customer_name="X Oy", email=typed)
            partner.unlink()
        self._create_partner("Something Else", email="info@alamolo.example.com")
        for typed in ("fo@alamolo.example.com", "info@alamolo.example.co", "Virtanen"):
            self.assert_created(customer_name=f"{typed} Oy", email=typed)

    def test_a_customer_with_the_same_phone_is_proposed_however_it_is_written(self):
        partner = self._create_partner("Something Else", phone="+358 (0)40-123 45 67")
        for place, phone in enumerate(
            (
                "0401234567",
                "040 1234567",
                "040-123-4567",
                "+358401234567",
                "(040)1234567",
            )
        ):
            self.assert_proposed(partner, customer_name=f"X{place}", phone=phone)
        self.assert_created(customer_name="Y", phone="040 1234568")

    def test_a_customer_with_the_same_name_is_proposed_whatever_form_and_case(self):
        partner = self._create_partner("Älämölö ja Pojat Oy")
        for name in (
            "Älämölö ja Pojat Oy",
            "ÄLÄMÖLÖ JA POJAT",
            "Oy älämölö ja pojat Ab",
            "  Älämölö   ja Pojat  Oyj. ",
        ):
            self.assert_proposed(partner, customer_name=name)
        self.assert_created(customer_name="Älämölö")

    def test_another_company_form_in_the_register_is_recognised(self):
        for name in ("Meri Ab", "Oy Meri", "meri", "Meri Ltd.", "Ab  Meri Oy"):
            partner = self._create_partner(name)
            self.assert_proposed(partner, customer_name="Meri Oy")
            partner.unlink()

    def test_a_contact_person_alone_is_looked_up_by_name(self):
        """S17: a private customer is not made twice either."""
        partner = self._create_partner("Matti Meikäläinen", is_company=False)
        self.assert_proposed(partner, contact_person="matti meikäläinen")

    def test_a_namesake_is_found_among_a_great_many_similar_names(self):
        """S17: never a silent duplicate, however many begin with the same word."""
        self.env["res.partner"].create(
            [{"name": f"Virtanen Aaa {number:03}"} for number in range(150)]
        )
        partner = self._create_partner("Virtanen Oy")
        self.assert_proposed(partner, customer_name="Virtanen")

    def test_wildcards_in_typed_text_are_plain_letters(self):
        """S17: "100% Oy" is a name, and a_b@… another address than axb@…"""
        self._create_partner("Hundred Oy", email="axb@example.com")
        self._create_partner("100 prosenttia Oy")
        self.assert_created(customer_name="100%")
        self.assert_created(customer_name="%")
        self.assert_created(customer_name="_undred")
        self.assert_created(customer_name="\\")
        self.assert_created(customer_name="A", email="a_b@example.com")
        self.assert_created(customer_name="B", email="%@example.com")
        percent = self._create_partner("50%_\\ Oy")
        self.assert_proposed(percent, customer_name="50%_\\")

    def test_a_customer_of_another_company_is_not_proposed(self):
        """S1: it could not be used: the organisations have their own customers."""
        self._create_partner(
            "Far Oy", email="far@example.com", company_id=self.other_company.id
        )
        contact = self._create_contact(
            self.both, customer_name="Far Oy", email="far@example.com"
        ).with_context(allowed_company_ids=(self.company + self.other_company).ids)
        self.assertTrue(self._create_customer(contact))

    def test_the_best_match_is_chosen_at_first(self):
        """S17: the e-mail says more than the name."""
        self._create_partner("Älämölö Oy")
        by_email = self._create_partner("Something", email=TYPED["email"])
        dialog = self._open_dialog(self._create_contact(**TYPED))
        self.assertEqual(dialog.partner_id, by_email)
        self.assertEqual(len(dialog.match_ids.ids), 2)

    def test_the_chosen_customer_is_used_and_typed_data_stays_in_a_note(self):
        partner = self._create_partner("Älämölö Oyj", phone="112", city="Turku")
        contact = self._create_contact(contact_person="Maija", **TYPED)
        wizard = self._open_dialog(contact).save()
        wizard.action_use()
        self.assertEqual(contact.partner_id, partner)
        self.assertEqual(contact.customer_name, "Älämölö Oyj")
        self.assertEqual((contact.phone, contact.city), ("112", "Turku"))
        self.assertEqual(contact.contact_person, "Maija")
        note = contact.message_ids[0].body
        for fname in ("customer_name", "phone", "email", "street", "zip", "city"):
            self.assertIn(TYPED[fname], note)

    def test_the_typed_person_stays_in_the_note_when_a_person_is_chosen(self):
        company = self._create_partner("Älämölö Oy")
        self._create_partner(
            "Matti", is_company=False, parent_id=company.id, email=TYPED["email"]
        )
        contact = self._create_contact(contact_person="Maija", **TYPED)
        self._open_dialog(contact).save().action_use()
        self.assertEqual(contact.contact_person, "Matti")
        self.assertIn("Maija", contact.message_ids[0].body)

    def test_typed_markup_is_text_in_the_note(self):
        self._create_partner("Älämölö Oy")
        contact = self._create_contact(customer_name="Älämölö", street="<b>Katu</b>")
        self._open_dialog(contact).save().action_use()
        self.assertNotIn("<b>", contact.message_ids[0].body)
        self.assertIn("&lt;b&gt;Katu", contact.message_ids[0].body)

    def test_the_user_may_create_a_new_one_all_the_same(self):
        existing = self._create_partner("Älämölö Oy")
        contact = self._create_contact(**TYPED)
        wizard = self._open_dialog(contact).save()
        wizard.action_create_anyway()
        self.assertTrue(contact.partner_id)
        self.assertNotEqual(contact.partner_id, existing)
        self.assertEqual(contact.phone, TYPED["phone"])

    def test_two_clicks_create_one_customer(self):
        self._create_partner("Älämölö Oy")
        contact = self._create_contact(**TYPED)
        wizard = self._open_dialog(contact).save()
        wizard.action_create_anyway()
        with self.assertRaises(UserError):
            wizard.action_create_anyway()

    def test_a_colleague_s_dialog_is_closed(self):
        self._create_partner("Älämölö Oy")
        wizard = self._open_dialog(self._create_contact(**TYPED)).save()
        with self.assertRaises(AccessError):
            self._seen_by(self.bertta, wizard).read(["partner_id"])
        with self.assertRaises(AccessError):
            self._seen_by(self.manager, wizard).action_use()

    def test_the_dialog_does_not_open_on_a_hidden_contact(self):
        """S8: not the subject, not the customer, not by giving them oneself."""
        partner = self._create_partner("Älämölö Oy")
        contact = self._create_contact(personal=True, **TYPED)
        wizards = self.env["kontakti.customer.create"].with_user(self.bertta)
        for vals in (
            {"contact_id": contact.id},
            {"contact_id": contact.id, "partner_id": partner.id},
        ):
            self.env.invalidate_all()
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                wizards.create(vals)
        own = self._create_contact(self.bertta)
        wizard = wizards.create({"contact_id": own.id, "partner_id": partner.id})
        with self.assertRaises(AccessError):
            wizard.contact_id = contact.id

    def test_a_user_without_kontakti_creates_nothing(self):
        contact = self._create_contact(**TYPED)
        with self.assertRaises(AccessError):
            self._seen_by(self.employee, contact).action_create_customer()
        with self.assertRaises(AccessError):
            self.env["kontakti.customer.create"].with_user(self.employee).create(
                {"contact_id": contact.id}
            )
