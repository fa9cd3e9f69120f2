from odoo.tests import HttpCase, tagged

from odoo.addons.mail.tests.common import MockEmail

from .common import KONTAKTI_USER, KontaktiCommon

TYPED = "info@maki.example.com"


@tagged("post_install", "-at_install")
class TestChatterMessage(HttpCase, KontaktiCommon, MockEmail):
    """The chatter's "Send message" writes to who was typed, like Message (T17, S17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user(
            "clerk", f"{KONTAKTI_USER},base.group_partner_manager"
        )
        cls.admin = cls._create_user("admin", f"{KONTAKTI_USER},base.group_system")
        cls.contact = cls._create_contact(customer_name="Mäki Oy", email=TYPED)

    def ask(self, user, route, **params):
        """Ask as the web client of ``user`` does; return the answer."""
        self.authenticate(user.login, user.login)
        answer = self.url_open(route, json={"params": params}).json()
        return answer.get("result", answer)

    def thread(self, contact):
        return {"thread_model": contact._name, "thread_id": contact.id}

    def suggested(self, user, contact):
        route = "/mail/thread/recipients/get_suggested_recipients"
        return self.ask(user, route, **self.thread(contact))

    def send(self, user, contact, emails, partner_ids=()):
        """Send a message as the chatter does; return who got an e-mail."""
        post_data = {
            "body": "<p>See you</p>",
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
            "partner_emails": emails,
            "partner_ids": list(partner_ids),
        }
        thread = self.thread(contact)
        with self.mock_mail_gateway():
            answer = self.ask(user, "/mail/message/post", post_data=post_data, **thread)
        self.assertIn("message_id", answer, answer)
        return sorted(to for mail in self._mails for to in mail["email_to"])

    def test_the_address_typed_gets_it_whoever_writes_and_stays_out_of_the_register(
        self,
    ):
        before = self.env["res.partner"].search([])
        for user in (self.anna, self.manager, self.clerk, self.admin):
            with self.subTest(user=user.login):
                [found] = self.suggested(user, self.contact)
                self.assertEqual(found["email"], TYPED)
                self.assertFalse(found["partner_id"])
                sent = self.send(user, self.contact, [found["email"]])
                self.assertEqual(sent.count(TYPED), 1, sent)
        self.assertEqual(self.env["res.partner"].search([]), before)

    def test_the_full_composer_adds_nobody_to_the_register(self):
        before = self.env["res.partner"].search([])
        for user in (self.anna, self.clerk, self.admin):
            route = "/mail/partner/from_email"
            found = self.ask(user, route, emails=[TYPED], **self.thread(self.contact))
            self.assertEqual(found, [])
        self.assertEqual(self.env["res.partner"].search([]), before)

    def test_each_of_several_addresses_gets_it(self):
        for text in (
            "a@x.example, b@x.example",
            "a@x.example;b@x.example",
            "Liisa <a@x.example>; Matti Laine <B@x.example>",
            "a@x.example b@x.example",
        ):
            with self.subTest(text=text):
                self.contact.email = text
                found = self.suggested(self.anna, self.contact)
                emails = [one["email"] for one in found]
                self.assertEqual(emails, ["a@x.example", "b@x.example"])
                sent = " ".join(self.send(self.anna, self.contact, emails))
                self.assertIn("a@x.example", sent)
                self.assertIn("b@x.example", sent)

    def test_an_address_that_a_partner_has_is_the_partners(self):
        known = self._create_partner("Mäen Leipomo", email=f"Leipomo <{TYPED}>")
        [found] = self.suggested(self.anna, self.contact)
        self.assertEqual(found["partner_id"], known.id)
        sent = self.send(self.anna, self.contact, [TYPED])
        self.assertEqual(len(sent), 1)
        message = self.contact.sudo().message_ids[0]
        self.assertEqual(message.partner_ids, known)
        self.assertFalse(message.outgoing_email_to)

    def test_nobody_gets_it_twice(self):
        known = self._create_partner(email="a@x.example, b@x.example")
        sent = self.send(
            self.anna, self.contact, ["b@x.example", "c@x.example"], known.ids
        )
        text = " ".join(sent)
        for address in ("a@x.example", "b@x.example", "c@x.example"):
            self.assertEqual(text.count(address), 1, sent)

    def test_the_register_s_customer_gets_it_as_before(self):
        customer = self._create_partner(email="info@virtanen.example.com")
        contact = self._create_contact(partner_id=customer.id)
        [found] = self.suggested(self.anna, contact)
        self.assertEqual(found["partner_id"], customer.id)
        sent = self.send(self.anna, contact, [], [customer.id])
        self.assertEqual(len(sent), 1)

    def test_a_personal_one_is_written_about_by_its_owner_alone(self):
        contact = self._create_contact(personal=True, email=TYPED)
        self.assertEqual(len(self.send(self.anna, contact, [TYPED])), 1)
        for user in (self.bertta, self.manager, self.admin):
            post_data = {"body": "x", "partner_emails": [TYPED]}
            thread = self.thread(contact)
            with self.mock_mail_gateway():
                answer = self.ask(
                    user, "/mail/message/post", post_data=post_data, **thread
                )
            self.assertIn("error", answer)
            self.assertFalse(self._mails)

    def test_on_other_documents_the_chatter_is_odoo_s(self):
        partner = self._create_partner()
        post_data = {
            "body": "<p>x</p>",
            "subtype_xmlid": "mail.mt_comment",
            "partner_emails": ["new@x.example"],
        }
        with self.mock_mail_gateway():
            self.ask(
                self.clerk,
                "/mail/message/post",
                post_data=post_data,
                **self.thread(partner),
            )
        found = self.env["res.partner"].search([("email", "=", "new@x.example")])
        self.assertEqual(len(found), 1)

    def test_what_is_no_list_of_addresses_is_answered_by_a_sentence(self):
        for emails in ("a@x.example", [5], {"a": 1}, [None]):
            with self.subTest(emails=emails):
                post_data = {"body": "x", "partner_emails": emails}
                answer = self.ask(
                    self.anna,
                    "/mail/message/post",
                    post_data=post_data,
                    **self.thread(self.contact),
                )
                self.assertIn("error", answer)


@tagged("post_install", "-at_install")
class TestComposerRecipients(KontaktiCommon, MockEmail):
    """Odoo's composer on a contact event adds nobody to the register (S17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls._create_contact(customer_name="Mäki Oy", email=TYPED)
        cls.known = cls._create_partner("Mäen Leipomo", email="known@x.example")

    def compose(self, **values):
        composer = self.env["mail.compose.message"].with_user(self.anna)
        return composer.create(
            {
                "model": self.contact._name,
                "res_ids": repr(self.contact.ids),
                "composition_mode": "comment",
                "body": "<p>See you</p>",
                **values,
            }
        )

    def sent(self, composer):
        with self.mock_mail_gateway():
            composer.action_send_mail()
        return " ".join(to for mail in self._mails for to in mail["email_to"])

    def test_a_template_writes_to_its_addresses_and_adds_nobody(self):
        template = self.env["mail.template"].create(
            {
                "name": "Own",
                "model_id": self.env["ir.model"]._get_id(self.contact._name),
                "subject": "Hello",
                "body_html": "<p>See you</p>",
                "email_to": "{{ object.email }}, known@x.example",
                "use_default_to": False,
            }
        )
        before = self.env["res.partner"].search([])
        composer = self.compose(template_id=template.id)
        self.assertEqual(composer.partner_ids, self.known)
        self.assertEqual(composer.kontakti_email_to, TYPED)
        sent = self.sent(composer)
        self.assertIn(TYPED, sent)
        self.assertIn("known@x.example", sent)
        self.assertEqual(self.env["res.partner"].search([]), before)

    def test_a_template_for_many_writes_to_each(self):
        other = self._create_contact(customer_name="Joki Oy", email="info@joki.example")
        template = self.env["mail.template"].create(
            {
                "name": "Own",
                "model_id": self.env["ir.model"]._get_id(self.contact._name),
                "subject": "Hello",
                "body_html": "<p>See you</p>",
                "use_default_to": True,
            }
        )
        before = self.env["res.partner"].search([])
        for mode in ("comment", "mass_mail"):
            with self.subTest(mode=mode):
                composer = self.compose(
                    template_id=template.id,
                    res_ids=repr((self.contact + other).ids),
                    composition_mode=mode,
                )
                with self.mock_mail_gateway():
                    composer.action_send_mail()
                queued = " ".join(self._new_mails.mapped("email_to"))
                self.assertIn(TYPED, queued)
                self.assertIn("info@joki.example", queued)
        self.assertEqual(self.env["res.partner"].search([]), before)

    def test_a_reply_goes_to_who_wrote(self):
        self.contact.sudo().message_post(
            body="Hello",
            message_type="email",
            email_from="Liisa <liisa@x.example>",
            subtype_xmlid="mail.mt_comment",
            author_id=False,
        )
        composer = self.compose(composition_comment_option="reply_all")
        self.assertIn("liisa@x.example", composer.kontakti_email_to)
        self.assertIn("liisa@x.example", self.sent(composer))

    def test_what_was_typed_into_the_composer_stays(self):
        composer = self.compose(kontakti_email_to="own@x.example; two@x.example")
        sent = self.sent(composer)
        self.assertIn("own@x.example", sent)
        self.assertIn("two@x.example", sent)

    def test_a_composer_on_another_document_has_none(self):
        composer = self.compose(model="res.partner", res_ids=repr(self.known.ids))
        self.assertFalse(composer.kontakti_email_to)
