from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TODAY
from .common_privacy import SECRET, PrivacyCommon

CONTACT = "kontakti.contact"
TODO = "mail.mail_activity_data_todo"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestAccessDoors(PrivacyCommon):
    """Ways around a record rule: by relation, by dialog, by what was left behind (S8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.messages = cls.contact.sudo().message_ids
        cls.mention = cls.messages.filtered("subject")[:1]

    def _as(self, user, model, **context):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env[model].with_user(user).with_context(**context)

    def _find(self, user, model, domain=()):
        records = self._as(user, model, active_test=False)
        return records.search(list(domain))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_the_composer_shows_nothing_of_a_hidden_message_it_would_answer(self):
        fields = {"subject": {}, "partner_ids": {}, "model": {}, "res_ids": {}}
        for user in (self.employee, self.bertta, self.settings, self.anna):
            composer = self._as(
                user,
                "mail.compose.message",
                default_parent_id=self.mention.id,
                default_composition_mode="comment",
            )
            try:
                shown = str(composer.onchange({}, [], fields))
            except AccessError as error:
                shown = str(error)
            self.assertEqual(SECRET in shown, user == self.anna, user.login)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_message_that_answers_a_hidden_one_exports_nothing_of_it(self):
        shared = self._create_contact(self.bertta)
        self._as(self.bertta, "mail.message").create(
            {
                "model": CONTACT,
                "res_id": shared.id,
                "body": "Look",
                "parent_id": self.mention.id,
            }
        )
        shown = ""
        for path in ("body", "subject", "record_name", "author_id/name", "preview"):
            own = self._seen_by(self.bertta, shared)
            try:
                shown += str(own.export_data([f"message_ids/parent_id/{path}"]))
            except AccessError:
                continue
        self.assertNotIn(SECRET, shown)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_no_administrator_exports_or_reads_a_hidden_message_by_its_id(self):
        for user in (self.settings, self.every_right):
            for fname in ("body", "subject", "record_name", "display_name"):
                for message in self.messages:
                    guessed = self._as(user, "mail.message").browse(message.id)
                    with self.assertRaises(AccessError, msg=(user.login, fname)):
                        guessed.export_data([fname])
                    if fname != "display_name":
                        guessed = self._as(user, "mail.message").browse(message.id)
                        with self.assertRaises(AccessError):
                            guessed.mapped(fname)
        own = self._as(self.anna, "mail.message").browse(self.mention.id)
        self.assertIn(SECRET, own.body)

    def test_the_rest_of_a_batch_is_read_beside_a_hidden_message(self):
        shared = self._create_contact(self.anna)
        seen = shared.message_post(body="Look")
        both = self._as(self.bertta, "mail.message").browse([seen.id, self.mention.id])
        self.assertIn("Look", both[0].body)
        with self.assertRaises(AccessError):
            self.assertFalse(both[1].body)

    def test_a_dialog_on_a_contact_event_is_its_maker_s_alone(self):
        shared = self._create_contact(self.anna)
        made = {
            "mail.activity.schedule": {
                "res_model": CONTACT,
                "res_ids": str(shared.ids),
            },
            "mail.followers.edit": {"res_model": CONTACT, "res_ids": str(shared.ids)},
            "base_import.import": {"res_model": CONTACT, "file": b"secret"},
            "sms.composer": {
                "res_model": CONTACT,
                "res_ids": str(shared.ids),
                "body": SECRET,
            },
        }
        for model, values in made.items():
            if model not in self.env:
                continue
            with self.subTest(model=model):
                dialog = self._as(self.anna, model).create(values)
                self.assertEqual(
                    self._find(self.anna, model, [("id", "=", dialog.id)]), dialog
                )
                for user in self.colleagues + self.employee + self.settings:
                    found = self._find(user, model, [("id", "=", dialog.id)])
                    self.assertFalse(found, user.login)
                    with self.assertRaises(AccessError):
                        self._seen_by(user, dialog).read([])

    def test_a_dialog_on_another_document_is_left_as_odoo_has_it(self):
        values = {"res_model": "res.partner", "res_ids": str(self.partner.ids)}
        dialog = self._as(self.anna, "mail.activity.schedule").create(values)
        domain = [("id", "=", dialog.id)]
        self.assertTrue(self._find(self.employee, "mail.activity.schedule", domain))

    def _done_by_bertta(self):
        """An activity that bertta did while the contact event was shared."""
        contact = self._create_contact(self.anna)
        activity = self._seen_by(self.bertta, contact).activity_schedule(
            TODO, summary=f"{SECRET} done", user_id=self.bertta.id
        )
        activity.action_feedback(feedback=f"{SECRET} feedback")
        activity = activity.sudo().with_context(active_test=False)
        self.assertFalse(activity.active)
        self._seen_by(self.anna, contact).personal = True
        return activity

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_who_did_an_activity_neither_reads_nor_revives_it_any_more(self):
        activity = self._done_by_bertta()
        domain = [("id", "=", activity.id)]
        self.assertFalse(self._find(self.bertta, "mail.activity", domain))
        own = self._seen_by(self.bertta, activity)
        for attempt in (
            lambda: own.read(["summary", "res_name", "feedback"]),
            lambda: own.write({"active": True}),
            lambda: own.action_feedback(feedback="x"),
            own.unlink,
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertEqual(activity.user_id, self.anna)

    def test_the_owner_keeps_what_a_colleague_did(self):
        activity = self._done_by_bertta()
        domain = [("id", "=", activity.id)]
        self.assertEqual(self._find(self.anna, "mail.activity", domain), activity)

    def test_a_personal_follow_up_of_a_shared_contact_event_answers_no_search(self):
        shared = self._create_contact(self.anna)
        hidden = self._create_contact(self.anna, personal=True, previous_id=shared.id)
        for user, told in (
            (self.bertta, False),
            (self.manager, False),
            (self.anna, True),
        ):
            contacts = self._contacts(user)
            here = [("id", "=", shared.id)]
            for domain in (
                [("follow_up_ids", "!=", False)],
                [("follow_up_ids", "in", hidden.ids)],
                [("follow_up_ids.name", "!=", False)],
                [("follow_up_ids", "any", [("id", ">", 0)])],
                ["!", ("follow_up_ids", "=", False)],
            ):
                found = bool(contacts.search_count(here + domain))
                self.assertEqual(found, told, (user.login, domain))
            self.assertEqual(bool(self._seen_by(user, shared).follow_up_ids), told)
            self.assertEqual(self._seen_by(user, shared).follow_up_count, int(told))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_an_administrator_reads_nothing_that_hangs_on_its_messages(self):
        self.env["mail.message.reaction"].sudo().create(
            {
                "message_id": self.mention.id,
                "content": "👍",
                "partner_id": self.anna.partner_id.id,
            }
        )
        hidden = ["mail.tracking.value", "mail.message.reaction"]
        if "sms.sms" in self.env:
            hidden.append("sms.sms")
            self.env["sms.sms"].sudo().create(
                {
                    "mail_message_id": self.mention.id,
                    "number": "+358401234567",
                    "body": SECRET,
                }
            )
        for model, field in (
            ("mail.tracking.value", "mail_message_id"),
            ("mail.message.reaction", "message_id"),
            ("mail.mail", "mail_message_id"),
            ("mail.notification", "mail_message_id"),
            ("sms.sms", "mail_message_id"),
        ):
            if model not in self.env:
                continue
            domain = [(field, "in", self.messages.ids)]
            rows = self.env[model].sudo().search(domain)
            if model in hidden:
                self.assertTrue(rows, "nothing to hide: the test would prove nothing")
            for user in (self.settings, self.every_right):
                self.assertFalse(self._find(user, model, domain), (user.login, model))
                for row in rows:
                    with self.assertRaises(AccessError):
                        self._seen_by(user, row).read([])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_an_administrator_neither_follows_nor_moves_a_message_there(self):
        with self.assertRaises(UserError):
            self._as(self.settings, "mail.followers").create(
                {
                    "res_model": CONTACT,
                    "res_id": self.contact.id,
                    "partner_id": self.settings.partner_id.id,
                }
            )
        note = self.partner.with_user(self.settings).message_post(body="Note")
        with self.assertRaises(AccessError):
            self._seen_by(self.settings, note).write(
                {"model": CONTACT, "res_id": self.contact.id}
            )

    def test_pictures_pasted_before_the_first_save_belong_to_it(self):
        picture = self._as(self.anna, "ir.attachment").create(
            {"name": f"{SECRET}.png", "datas": PIXEL, "res_model": CONTACT, "res_id": 0}
        )
        other = self._as(self.bertta, "ir.attachment").create(
            {"name": "hers.png", "datas": PIXEL, "res_model": CONTACT, "res_id": 0}
        )
        text = "".join(
            f'<p><img src="/web/image/{file.id}-abc/x.png"></p>'
            for file in picture + other
        )
        contact = self._create_contact(self.anna, personal=True, discussion=text)
        self.assertEqual(picture.res_id, contact.id)
        self.assertFalse(other.res_id, "nobody takes a picture of another")
        for user in self.colleagues + self.settings:
            found = self._find(user, "ir.attachment", [("id", "=", picture.id)])
            self.assertFalse(found, user.login)

    def test_a_message_that_a_colleague_wanted_to_send_later_is_kept_as_a_note(self):
        contact = self._create_contact(self.anna)
        scheduled = self._as(self.bertta, "mail.scheduled.message").create(
            {
                "model": CONTACT,
                "res_id": contact.id,
                "author_id": self.bertta.partner_id.id,
                "body": "<p>Ring on Friday</p>",
                "scheduled_date": "2026-12-01 08:00:00",
            }
        )
        self._seen_by(self.anna, contact).personal = True
        self.assertFalse(scheduled.exists())
        self.assertIn("Ring on Friday", str(contact.message_ids.mapped("body")))

    def test_whom_it_mentioned_gets_no_word_when_a_message_is_deleted_later(self):
        self.env["bus.bus"].sudo().search([]).unlink()
        self.mention.with_user(self.anna).sudo(False).unlink()
        self.env.flush_all()
        self.env.cr.precommit.run()
        sent = self.env["bus.bus"].sudo().search([])
        for user in self.colleagues:
            for row in sent:
                self.assertNotIn(f'"res.partner",{user.partner_id.id}]', row.channel)

    def test_stars_of_colleagues_go(self):
        contact = self._create_contact(self.anna)
        message = contact.message_post(body="Look")
        self._seen_by(self.bertta, message).toggle_message_starred()
        self._seen_by(self.anna, contact).personal = True
        self.assertFalse(message.sudo().starred_partner_ids)

    def test_a_mail_that_waits_goes_to_the_customer_and_to_no_colleague(self):
        contact = self._create_contact(self.anna)
        customer = self._create_partner("Customer", email="c@x.example")
        message = contact.message_post(body="Look")
        mails = (
            self.env["mail.mail"]
            .sudo()
            .create(
                [
                    {
                        "mail_message_id": message.id,
                        "recipient_ids": [(6, 0, people.ids)],
                    }
                    for people in (
                        self.bertta.partner_id,
                        self.bertta.partner_id + customer,
                    )
                ]
            )
        )
        self._seen_by(self.anna, contact).personal = True
        self.assertEqual(mails.exists(), mails[1])
        self.assertEqual(mails[1].recipient_ids, customer)

    def test_the_owner_writes_to_a_customer_and_no_row_tells_of_it(self):
        customer = self._create_partner("Customer", email="c@x.example")
        before = self.env["mail.mail"].sudo().search([]).ids
        message = self.contact.message_post(
            body="Hello",
            partner_ids=customer.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        sent = self.env["mail.mail"].sudo().search([("id", "not in", before)])
        self.assertEqual(sent.recipient_ids, customer)
        self.assertFalse(message.sudo().notification_ids)

    def test_a_customer_with_a_portal_login_gets_what_the_owner_writes(self):
        before = self.env["mail.mail"].sudo().search([]).ids
        self.contact.message_post(
            body="Hello",
            partner_ids=self.portal.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        sent = self.env["mail.mail"].sudo().search([("id", "not in", before)])
        self.assertEqual(sent.recipient_ids, self.portal.partner_id)

    def test_the_owner_is_told_what_the_customer_answers(self):
        self.anna.notification_type = "inbox"
        customer = self._create_partner("Customer", email="c@x.example")
        gateway = self.contact.with_user(self.env.ref("base.user_root"))
        message = gateway.message_post(
            body="Yes",
            author_id=customer.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        row = message.notification_ids
        self.assertEqual(row.res_partner_id, self.anna.partner_id)
        self.assertFalse(row.author_id)

    def test_an_e_mail_that_was_not_sent_is_said_in_the_chatter(self):
        message = self.contact.message_post(body="Hello")
        mail = (
            self.env["mail.mail"]
            .sudo()
            .create({"mail_message_id": message.id, "email_to": "c@x.example"})
        )
        mail._postprocess_sent_message(
            [], [], failure_reason="Mailbox full", failure_type="mail_smtp"
        )
        self.assertIn("Mailbox full", str(self.contact.message_ids.mapped("body")))

    def test_it_is_shared_again_with_all_that_was_said(self):
        self.contact.personal = False
        for user in self.colleagues:
            seen = self._find(user, "mail.message", [("id", "in", self.messages.ids)])
            self.assertEqual(seen, self.messages)

    def test_a_message_follows_its_document_s_owner(self):
        mine = self._create_contact(self.anna, personal=True)
        message = mine.message_post(body="Hers")
        self.assertEqual(message.sudo().kontakti_owner_id, self.anna)
        with self.assertRaises(UserError):
            mine.contacted_by_id = self.bertta
        mine.write({"personal": False, "next_date": TODAY})
        self.assertFalse(message.sudo().kontakti_owner_id)
