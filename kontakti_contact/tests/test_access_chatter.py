from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_privacy import SECRET, PrivacyCommon

CONTACT = "kontakti.contact"


@tagged("post_install", "-at_install")
class TestAccessChatter(PrivacyCommon):
    """What hangs on a personal contact event is the owner's alone (S8)."""

    def _hanging(self, model, user=None):
        """The records of ``model`` on the contact event, as ``user`` finds them."""
        field = "model" if model == "mail.message" else "res_model"
        domain = [(field, "=", CONTACT), ("res_id", "=", self.contact.id)]
        if model == "mail.notification":
            domain = [("mail_message_id.model", "=", CONTACT)]
            domain += [("mail_message_id.res_id", "=", self.contact.id)]
        self.env.flush_all()
        self.env.invalidate_all()
        records = self.env[model]
        records = records.with_user(user) if user else records.sudo()
        return records.search(domain)

    def test_the_owner_keeps_the_chatter(self):
        """Otherwise the tests below would pass by finding nothing at all."""
        messages = self._hanging("mail.message", self.anna)
        self.assertEqual(messages, self._hanging("mail.message"))
        texts = str(messages.mapped("body"))
        for part in ("mention", "by Bertta", "by Manager", "after"):
            self.assertIn(f"{SECRET} {part}", texts)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_not_even_their_authors_and_addressees_see_the_messages(self):
        """Odoo shows a message to its author and those notified; not here."""
        messages = self._hanging("mail.message")
        wrote = messages.filtered(lambda rec: rec.author_id == self.bertta.partner_id)
        self.assertTrue(wrote)
        self.assertTrue(messages.filtered(lambda rec: "mention" in rec.body))
        for user in self.colleagues:
            self.assertFalse(self._hanging("mail.message", user))
            for message in messages:
                with self.assertRaises(AccessError):
                    self._seen_by(user, message).read(["body"])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_colleague_cannot_change_or_delete_an_own_message_there(self):
        messages = self._hanging("mail.message")
        wrote = messages.filtered(lambda rec: rec.author_id == self.bertta.partner_id)
        with self.assertRaises(AccessError):
            self._seen_by(self.bertta, wrote).write({"body": "Mine"})
        with self.assertRaises(AccessError):
            self._seen_by(self.bertta, wrote).unlink()

    def test_the_inbox_counts_no_hidden_message(self):
        """S8: not as a number either."""
        self.bertta.notification_type = "inbox"
        shared = self._create_contact(self.anna)
        shared.message_post(
            body="Look", partner_ids=self.bertta.partner_id.ids, message_type="comment"
        )
        inbox = [("needaction", "=", True)]
        messages = self.env["mail.message"].with_user(self.bertta)
        count = messages.search_count(inbox)
        self.assertTrue(count)
        shared.personal = True
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(messages.search_count(inbox), count - 1)

    def test_notifications_tell_nothing(self):
        """Every employee reads them all: none is left, nobody is told of any."""
        self.assertFalse(self._hanging("mail.notification"))
        recipients = self._hanging("mail.message").mapped("partner_ids")
        self.assertFalse(recipients & (self.bertta + self.manager).partner_id)

    def test_followers_are_a_secret_too(self):
        """Who follows says that it exists, and whose it is: nobody does."""
        self.assertFalse(self._hanging("mail.followers"))
        self.contact.message_subscribe(self.anna.partner_id.ids)
        self.contact.responsible_id = False
        self.contact.responsible_id = self.anna
        self.assertFalse(self._hanging("mail.followers"))

    def test_the_owner_s_mentions_reach_no_colleague(self):
        """A colleague mentioned by mistake is neither notified nor e-mailed."""
        before = self._hanging("mail.notification")
        mails = self.env["mail.mail"].sudo().search([])
        self.contact.message_post(
            body="Psst",
            partner_ids=self.colleagues.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self._hanging("mail.notification"), before)
        self.assertEqual(self.env["mail.mail"].sudo().search([]), mails)

    def test_a_mention_in_a_shared_contact_does_notify(self):
        """The test above would pass if nobody were ever notified."""
        shared = self._create_contact(self.anna)
        message = shared.message_post(
            body="Look",
            partner_ids=self.bertta.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(message.notified_partner_ids, self.bertta.partner_id)

    def test_a_user_of_another_company_is_not_notified_of_a_shared_contact(self):
        """S1: who may not read the contact event is not told what is in it."""
        shared = self._create_contact(self.anna)
        message = shared.message_post(
            body="Look",
            partner_ids=(self.stranger + self.employee).partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(message.notified_partner_ids)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_nobody_writes_to_it_or_follows_it(self):
        for user in self.outsiders:
            contact = self._seen_by(user, self.contact)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    contact.message_post(body="Hello")
                with self.assertRaises(AccessError):
                    self.env["mail.message"].with_user(user).create(
                        {"model": CONTACT, "res_id": self.contact.id, "body": "Hello"}
                    )
                with self.assertRaises(AccessError):
                    self.env["mail.followers"].with_user(user).create(
                        {
                            "res_model": CONTACT,
                            "res_id": self.contact.id,
                            "partner_id": user.partner_id.id,
                        }
                    )
        self.assertFalse(self.contact.message_partner_ids)

    def test_the_activities_of_others_went_to_the_owner(self):
        """Nobody is reminded of a contact event he or she cannot see."""
        activities = self._hanging("mail.activity")
        self.assertEqual(len(activities), 3)
        self.assertEqual(activities.user_id, self.anna)
        for user in self.colleagues:
            self.assertFalse(self._hanging("mail.activity", user))

    def test_a_colleague_gets_no_activity_on_a_personal_contact(self):
        for user in self.colleagues:
            with self.subTest(user=user.login), self.assertRaises(ValidationError):
                self.contact.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=user.id
                )
        activity = self._hanging("mail.activity", self.anna)[0]
        with self.assertRaises(ValidationError):
            activity.user_id = self.bertta

    def test_colleagues_get_activities_on_shared_contacts(self):
        shared = self._create_contact(self.anna)
        activity = shared.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.bertta.id
        )
        self.assertEqual(activity.user_id, self.bertta)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_nobody_plans_an_activity_on_it(self):
        for user in self.colleagues + self.employee:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["mail.activity"].with_user(user).create(
                    {
                        "res_model_id": self.env["ir.model"]._get_id(CONTACT),
                        "res_id": self.contact.id,
                        "user_id": user.id,
                        "activity_type_id": self.env.ref(
                            "mail.mail_activity_data_todo"
                        ).id,
                    }
                )

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_files_are_closed_also_to_who_attached_them(self):
        files = self._hanging("ir.attachment")
        by_bertta = files.filtered(lambda rec: rec.create_uid == self.bertta)
        self.assertTrue(by_bertta)
        for user in self.colleagues:
            self.assertFalse(self._hanging("ir.attachment", user))
        for user in self.outsiders:
            with self.subTest(user=user.login):
                for file in files:
                    with self.assertRaises(AccessError):
                        self._seen_by(user, file).read(["raw"])

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_nobody_attaches_a_file_to_it(self):
        for user in self.outsiders:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["ir.attachment"].with_user(user).create(
                    {"name": "x", "res_model": CONTACT, "res_id": self.contact.id}
                )

    def test_tracked_changes_are_read_by_the_owner_alone(self):
        tracking = self.env["mail.tracking.value"].sudo()
        values = tracking.search(
            [("mail_message_id", "in", self._hanging("mail.message").ids)]
        )
        self.assertTrue(values)
        for user in self.outsiders:
            with self.assertRaises(AccessError):
                self._seen_by(user, values).read([])

    def test_external_ids_and_the_composer_tell_nothing(self):
        """Two ways to a record by its id that Odoo offers everywhere."""
        self.contact.export_data(["id"])
        ids = self.env["ir.model.data"].with_user(self.bertta)
        try:
            found = ids.search([("model", "=", CONTACT)]).read([])
        except AccessError:
            found = []
        self.assertNotIn(SECRET, str(found))
        composer = self.env["mail.compose.message"].with_user(self.bertta)
        context = {
            "default_model": CONTACT,
            "default_res_ids": self.contact.ids,
            "default_composition_mode": "comment",
        }
        specification = dict.fromkeys(composer._fields, {})
        try:
            shown = composer.with_context(**context).onchange({}, [], specification)
        except AccessError:
            shown = ""
        self.assertNotIn(SECRET, str(shown))

    def test_one_who_owned_it_before_has_lost_it(self):
        """Handed over while shared, then made personal by the new owner."""
        contact = self._create_contact(self.anna, name="Offer")
        contact.message_post(body="Noted")
        contact.contacted_by_id = self.bertta
        self._seen_by(self.bertta, contact).personal = True
        with self.assertRaises(AccessError):
            self._seen_by(self.anna, contact).read(["name"])
        messages = self.env["mail.message"].with_user(self.anna)
        found = messages.search([("model", "=", CONTACT), ("res_id", "=", contact.id)])
        self.assertFalse(found)

    def test_a_deleted_one_leaves_nothing_behind(self):
        contact_id = self.contact.id
        self.contact.unlink()
        self.env.flush_all()
        for model, field in (
            ("mail.message", "model"),
            ("mail.followers", "res_model"),
            ("mail.activity", "res_model"),
            ("ir.attachment", "res_model"),
        ):
            domain = [(field, "=", CONTACT), ("res_id", "=", contact_id)]
            self.assertFalse(self.env[model].sudo().search(domain), model)

    def test_a_visible_one_keeps_its_chatter_for_everybody(self):
        """Sharing it again shows what was hidden: hiding removes nothing."""
        self.contact.personal = False
        for user in self.colleagues:
            texts = str(self._hanging("mail.message", user).mapped("body"))
            self.assertIn(f"{SECRET} after", texts)
            self.assertTrue(self._hanging("ir.attachment", user))
