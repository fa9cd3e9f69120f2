import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..models.contact.kontakti_contact import STATE_DONE, STATE_OPEN
from ..models.contact.texts import READ_KEY
from .common import NOW, TODAY, KontaktiCommon

NEXT = "2026-11-30"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestLogAndPlan(KontaktiCommon):
    """What was said and what comes next, in one save (S7, S13)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_partner("Kivi Oy")
        cls.channel = cls.env["kontakti.channel"].create({"name": "Pigeon"})
        cls.contact = cls._create_contact(
            partner_id=cls.customer.id,
            next_date=TODAY,
            responsible_id=cls.bertta.id,
            date="2026-11-20 08:00:00",
        )

    def _log(self, values, contact=None, user=None):
        contact = self._seen_by(user or self.anna, contact or self.contact)
        result = contact.action_log_and_plan(values)
        self.assertEqual(json.loads(json.dumps(result)), result)
        return result

    def _undo(self, result, user=None):
        return self._contacts(user or self.anna).action_undo_log_and_plan(result)

    def _log_fully(self):
        return self._log(
            {
                "discussion": "<p>They want it</p>",
                "actions": "<p>Offer</p>",
                "duration": 0.25,
                "channel_id": self.channel.id,
                "date": NOW,
                "next_date": NEXT,
            }
        )

    def test_one_save_logs_this_one_and_plans_the_next(self):
        result = self._log_fully()
        contact, following = self.contact, self.contact.follow_up_ids
        self.assertEqual(result, {"done": contact.id, "next": following.id})
        self.assertEqual(contact.state, STATE_DONE)
        self.assertIn("They want it", contact.discussion)
        self.assertIn("Offer", contact.actions)
        self.assertEqual((contact.duration, contact.channel_id), (0.25, self.channel))
        self.assertEqual(str(contact.date), NOW)
        self.assertEqual(following.state, STATE_OPEN)
        self.assertEqual(str(following.next_date), NEXT)
        self.assertEqual(following.previous_id, contact)
        self.assertEqual(following.name, contact.name)
        self.assertEqual(following.partner_id, self.customer)
        self.assertEqual(following.responsible_id, self.bertta)
        self.assertEqual(following.contacted_by_id, self.anna)
        self.assertFalse(following.discussion)

    def test_nothing_is_required(self):
        self.assertEqual(self._log({}), {"done": self.contact.id, "next": False})
        self.assertEqual(self.contact.state, STATE_DONE)
        self.assertFalse(self.contact.follow_up_ids)
        self.assertEqual(str(self.contact.date), "2026-11-20 08:00:00")

    def test_the_next_one_may_be_somebody_else_s(self):
        self._log({"next_date": NEXT, "next_responsible_id": self.manager.id})
        self.assertEqual(self.contact.follow_up_ids.responsible_id, self.manager)

    def test_the_next_one_is_nobody_s_who_may_not_see_it(self):
        with self.assertRaises(ValidationError):
            self._log({"next_date": NEXT, "next_responsible_id": self.stranger.id})

    def test_a_second_call_leads_to_the_same_next_one(self):
        values = {"duration": 0.1, "next_date": NEXT}
        first = self._log(values)
        self.assertEqual(self._log(values), first)
        # the time used ran on between two clicks
        self.assertEqual(self._log({**values, "duration": 0.2}), first)
        self.assertEqual(self.contact.duration, 0.2)
        self.assertEqual(len(self.contact.follow_up_ids), 1)

    def test_one_that_was_reopened_is_planned_again(self):
        first = self._log({"next_date": NEXT})
        self.contact.action_reopen()
        second = self._log({"next_date": NEXT})
        self.assertNotEqual(second["next"], first["next"])

    def test_undo_takes_both_back(self):
        result = self._log_fully()
        self.assertIs(self._undo(result), True)
        contact = self.contact
        self.assertFalse(contact.follow_up_ids)
        self.assertEqual((contact.state, contact.next_date), (STATE_OPEN, TODAY))
        self.assertFalse(contact.discussion or contact.actions or contact.channel_id)
        self.assertEqual(contact.duration, 0)
        self.assertEqual(str(contact.date), "2026-11-20 08:00:00")

    def test_undo_twice_is_as_once(self):
        result = self._log({"next_date": NEXT})
        self._undo(result)
        self.assertIs(self._undo(result), True)
        self.assertEqual(self.contact.state, STATE_OPEN)

    def test_undo_takes_nothing_away_that_came_since(self):
        result = self._log_fully()
        self.contact.with_user(self.bertta).discussion = "<p>Bertta knows more</p>"
        with self.assertRaises(UserError):
            self._undo(result)
        self.assertIn("Bertta", self.contact.discussion)
        self.assertTrue(self.contact.follow_up_ids)

    def test_undo_keeps_a_next_one_in_which_somebody_did_something(self):
        result = self._log({"next_date": NEXT})
        following = self.contact.follow_up_ids
        following.with_user(self.anna).action_follow_up()
        with self.assertRaises(UserError):
            self._undo(result)
        self.assertEqual(self.contact.state, STATE_DONE)

    def test_undo_deletes_nothing_that_it_did_not_make(self):
        other = self._create_contact(previous_id=self.contact.id)
        self._log({})
        with self.assertRaises(UserError):
            self._undo({"done": self.contact.id, "next": other.id})
        self.assertTrue(other.exists())

    def test_nobody_logs_or_undoes_what_he_may_not_see(self):
        with self.assertRaises(AccessError):
            self._log({}, user=self.stranger)
        result = self._log({})
        with self.assertRaises(AccessError):
            self._undo(result, self.stranger)

    def test_a_personal_one_stays_its_owner_s(self):
        personal = self._create_contact(personal=True, next_date=TODAY)
        with self.assertRaises(AccessError):
            self._log({"next_date": NEXT}, personal, self.manager)
        self._log({"next_date": NEXT}, personal)
        following = personal.follow_up_ids
        self.assertTrue(following.personal)
        self.assertEqual(following.contacted_by_id, self.anna)
        self.assertFalse(
            self._contacts(self.manager).search([("id", "=", following.id)])
        )

    def test_a_text_that_another_one_changed_meanwhile_is_not_overwritten(self):
        self.contact.with_user(self.bertta).discussion = "<p>Bertta's</p>"
        contact = self._seen_by(self.anna, self.contact)
        read = {str(contact.id): {"discussion": ""}}
        with self.assertRaises(UserError):
            contact.with_context(**{READ_KEY: read}).action_log_and_plan(
                {"discussion": "<p>Anna's</p>"}
            )
        self.assertIn("Bertta", self.contact.discussion)

    def test_what_cannot_be_logged_is_refused_and_nothing_changes(self):
        for wrong in (
            7,
            {"name": "Other"},
            {"discussion": 7},
            {"duration": float("nan")},
            {"channel_id": "x"},
            {"date": "yesterday"},
            {"next_date": "soon"},
            {"next_date": NEXT, "next_responsible_id": "x"},
        ):
            with self.subTest(wrong), self.assertRaises(UserError):
                self._log(wrong)
            self.env.invalidate_all()
            self.assertEqual(self.contact.state, STATE_OPEN)

    def test_users_do_not_read_what_was_before(self):
        self._log_fully()
        with self.assertRaises(AccessError):
            self._seen_by(self.anna, self.contact).read(["log_and_plan_note"])


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestNoAnswer(KontaktiCommon):
    """Nobody answered: logged, counted, tried again later (S7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.env["kontakti.channel"].create({"name": "Pigeon"})
        cls.contact = cls._create_contact(
            next_date="2026-11-20", channel_id=cls.channel.id
        )

    def _try(self, days=1):
        return self._seen_by(self.anna, self.contact).action_no_answer(days)

    def test_one_click_logs_the_attempt_and_postpones(self):
        before = len(self.contact.message_ids)
        dates = self._try()
        self.assertEqual(dates, {str(self.contact.id): "2026-11-20"})
        self.assertEqual(str(self.contact.next_date), "2026-11-24")
        self.assertEqual(self.contact.attempts, 1)
        self.assertEqual(self.contact.state, STATE_OPEN)
        logged = self.contact.message_ids[: len(self.contact.message_ids) - before]
        self.assertIn("Pigeon", " ".join(logged.mapped("body")))

    def test_each_attempt_counts(self):
        self._try()
        self._try(7)
        self.assertEqual(self.contact.attempts, 2)
        self.assertEqual(str(self.contact.next_date), "2026-12-01")

    def test_undo_takes_the_attempt_back(self):
        self._try()
        dates = self._try()
        self._contacts(self.anna).action_undo_no_answer(dates)
        self.assertEqual(self.contact.attempts, 1)
        self.assertEqual(str(self.contact.next_date), "2026-11-24")

    def test_what_is_planned_next_begins_at_none(self):
        self._try()
        contact = self._seen_by(self.anna, self.contact)
        contact.action_log_and_plan({"next_date": NEXT})
        self.assertEqual(self.contact.attempts, 1)
        self.assertEqual(self.contact.follow_up_ids.attempts, 0)

    def test_the_row_of_the_task_list_shows_them(self):
        self._set_others_contacts_aside()
        contact = self._create_contact(next_date=TODAY, customer_name="Joki Oy")
        contact.action_no_answer(1)
        shown = self._contacts(self.anna).get_task_list_customers("organisation", "all")
        [item] = shown["customers"][0]["items"]
        self.assertEqual(item["attempts"], 1)

    def test_nobody_tries_what_he_may_not_see(self):
        with self.assertRaises(AccessError):
            self._seen_by(self.stranger, self.contact).action_no_answer()
        with self.assertRaises(AccessError):
            self._contacts(self.stranger).action_undo_no_answer(
                {str(self.contact.id): False}
            )
