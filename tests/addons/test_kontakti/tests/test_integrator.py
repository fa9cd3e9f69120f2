from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.kontakti_contact.tests.common_applications import (
    ApplicationForm,
    ApplicationsCommon,
)

TICKET = "test.kontakti.ticket"


@tagged("post_install", "-at_install")
class TestIntegrator(ApplicationsCommon):
    """An application by one XML record; Python where values are special (S16, S21)."""

    def _fill(self, code, contact=None):
        action = self._open(self.seller, code, contact=contact)
        with ApplicationForm.from_action(self.env(user=self.seller), action) as form:
            form.name = "Broken axe"
        return form.record.with_context({})

    def test_its_applications_are_in_the_menu_at_their_place(self):
        codes = self._codes(self.seller)
        own = ["ticket", "plain_ticket", "ticket_search"]
        self.assertEqual([code for code in codes if code in own], own)
        self.assertLess(codes.index("ticket_search"), codes.index("calendar"))

    def test_an_application_of_a_missing_addon_is_absent(self):
        self.assertNotIn("missing", self._codes(self.seller))
        with self.assertRaises(AccessError):
            self._open(self.seller, "missing")

    def test_the_models_rights_decide_who_sees_it(self):
        """bertta may read tickets but not create them."""
        codes = self._codes(self.bertta)
        self.assertIn("ticket_search", codes)
        self.assertNotIn("ticket", codes)

    def test_its_own_values_are_prepared_in_python(self):
        ticket = self._fill("ticket")
        self.assertEqual(ticket.client_id, self.customer)
        self.assertEqual(ticket.client_phone, self.customer.phone)
        self.assertEqual(ticket.origin_subject, "Spring offer")

    def test_its_own_values_may_be_of_a_typed_customer(self):
        ticket = self._fill("ticket", self.typed)
        self.assertFalse(ticket.client_id)
        self.assertEqual(ticket.client_phone, "040 7654321")

    def test_without_python_the_customer_goes_to_the_named_field(self):
        ticket = self._fill("plain_ticket")
        self.assertEqual(ticket.client_id, self.customer)
        self.assertEqual(ticket.origin_subject, "Plain")
        self.assertFalse(ticket.client_phone)
        self.assertFalse(self._fill("plain_ticket", self.typed).client_id)

    def test_nothing_exists_until_it_is_saved_and_then_it_is_registered_once(self):
        contact = self._seen_by(self.seller, self.contact)
        with self.assertNothingWritten():
            contact.open_application("ticket")
        ticket = self._fill("ticket")
        self.assertEqual(len(self._notes(self.contact, ticket)), 1)
        self.assertEqual(len(self._notes(self.contact)), 1)

    def test_it_is_finished_once_when_saved_from_its_own_form(self):
        action = self._open(self.seller, "ticket")
        ticket = self._save(self.seller, action, {"name": "Axe"})
        self.assertTrue(ticket.is_received)
        ticket.is_received = False
        self._save(self.seller, action, {"name": "Saw"}, ticket)
        self.assertFalse(ticket.is_received)
        self.assertFalse(self._fill("plain_ticket").is_received)

    def test_its_search_has_the_customer_as_a_facet(self):
        action = self._open(self.seller, "ticket_search")
        self.assertEqual(action["res_model"], TICKET)
        self.assertEqual(
            action["context"]["search_default_client_id"], self.customer.id
        )

    def test_its_documents_are_created_for_many_at_once(self):
        second = self._create_contact(name="Second", partner_id=self.customer.id)
        both = self._seen_by(self.seller, self.contact | second)
        tickets = self.env[TICKET].search(
            both.action_create_documents("ticket")["domain"]
        )
        self.assertEqual(
            tickets.mapped("origin_subject"), [self.contact.name, second.name]
        )
        self.assertEqual(tickets.client_id, self.customer)
        self.assertTrue(all(tickets.mapped("is_received")))
        for contact, ticket in zip(self.contact | second, tickets, strict=True):
            self.assertEqual(len(self._notes(contact, ticket)), 1)

    def test_without_python_the_documents_have_the_customer_and_the_context(self):
        contact = self._seen_by(self.seller, self.contact)
        action = contact.action_create_documents("plain_ticket")
        ticket = self.env[TICKET].browse(action["res_id"])
        self.assertEqual(ticket.client_id, self.customer)
        self.assertEqual(ticket.origin_subject, "Plain")

    def test_no_documents_are_created_of_what_one_may_not_open(self):
        for user, code in (
            (self.bertta, "ticket"),
            (self.seller, "ticket_search"),
            (self.seller, "missing"),
            (self.seller, "message"),
            (self.seller, "no_such"),
        ):
            with self.subTest(code=code), self.assertRaises(UserError):
                self._seen_by(user, self.contact).action_create_documents(code)
        self.assertFalse(self.env[TICKET].search([]))
