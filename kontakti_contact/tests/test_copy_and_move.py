from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, TODAY, KontaktiCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCopy(KontaktiCommon):
    """A copy is the copier's own, made now (S13)."""

    def test_a_copy_of_a_colleague_s_is_the_copier_s_own(self):
        contact = self._create_contact(
            self.anna,
            date="2026-01-05 08:00:00",
            duration=1.5,
            next_date="2026-02-01",
            responsible_id=self.anna.id,
        )
        copy = self._seen_by(self.bertta, contact).copy()
        self.assertEqual(copy.contacted_by_id, self.bertta)
        self.assertEqual(copy.date, fields.Datetime.to_datetime(NOW))
        self.assertFalse(copy.duration)
        self.assertFalse(copy.next_date)
        self.assertEqual(copy.responsible_id, self.anna)
        copy.unlink()
        self.assertEqual(contact.contacted_by_id, self.anna)

    def test_a_next_date_to_come_is_kept(self):
        for next_date in (TODAY, fields.Date.to_date("2027-01-01")):
            contact = self._create_contact(next_date=next_date)
            self.assertEqual(contact.copy().next_date, next_date)

    def test_what_the_caller_gives_is_taken(self):
        contact = self._create_contact(next_date="2026-01-01")
        copy = contact.copy({"next_date": "2026-01-02", "duration": 2.0})
        self.assertEqual(copy.next_date, fields.Date.to_date("2026-01-02"))
        self.assertEqual(copy.duration, 2.0)

    def test_a_copy_of_an_archived_or_personal_one(self):
        contact = self._create_contact(personal=True, active=False)
        copy = contact.copy()
        self.assertTrue(copy.active)
        self.assertTrue(copy.personal)

    def test_many_are_copied_at_once(self):
        contacts = self._create_contact(duration=1) | self._create_contact(self.bertta)
        copies = self._seen_by(self.anna, contacts).copy()
        self.assertEqual(copies.contacted_by_id, self.anna)
        self.assertEqual(len(copies), 2)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestMove(KontaktiCommon):
    """A chain does not cross companies: it is let go, and the chatter says so (S9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._create_contact(cls.both, name="First")
        cls.first.action_follow_up()
        cls.second = cls.first.follow_up_ids
        cls.second.action_follow_up()
        cls.third = cls.second.follow_up_ids
        cls.chosen = (cls.company + cls.other_company).ids

    def _as_both(self, contact):
        seen = self._seen_by(self.both, contact)
        return seen.with_context(allowed_company_ids=self.chosen)

    def _notes(self, contact):
        return " ".join(contact.sudo().message_ids.mapped("body"))

    def test_a_follow_up_moves_and_lets_go_of_both_ends(self):
        self._as_both(self.second).company_id = self.other_company
        self.assertFalse(self.second.previous_id)
        self.assertFalse(self.third.previous_id)
        self.assertIn("let go", self._notes(self.second))
        self.assertIn("let go", self._notes(self.third))
        self.assertNotIn("let go", self._notes(self.first))

    def test_the_first_one_moves_and_its_follow_up_stays(self):
        self._as_both(self.first).company_id = self.other_company
        self.assertFalse(self.second.previous_id)
        self.assertEqual(self.third.previous_id, self.second)
        self.assertNotIn("First", self._notes(self.second))

    def test_the_whole_chain_moves_as_it_is(self):
        chain = self.first | self.second | self.third
        self._as_both(chain).write({"company_id": self.other_company.id})
        self.assertEqual(self.second.previous_id, self.first)
        self.assertEqual(self.third.previous_id, self.second)
        self.assertNotIn("let go", self._notes(chain))

    def test_the_same_company_again_is_no_move(self):
        self._as_both(self.second).write({"company_id": self.company.id})
        self.assertEqual(self.second.previous_id, self.first)

    def test_to_no_company_too(self):
        self._as_both(self.second).company_id = False
        self.assertFalse(self.second.previous_id)
        self.assertFalse(self.third.previous_id)

    def test_it_moves_on_the_form(self):
        self.both.group_ids += self.env.ref("base.group_multi_company")
        with Form(self._as_both(self.second)) as form:
            form.company_id = self.other_company.with_user(self.both)
        self.assertEqual(self.second.company_id, self.other_company)

    def test_a_follow_up_is_not_chained_across_companies(self):
        far = self._create_contact(self.both, company_id=self.other_company.id)
        with self.assertRaises(UserError):
            self._as_both(self.third).previous_id = far

    def test_who_may_not_move_it_cuts_nothing(self):
        with self.assertRaises(UserError):
            self._seen_by(self.bertta, self.second).write(
                {"company_id": self.other_company.id}
            )
        self.env.invalidate_all()
        self.assertEqual(self.second.previous_id, self.first)
