from email.message import EmailMessage

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import freeze_time, tagged

from odoo.addons.mail.tests.common import MockEmail

from .common import NOW, KontaktiCommon

ALIAS = "kontaktit"
DOMAIN = "alias.kontakti.example.com"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestIncomingMail(KontaktiCommon, MockEmail):
    """An e-mail to an alias becomes a contact event of who wrote it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({"name": DOMAIN})
        cls.company.alias_domain_id = cls.domain
        cls.alias = cls._create_alias(ALIAS, responsible_id=cls.bertta.id)
        cls.customer = cls._create_partner(email="Info@Virtanen.example.com")

    @classmethod
    def _create_alias(cls, name, maker=None, **defaults):
        model = cls.env["ir.model"]._get("kontakti.contact")
        aliases = cls.env["mail.alias"].with_user(maker or SUPERUSER_ID).sudo()
        return aliases.create(
            {
                "alias_name": name,
                "alias_domain_id": cls.domain.id,
                "alias_model_id": model.id,
                "alias_defaults": repr(defaults),
            }
        )

    def receive(self, **said):
        """Let Odoo's mail gateway process an e-mail; return the contact events made."""
        message = EmailMessage()
        headers = {
            "From": '"Info, Virtanen" <INFO@virtanen.example.com>',
            "To": f"{ALIAS}@{DOMAIN}",
            "Subject": "Offer, please",
            "Message-ID": "<one@virtanen.example.com>",
            "Date": "Mon, 23 Nov 2026 09:00:00 +0000",
            **said.pop("headers", {}),
        }
        for name, value in headers.items():
            if value is not None:
                message[name] = value
        message.set_content(said.get("text", "Send us an offer."))
        if said.get("html"):
            message.add_alternative(said["html"], subtype="html")
        contacts = self.env["kontakti.contact"]
        before = contacts.search([])
        with self.mock_mail_gateway():
            gateway = self.env["mail.thread"].with_user(SUPERUSER_ID)
            gateway.message_process(None, message.as_bytes())
        return contacts.search([]) - before

    def test_the_customer_is_found_by_the_address_however_it_is_written(self):
        contact = self.receive()
        self.assertEqual(len(contact), 1)
        self.assertEqual(contact.partner_id, self.customer)
        self.assertEqual(contact.name, "Offer, please")
        self.assertIn("Send us an offer.", contact.discussion)
        self.assertEqual(str(contact.date), "2026-11-23 09:00:00")
        email = self.env.ref("kontakti_contact.kontakti_channel_email")
        self.assertEqual(contact.channel_id, email)
        [message] = contact.message_ids.filtered(
            lambda msg: msg.message_type == "email"
        )
        self.assertEqual(message.author_id, self.customer)

    def test_who_is_not_in_the_register_is_typed_and_nobody_is_added_to_it(self):
        before = self.env["res.partner"].search([])
        contact = self.receive(headers={"From": '"Mäki Oy" <Info@Maki.example.com>'})
        self.assertFalse(contact.partner_id)
        self.assertEqual(contact.customer_name, "Mäki Oy")
        self.assertEqual(contact.email, "info@maki.example.com")
        other = self.receive(
            headers={"From": "x@joki.example.com", "Message-ID": "<2@joki.example.com>"}
        )
        self.assertEqual(other.customer_name, "x@joki.example.com")
        self.assertNotEqual(contact.customer_key, other.customer_key)
        self.assertEqual(self.env["res.partner"].search([]), before)

    def test_an_email_without_subject_and_text_has_a_subject(self):
        for place, subject in enumerate((None, "", "  \t ")):
            headers = {"Subject": subject, "Message-ID": f"<{place}@x.example.com>"}
            headers["From"] = '"Mäki Oy" <info@maki.example.com>'
            contact = self.receive(headers=headers, text="")
            self.assertEqual(contact.name, "E-mail: Mäki Oy")
            self.assertFalse(contact.discussion)

    def test_the_owner_is_the_responsible_of_the_alias(self):
        contact = self.receive()
        self.assertEqual(contact.contacted_by_id, self.bertta)
        self.assertEqual(contact.responsible_id, self.bertta)
        self.assertIn(self.bertta.partner_id, contact.message_partner_ids)

    def test_an_alias_that_says_nothing_is_its_makers(self):
        self._create_alias("oma", maker=self.anna)
        contact = self.receive(headers={"To": f"oma@{DOMAIN}"})
        self.assertEqual(contact.contacted_by_id, self.anna)
        self.assertFalse(contact.responsible_id)

    def test_what_a_user_writes_is_the_users_and_of_whom_it_was_written_to(self):
        contact = self.receive(
            headers={
                "From": f'"Anna" <{self.anna.email}>',
                "To": f"{self.bertta.email}, Info <info@virtanen.example.com>",
                "Delivered-To": f"{ALIAS}@{DOMAIN}",
            }
        )
        self.assertEqual(contact.contacted_by_id, self.anna)
        self.assertEqual(contact.partner_id, self.customer)

    def test_what_a_user_forwards_names_no_colleague_as_the_customer(self):
        contact = self.receive(headers={"From": f'"Anna" <{self.anna.email}>'})
        self.assertEqual(contact.contacted_by_id, self.anna)
        self.assertFalse(contact.partner_id)
        self.assertFalse(contact.customer_name)

    def test_a_customer_with_a_portal_login_is_a_customer(self):
        contact = self.receive(headers={"From": self.portal.email})
        self.assertEqual(contact.partner_id, self.portal.partner_id)
        self.assertEqual(contact.contacted_by_id, self.bertta)

    def test_a_customer_of_another_company_is_not_named(self):
        self.customer.company_id = self.other_company
        contact = self.receive()
        self.assertFalse(contact.partner_id)
        self.assertEqual(contact.company_id, self.company)
        self.assertEqual(contact.email, "info@virtanen.example.com")

    def test_the_same_email_twice_is_one(self):
        self.assertEqual(len(self.receive()), 1)
        self.assertFalse(self.receive())

    def test_bounces_and_automatic_answers_are_none(self):
        automatic = (
            {"Auto-Submitted": "auto-replied"},
            {"Auto-Submitted": "auto-generated"},
            {"Precedence": "auto_reply"},
            {"X-Autoreply": "yes"},
        )
        for place, headers in enumerate(automatic):
            with self.subTest(headers=headers):
                headers = {**headers, "Message-ID": f"<auto{place}@x.example.com>"}
                self.assertFalse(self.receive(headers=headers))
        bounce = {"From": f"MAILER-DAEMON@{DOMAIN}", "Message-ID": "<b@x.example.com>"}
        self.assertFalse(self.receive(headers=bounce))

    def test_an_email_marked_as_written_by_a_person_is_one(self):
        self.assertEqual(len(self.receive(headers={"Auto-Submitted": "no"})), 1)

    def test_the_text_is_sanitized_and_without_pictures_of_the_message(self):
        contact = self.receive(
            html='<p onclick="x()">Hi<img src="cid:logo@x"/><script>y()</script></p>'
        )
        self.assertIn("Hi", contact.discussion)
        for word in ("onclick", "cid:", "script"):
            self.assertNotIn(word, contact.discussion)

    def test_an_answer_stays_on_its_contact_event(self):
        contact = self.receive()
        [message] = contact.message_ids.filtered(
            lambda msg: msg.message_type == "email"
        )
        headers = {"Message-ID": "<3@x.example.com>", "In-Reply-To": message.message_id}
        self.assertFalse(self.receive(headers=headers, text="Thank you"))
        self.assertIn("Thank you", contact.message_ids[0].body)

    def test_an_alias_for_personal_ones_keeps_them_to_their_owner(self):
        self._create_alias("salaa", contacted_by_id=self.anna.id, personal=True)
        contact = self.receive(headers={"To": f"salaa@{DOMAIN}"})
        self.assertTrue(contact.personal)
        self.assertEqual(contact.contacted_by_id, self.anna)
        for user in (self.bertta, self.manager):
            self.assertFalse(self._contacts(user).search([("id", "=", contact.id)]))
            messages = self.env["mail.message"].with_user(user)
            self.assertFalse(messages.search([("id", "in", contact.message_ids.ids)]))
        self.assertFalse(contact.message_partner_ids)

    def test_nobody_calls_it_over_rpc(self):
        contacts = self.env["kontakti.contact"].with_user(self.anna)
        with self.assertRaises(AccessError):
            call_kw(contacts, "message_new", [{}], {})
