from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..models.contact.kontakti_contact import STATE_DONE, STATE_OPEN
from .common import NOW, TODAY, KontaktiCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestRepeat(KontaktiCommon):
    """A recurring follow-up: done makes exactly one next (S7, S13)."""

    def _create_series(self, next_date=TODAY, interval=1, unit="months", **vals):
        return self._create_contact(
            next_date=next_date, repeat_interval=interval, repeat_unit=unit, **vals
        )

    def _done(self, contact, user=None):
        self._seen_by(user or self.anna, contact).action_done()
        return contact.follow_up_ids

    def _dates(self, contact, times):
        """The dates of the series, each done on its day."""
        dates = []
        for _time in range(times):
            with freeze_time(f"{contact.next_date} 10:00:00"):
                contact = self._done(contact)
            dates.append(str(contact.next_date))
        return dates

    def test_done_makes_the_next_one(self):
        contact = self._create_series("2026-11-20", 2, "weeks")
        following = self._done(contact)
        self.assertEqual(len(following), 1)
        self.assertEqual(str(following.next_date), "2026-12-04")
        self.assertEqual(following.state, STATE_OPEN)
        self.assertEqual(following.previous_id, contact)
        self.assertEqual(following.name, contact.name)

    def test_months_end_where_they_end(self):
        contact = self._create_series("2027-01-31")
        self.assertEqual(
            self._dates(contact, 4),
            ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"],
        )

    def test_a_leap_day_comes_back_with_its_year(self):
        contact = self._create_series("2028-02-29", 1, "years")
        self.assertEqual(
            self._dates(contact, 4),
            ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"],
        )

    def test_one_put_off_does_not_move_those_after_it(self):
        contact = self._create_series("2026-11-23", 1, "weeks")
        contact.with_user(self.anna).action_postpone(2)
        with freeze_time("2026-11-25 10:00:00"):
            self.assertEqual(str(self._done(contact).next_date), "2026-11-30")

    def test_the_next_of_one_long_late_is_not_late(self):
        contact = self._create_series("2026-09-01", 1, "weeks")
        self.assertEqual(str(self._done(contact).next_date), "2026-11-24")

    def test_without_a_date_it_counts_from_today(self):
        contact = self._create_series(False, 10, "days")
        self.assertEqual(str(self._done(contact).next_date), "2026-12-03")

    def test_done_twice_makes_one(self):
        contact = self._create_series()
        self._done(contact)
        self.assertEqual(len(self._done(contact)), 1)

    def test_reopened_and_done_again_makes_one(self):
        contact = self._create_series()
        self._done(contact)
        self._seen_by(self.anna, contact).action_reopen()
        self.assertFalse(contact.follow_up_ids, "undo takes it back")
        self.assertEqual(len(self._done(contact)), 1)

    def test_undo_keeps_a_next_one_that_somebody_worked_on(self):
        contact = self._create_series()
        following = self._done(contact)
        following.with_user(self.anna).activity_schedule(
            "mail.mail_activity_data_todo", summary="Call"
        )
        self._seen_by(self.anna, contact).action_reopen()
        self.assertTrue(following.exists())
        self.assertEqual(self._done(contact), following, "and makes no second one")

    def test_a_follow_up_by_hand_is_the_next_one(self):
        contact = self._create_series("2026-11-23", 1, "weeks")
        self._seen_by(self.anna, contact).action_follow_up()
        self.assertEqual(len(contact.follow_up_ids), 1)
        self.assertEqual(str(contact.follow_up_ids.next_date), "2026-11-30")
        self.assertEqual(contact.follow_up_ids.repeat_interval, 1)

    def test_log_and_plan_makes_one(self):
        """Nothing chosen: the series says when. A date chosen: that one."""
        contact = self._create_series("2026-11-23", 1, "weeks")
        result = self._seen_by(self.anna, contact).action_log_and_plan({})
        self.assertEqual(contact.follow_up_ids.ids, [result["next"]])
        self.assertEqual(str(contact.follow_up_ids.next_date), "2026-11-30")
        self._contacts(self.anna).action_undo_log_and_plan(result)
        self.assertFalse(contact.follow_up_ids)
        self.assertEqual(contact.state, STATE_OPEN)
        result = contact.with_user(self.anna).action_log_and_plan(
            {"next_date": "2026-12-01"}
        )
        following = contact.follow_up_ids
        self.assertEqual(following.ids, [result["next"]])
        with freeze_time("2026-12-01 10:00:00"):
            self.assertEqual(str(self._done(following).next_date), "2026-12-07")

    def test_many_done_at_once_make_one_each(self):
        contacts = (
            self._create_series() | self._create_series() | self._create_contact()
        )
        self._seen_by(self.anna, contacts).action_done()
        self.assertEqual([len(one.follow_up_ids) for one in contacts], [1, 1, 0])

    def test_it_ends_by_one_click(self):
        contact = self._create_series()
        self._seen_by(self.anna, contact).action_end_repeat()
        self.assertFalse(self._done(contact))
        self.assertEqual(contact.state, STATE_DONE)

    def test_a_personal_one_stays_personal_and_its_owner_s(self):
        contact = self._create_series(personal=True)
        contact.sudo().action_done()
        following = contact.follow_up_ids
        self.assertTrue(following.personal)
        self.assertEqual(following.contacted_by_id, self.anna)

    def test_a_copy_does_not_repeat(self):
        copied = self._create_series().with_user(self.anna).copy()
        self.assertFalse(copied.repeat_interval or copied.repeat_start)

    def test_what_is_counted_has_to_be_chosen(self):
        with self.assertRaises(ValidationError):
            self._create_contact(repeat_interval=2)

    def test_the_form_proposes_weeks(self):
        contact = self._create_contact(next_date=TODAY)
        with Form(contact.with_user(self.anna)) as form:
            form.repeat_interval = 2
        self.assertEqual((contact.repeat_unit, contact.repeat_start), ("weeks", TODAY))

    def test_nobody_ends_what_he_may_not_see(self):
        with self.assertRaises(AccessError):
            self._seen_by(self.stranger, self._create_series()).action_end_repeat()
