from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from ..models.contact.follow_up import FOLLOW_UP_KEY
from ..models.contact.kontakti_contact import STATE_DONE, STATE_OPEN
from .common import NOW, TODAY, KontaktiCommon


@freeze_time(NOW)
class TestFollowUp(KontaktiCommon):
    """A follow-up in which nothing was written is taken back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls._create_contact(next_date=TODAY)

    def _follow_up(self, contacts=None):
        contacts = self._seen_by(self.anna, contacts or self.contact)
        return contacts.action_follow_up()["context"][FOLLOW_UP_KEY]

    def _undo(self, follow_up, user=None):
        contacts = self._contacts(user or self.anna)
        return contacts.action_undo_follow_up(follow_up)

    def test_undo_reopens_the_old_one_and_removes_the_empty_one(self):
        follow_up = self._follow_up()
        made = self.contact.follow_up_ids
        self.assertEqual(follow_up, {"made": made.ids, "closed": self.contact.ids})
        self._undo(follow_up)
        self.assertFalse(made.exists())
        self.assertEqual(self.contact.state, STATE_OPEN)
        self.assertEqual(self.contact.next_date, TODAY)

    def test_undo_plans_again_what_had_not_taken_place(self):
        self.contact.date = False
        follow_up = self._follow_up()
        self.assertTrue(self.contact.date)
        self._undo(follow_up)
        self.assertEqual((self.contact.state, self.contact.date), (STATE_OPEN, False))

    def test_undo_leaves_a_done_one_done(self):
        self.contact.state = STATE_DONE
        self._undo(self._follow_up())
        self.assertFalse(self.contact.follow_up_ids)
        self.assertEqual(self.contact.state, STATE_DONE)

    def test_undo_of_the_second_click_leaves_the_follow_up(self):
        self._follow_up()
        second = self._follow_up()
        self.assertEqual(second, {"made": [], "closed": []})
        self._undo(second)
        self.assertTrue(self.contact.follow_up_ids)

    def test_undo_twice_is_as_once(self):
        follow_up = self._follow_up()
        self._undo(follow_up)
        self._undo(follow_up)
        self.assertEqual(self.contact.state, STATE_OPEN)

    def test_many_are_undone_at_once(self):
        contacts = self.contact | self._create_contact()
        self._undo(self._follow_up(contacts))
        self.assertFalse(contacts.follow_up_ids)
        self.assertEqual(set(contacts.mapped("state")), {STATE_OPEN})

    def test_what_was_written_in_a_follow_up_is_not_taken_back(self):
        follow_up = self._follow_up()
        made = self.contact.follow_up_ids
        with freeze_time("2026-11-23 10:05:00"):
            made.with_user(self.anna).write({"discussion": "<p>New</p>"})
            made.flush_recordset()
            # the clock of a transaction of a test stands still
            self.env.cr.execute(
                "UPDATE kontakti_contact SET write_date = %s WHERE id = %s",
                ("2026-11-23 10:05:00", made.id),
            )
        with self.assertRaises(UserError):
            self._undo(follow_up)
        self.assertTrue(made.exists())
        self.assertEqual(self.contact.state, STATE_DONE)

    def test_a_follow_up_that_has_an_activity_or_a_follow_up_is_kept(self):
        follow_up = self._follow_up()
        made = self.contact.follow_up_ids
        made.with_user(self.anna).activity_schedule(
            "mail.mail_activity_data_todo", summary="Call"
        )
        with self.assertRaises(UserError):
            self._undo(follow_up)
        made.activity_ids.unlink()
        made.with_user(self.anna).action_follow_up()
        with self.assertRaises(UserError):
            self._undo(follow_up)

    def test_what_is_no_follow_up_is_not_deleted(self):
        with self.assertRaises(UserError):
            self._undo({"made": self.contact.ids, "closed": []})
        self.assertTrue(self.contact.exists())

    def test_nobody_undoes_what_he_may_not_see(self):
        follow_up = self._follow_up()
        with self.assertRaises(AccessError):
            self._undo(follow_up, self.stranger)

    def test_what_is_to_be_undone_is_a_dictionary_of_ids(self):
        for wrong in (7, [], {"made": 7}, {"made": ["x"]}, {"closed": "x"}):
            with self.subTest(wrong), self.assertRaises(UserError):
                self._undo(wrong)
