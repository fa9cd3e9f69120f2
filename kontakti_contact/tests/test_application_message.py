from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MockEmail

from .common_applications import ApplicationsCommon


@tagged("post_install", "-at_install")
class TestApplicationMessage(ApplicationsCommon, MockEmail):
    """T17: a message to the customer, kept in the contact's chatter."""

    def compose(self, user, contact):
        """Open the composer as the menu does; return its unsaved form."""
        action = self._open(user, "message", contact=contact)
        self.assertEqual(action["res_model"], "mail.compose.message")
        self.assertEqual(action["target"], "new")
        composer = self.env["mail.compose.message"].with_user(user)
        return Form(composer.with_context(action["context"]))

    def send(self, form, body="<p>See you</p>"):
        form.body = body
        form.save().action_send_mail()

    def test_the_recipient_is_the_customer_of_the_register(self):
        form = self.compose(self.anna, self.contact)
        self.assertEqual(form.partner_ids.ids, self.customer.ids)
        self.assertEqual(form.subject, self.contact.name)

    def test_the_sent_message_is_in_the_contacts_chatter_and_queued_once(self):
        with self.mock_mail_gateway():
            self.send(self.compose(self.anna, self.contact))
        message = self.contact.sudo().message_ids[0]
        self.assertIn("See you", message.body)
        self.assertEqual(message.partner_ids, self.customer)
        self.assertEqual(message.author_id, self.anna.partner_id)
        self.assertEqual(len(self._mails), 1)
        self.assertIn(self.customer.email, self._mails[0]["email_to"][0])

    def test_opening_the_composer_sends_nothing(self):
        before = self.contact.sudo().message_ids
        mails = self.env["mail.mail"].search_count([])
        self._open(self.anna, "message")
        self.assertEqual(self.contact.sudo().message_ids, before)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_a_typed_address_is_the_recipient(self):
        form = self.compose(self.anna, self.typed)
        self.assertEqual(form.kontakti_email_to, '"Mäki Oy" <info@maki.example.com>')
        with self.mock_mail_gateway():
            self.send(form)
        message = self.typed.sudo().message_ids[0]
        self.assertIn("See you", message.body)
        [mail] = self._mails
        self.assertIn("info@maki.example.com", mail["email_to"][0])

    def test_a_message_to_a_typed_address_adds_nobody_to_the_register(self):
        """S17."""
        before = self.env["res.partner"].search([])
        with self.mock_mail_gateway():
            self.send(self.compose(self.anna, self.typed))
        self.assertEqual(self.env["res.partner"].search([]), before)

    def test_a_typed_address_that_is_none_is_left_out(self):
        contact = self._create_contact(customer_name="Mäki Oy", email="no address")
        form = self.compose(self.anna, contact)
        self.assertFalse(form.kontakti_email_to)
        self.assertFalse(form.partner_ids.ids)

    def test_several_typed_addresses_are_all_recipients(self):
        known = self._create_partner("Mäen Leipomo", email="b@x.example")
        for text in (
            "a@x.example, b@x.example, c@x.example",
            "A@x.example; b@x.example;c@x.example;",
            "Liisa <a@x.example>; Matti Laine <b@x.example>; <c@x.example>",
            "a@x.example b@x.example c@x.example",
        ):
            with self.subTest(text=text):
                contact = self._create_contact(customer_name="Mäki Oy", email=text)
                form = self.compose(self.anna, contact)
                self.assertEqual(form.partner_ids.ids, known.ids)
                with self.mock_mail_gateway():
                    self.send(form)
                sent = " ".join(to for mail in self._mails for to in mail["email_to"])
                for address in ("a@x.example", "b@x.example", "c@x.example"):
                    self.assertIn(address, sent)

    def test_a_message_later_goes_to_the_typed_address_too(self):
        form = self.compose(self.anna, self.typed)
        form.body = "<p>See you</p>"
        form.scheduled_date = "2030-01-01 10:00:00"
        form.save().action_schedule_message()
        scheduled = self.env["mail.scheduled.message"].search(
            [("model", "=", "kontakti.contact"), ("res_id", "=", self.typed.id)]
        )
        with self.mock_mail_gateway():
            scheduled._post_message()
        [mail] = self._mails
        self.assertIn("info@maki.example.com", mail["email_to"][0])

    def test_a_typed_address_that_somebody_has_is_that_partners(self):
        known = self._create_partner("Mäen Leipomo", email="Info@maki.example.com")
        form = self.compose(self.anna, self.typed)
        self.assertEqual(form.partner_ids.ids, known.ids)
        self.assertFalse(self.typed.partner_id)

    def test_without_customer_and_address_the_recipient_is_empty(self):
        contact = self._create_contact(customer_name="Mäki Oy", phone="1")
        self.assertFalse(self.compose(self.anna, contact).partner_ids.ids)

    def test_the_message_of_a_personal_contact_stays_the_owners(self):
        """S8."""
        contact = self._create_contact(personal=True, partner_id=self.customer.id)
        with self.mock_mail_gateway():
            self.send(self.compose(self.anna, contact))
        message = contact.sudo().message_ids[0]
        self.assertIn("See you", message.body)
        found = self._seen_by(self.bertta, message).search([("id", "=", message.id)])
        self.assertFalse(found)

    def test_a_markup_in_the_subject_is_text(self):
        contact = self._create_contact(name="<b>Bold</b>", partner_id=self.customer.id)
        self.assertEqual(self.compose(self.anna, contact).subject, "<b>Bold</b>")
