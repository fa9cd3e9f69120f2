from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.kontakti_contact.tests.common import NOW
from odoo.addons.kontakti_contact.tests.common_applications import ApplicationForm
from odoo.addons.kontakti_contact.tests.common_pos import PosCommon
from odoo.addons.mail.tests.common import MockEmail

from .common_links import LINK, LinksCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLinkRegister(LinksCommon, MockEmail):
    """What is made from a contact event is linked with it, once, by itself (S18)."""

    def assert_linked_once(self, contact, document):
        self.assertEqual(self._all_linked(contact), {self._end(document)})
        links = self._links(self.env.user).sudo()
        domain = links._get_links_domain(contact._name, contact.ids)
        self.assertEqual(links.search_count(domain), 1)
        self.assertEqual(len(self._notes(contact, document)), 1)

    def test_what_is_saved_in_a_form_of_the_menu(self):
        for code, choice, vals in (
            ("quotation", None, {}),
            ("sale_order", None, {}),
            ("invoice", None, {}),
            ("calendar", "entry", {"name": "Meeting"}),
            ("calendar", "booking", {"name": "Meeting"}),
        ):
            with self.subTest(code=code, choice=choice):
                contact = self._create_contact(partner_id=self.customer.id)
                action = self._open(self.clerk, code, choice, contact)
                self.assertEqual(self._all_linked(contact), set())
                with ApplicationForm.from_action(
                    self.env(user=self.clerk), action
                ) as form:
                    for name, value in vals.items():
                        form[name] = value
                document = form.record.with_context({})
                self.assert_linked_once(contact, document)
                self._save(self.clerk, action, vals, document)
                self.assert_linked_once(contact, document)

    def test_what_a_server_action_makes_of_many(self):
        for code in ("quotation", "sale_order", "invoice", "calendar"):
            contacts = self._create_contact(partner_id=self.customer.id)
            contacts += self._create_contact(partner_id=self.other.id)
            action = self._seen_by(self.clerk, contacts).action_create_documents(code)
            documents = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(len(documents), 2)
            linked = [self._all_linked(contact) for contact in contacts]
            with self.subTest(code=code):
                self.assertEqual([len(ends) for ends in linked], [1, 1])
                self.assertEqual(linked[0] | linked[1], set(map(self._end, documents)))

    def test_what_a_calendar_request_makes(self):
        for kind in ("entry", "booking"):
            contact = self._create_contact(calendar_request=kind)
            event = self.env["calendar.event"].search(
                [("kontakti_contact_id", "=", contact.id)]
            )
            with self.subTest(kind=kind):
                self.assert_linked_once(contact, event)

    def test_registering_again_is_the_same_link(self):
        order = self._create_order()
        for _again in range(2):
            self._seen_by(self.seller, self.contact)._register_document(order)
        self.assertEqual(self._all_linked(self.contact), {self._end(order)})

    def test_what_its_maker_may_not_change_is_linked_all_the_same(self):
        """An automation makes documents for users without the right to them."""
        order = self._create_order()
        self._seen_by(self.anna, self.contact)._register_document(order)
        self.assertEqual(self._all_linked(self.contact), {self._end(order)})
        self.assertEqual(self._linked(self.anna, self.contact), [])
        self.assertEqual(self._linked(self.seller, self.contact), [self._end(order)])

    def test_the_note_names_the_application_and_not_the_document(self):
        """Not everybody who reads the contact event may read the document."""
        order = self._create_order()
        self._seen_by(self.seller, self.contact)._register_document(order)
        [note] = self._notes(self.contact, order)
        self.assertIn("Quotation", note.body)
        self.assertNotIn(order.name, note.body)

    def test_the_note_names_what_was_made(self):
        """A confirmed order is no quotation, and a vendor bill is no invoice."""
        order = self._create_order()
        order.order_line = [
            Command.create({"name": "Work", "display_type": "line_note"})
        ]
        order.action_confirm()
        moves = self.env["account.move"]
        made = {
            order: "sale_order",
            moves.create({"move_type": "in_invoice"}): "vendor_bill",
            moves.create({"move_type": "out_invoice"}): "invoice",
        }
        for document, code in made.items():
            with self.subTest(code=code):
                self.contact._register_document(document)
                [note] = self._notes(self.contact, document)
                application = self.env["kontakti.application"]._find(code)
                self.assertIn(f">{application.name}</a>", note.body)

    def compose(self, contact):
        action = self._open(self.anna, "message", contact=contact)
        composer = self.env["mail.compose.message"].with_user(self.anna)
        form = Form(composer.with_context(action["context"]))
        form.body = "<p>See you</p>"
        return form.save()

    def test_the_message_sent_is_linked_once_and_leaves_no_note(self):
        """T17."""
        composer = self.compose(self.contact)
        self.assertEqual(self._all_linked(self.contact), set())
        with self.mock_mail_gateway():
            composer.action_send_mail()
        message = self.contact.sudo().message_ids[0]
        self.assertIn("See you", message.body)
        self.assertEqual(self._all_linked(self.contact), {self._end(message)})
        self.assertFalse(self._notes(self.contact))
        [row] = self._call(self.bertta, "get_links", *self._end(self.contact))
        self.assertEqual(row["name"], self.contact.name)
        self.assertEqual(row["icon"], "fa-envelope-o")

    def test_a_message_that_is_scheduled_is_linked_when_it_is_sent(self):
        """T17."""
        composer = self.compose(self.contact)
        composer.scheduled_date = "2026-11-24 10:00:00"
        composer.action_schedule_message()
        scheduled = self.env["mail.scheduled.message"].search(
            [("res_id", "=", self.contact.id), ("model", "=", self.contact._name)]
        )
        self.assertEqual(self._all_linked(self.contact), set())
        with self.mock_mail_gateway():
            scheduled.post_message()
        message = self.contact.sudo().message_ids[0]
        self.assertIn("See you", message.body)
        self.assertEqual(self._all_linked(self.contact), {self._end(message)})

    def test_messages_written_in_the_chatter_are_not_linked(self):
        self._seen_by(self.anna, self.contact).message_post(body="In the chatter")
        self.assertEqual(self._all_linked(self.contact), set())

    def test_the_message_of_a_personal_contact_event_stays_the_owners(self):
        """S8."""
        contact = self._create_contact(personal=True, partner_id=self.customer.id)
        with self.mock_mail_gateway():
            self.compose(contact).action_send_mail()
        message = contact.sudo().message_ids[0]
        self.assertEqual(self._linked(self.anna, contact), [self._end(message)])
        for user in (self.bertta, self.manager, self.admin):
            self.assertEqual(self._linked(user, message), [])
            self.assertEqual(self._linked(user, contact), [])


@tagged("post_install", "-at_install")
class TestLinkTill(LinksCommon, PosCommon):
    """T2, S18: the order at the till is linked, where point of sale is installed."""

    def test_the_order_of_the_till_is_linked_with_the_contact_event(self):
        if not self.installed:
            self.assertNotIn("pos.order", self.env[LINK]._get_models())
            return
        self.assertIn("pos.order", self.env[LINK]._get_models())
        self.open_till()
        self._open(self.cashier, "pos")
        order = self.env["pos.order"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(self._all_linked(self.contact), {self._end(order)})
        self.assertEqual(self._linked(self.cashier, self.contact), [self._end(order)])
        [row] = self._call(self.cashier, "get_links", *self._end(self.contact))
        self.assertEqual(row["name"], order.pos_reference)
        self._open(self.cashier, "pos")
        self.assertEqual(self._all_linked(self.contact), {self._end(order)})
