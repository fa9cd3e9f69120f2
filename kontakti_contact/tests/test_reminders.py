from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY, KontaktiCommon

YESTERDAY = "2026-11-22"
TOMORROW = "2026-11-24"


class RemindersCommon(KontaktiCommon):
    """anna has two late, one due today and one personal that is late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_others_contacts_aside()
        mine = {"responsible_id": cls.anna.id}
        cls.late = cls._create_contact(
            next_date=YESTERDAY, name="Late one", customer_name="Kivi Oy", **mine
        )
        cls._create_contact(next_date=YESTERDAY, **mine)
        cls.today = cls._create_contact(next_date=TODAY, name="Today's", **mine)
        cls._create_contact(next_date=TOMORROW, **mine)
        cls.secret = cls._create_contact(
            next_date=YESTERDAY, name="Doctor", personal=True
        )
        cls._create_contact(next_date=YESTERDAY, responsible_id=cls.bertta.id)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestActivityMenu(RemindersCommon):
    """Odoo's activity menu shows what is late and due today (S7)."""

    def _groups(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        groups = self.env["res.users"].with_user(user)._get_activity_groups()
        return {
            group["kontakti_section"]: group
            for group in groups
            if "kontakti_section" in group
        }

    def test_it_shows_mine_and_personal_ones_with_the_task_list_s_numbers(self):
        groups = self._groups(self.anna)
        numbers = {
            key: (group["overdue_count"], group["today_count"], group["total_count"])
            for key, group in groups.items()
        }
        self.assertEqual(numbers, {"mine": (2, 1, 3), "personal": (1, 0, 1)})

    def test_each_number_equals_what_its_cell_lists(self):
        contacts = self._contacts(self.anna)
        for key, group in self._groups(self.anna).items():
            for name, cell in (("overdue_count", "late"), ("today_count", "today")):
                found = contacts.search([("task_list_cell", "=", f"{key}.{cell}")])
                self.assertEqual(len(found), group[name], f"{key}.{cell}")

    def test_late_and_today_are_one_cell_for_a_phone(self):
        contacts = self._contacts(self.anna)
        both = contacts.search([("task_list_cell", "in", ["mine.late", "mine.today"])])
        self.assertEqual(contacts.search([("task_list_cell", "=", "mine.now")]), both)
        shown = contacts.get_task_list_customers("mine", "now")["customers"]
        self.assertEqual(sum(customer["contacts"] for customer in shown), len(both))

    def test_nobody_is_told_of_others_personal_ones(self):
        self.assertEqual(set(self._groups(self.bertta)), {"mine"})
        self.assertFalse(self._groups(self.manager))

    def test_who_has_no_right_sees_and_pays_nothing(self):
        self.assertFalse(self._groups(self.employee))
        users = self.env["res.users"].with_user(self.employee)
        users._get_activity_groups()
        before = self.env.cr.sql_log_count
        users._get_activity_groups()
        employee = self.env.cr.sql_log_count - before
        users = users.with_user(self.anna)
        users._get_activity_groups()
        before = self.env.cr.sql_log_count
        users._get_activity_groups()
        # who stands in for whom, and the count
        self.assertLessEqual(self.env.cr.sql_log_count - before, employee + 2)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestDigest(RemindersCommon):
    """The morning digest: once a day, at the user's hour, where the user is (S7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].search([]).kontakti_digest = False
        cls.anna.kontakti_digest = True
        cls.anna.kontakti_digest_hour = "7"

    def _run(self, at=NOW):
        """Run the cron at ``at`` (UTC); return the e-mails that it queued."""
        mails = self.env["mail.mail"].search([])
        self.env.flush_all()
        with freeze_time(at):
            users = self.env["res.users"]._get_kontakti_digest_users()
            for user in users:
                if user._lock_for_kontakti_digest():
                    user._send_kontakti_digest()
            self.env.flush_all()
        return self.env["mail.mail"].search([]) - mails

    def test_it_tells_what_is_late_and_due_today_and_leads_there(self):
        mail = self._run()
        self.assertEqual(len(mail), 1)
        body = mail.body_html
        self.assertIn("Late one", body)
        self.assertIn("Kivi Oy", body)
        self.assertIn(f"/odoo/contact-events/{self.late.id}", body)
        for cell in ("mine.late", "personal.late", "organisation.today"):
            self.assertIn(f"active_id={cell}", body)
        self.assertIn(self.anna.email, mail.email_to)

    def test_the_queue_tells_administrators_nothing_of_personal_ones(self):
        mail = self._run()
        self.assertNotIn("Doctor", mail.body_html)
        self.assertNotIn(f"/{self.secret.id}", mail.body_html)

    def test_no_colleague_reads_it(self):
        message = self._run().mail_message_id
        self.assertFalse(message.model or message.res_id)
        with self.assertRaises(AccessError):
            self._seen_by(self.bertta, message).read(["body"])

    def test_it_is_sent_from_the_user_s_hour_on_in_any_time_zone(self):
        for zone, before, after in (
            ("Europe/Helsinki", "2026-11-23 04:59:00", "2026-11-23 05:00:00"),
            ("America/New_York", "2026-11-23 11:59:00", "2026-11-23 12:00:00"),
            ("Asia/Kolkata", "2026-11-23 01:29:00", "2026-11-23 01:30:00"),
        ):
            with self.subTest(zone):
                self.anna.tz = zone
                self.anna.kontakti_digest_day = False
                self.assertFalse(self._run(before))
                self.assertEqual(len(self._run(after)), 1)

    def test_once_a_day_whatever_happens_to_the_cron(self):
        self.assertEqual(len(self._run("2026-11-23 05:00:00")), 1)
        self.assertFalse(self._run("2026-11-23 05:15:00"))
        self.assertFalse(self._run("2026-11-23 20:00:00"))
        # it stood still all morning: in the evening, and once
        self.assertEqual(len(self._run("2026-11-24 18:00:00")), 1)
        self.assertFalse(self._run("2026-11-24 18:15:00"))

    def test_nothing_is_sent_when_there_is_nothing(self):
        self._set_others_contacts_aside()
        self.assertFalse(self._run())
        self._create_contact(next_date=TODAY)
        self.assertFalse(self._run("2026-11-23 11:00:00"), "the day is over")

    def test_who_switched_it_off_or_lost_the_right_gets_none(self):
        self.anna.kontakti_digest = False
        self.assertFalse(self._run())
        self.anna.kontakti_digest = True
        group = self.env.ref("kontakti_contact.group_kontakti_user")
        self.anna.group_ids -= group
        self.assertFalse(self._run())

    def test_it_is_in_the_user_s_language(self):
        self.env["res.lang"]._activate_lang("fi_FI")
        self.env["ir.module.module"]._load_module_terms(["kontakti_contact"], ["fi_FI"])
        self.anna.lang = "fi_FI"
        mail = self._run()
        self.assertIn("Myöhässä", mail.body_html)
        self.assertIn("22.11.2026", mail.body_html)

    def test_users_choose_it_themselves_and_for_nobody_else(self):
        own = self.anna.with_user(self.anna)
        own.write({"kontakti_digest": False, "kontakti_digest_hour": "9"})
        self.assertEqual(self.anna.kontakti_digest_hour, "9")
        with self.assertRaises(AccessError):
            self.bertta.with_user(self.anna).write({"kontakti_digest": True})


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestDeputy(RemindersCommon):
    """For a time, somebody else's responsibilities show under mine (S7, S14)."""

    def _represent(self, user=None, **vals):
        deputies = self.env["kontakti.deputy"].with_user(user or self.anna)
        return deputies.create(
            {
                "user_id": self.anna.id,
                "deputy_id": self.bertta.id,
                "date_from": TODAY,
                "date_to": TOMORROW,
                **vals,
            }
        )

    def _mine(self, user):
        contacts = self._contacts(user)
        return contacts.search(contacts._get_section_domain("mine"))

    def test_the_deputy_sees_them_as_long_as_it_lasts(self):
        own = self._mine(self.bertta)
        self._represent()
        self.assertEqual(self._mine(self.bertta) - own, self._mine(self.anna))
        with freeze_time("2026-11-24 10:00:00"):
            self.assertNotEqual(self._mine(self.bertta), own)
        with freeze_time("2026-11-25 10:00:00"):
            self.assertEqual(self._mine(self.bertta), own)

    def test_the_task_list_counts_and_shows_them_under_mine(self):
        def get_number():
            sections = self._contacts(self.bertta).get_task_list()["sections"]
            [mine] = [one for one in sections if one["key"] == "mine"]
            return mine["groups"][0]["contacts"]

        before = get_number()
        deputy = self._represent()
        self.assertEqual(get_number() - before, len(self._mine(self.anna)))
        self.assertGreater(get_number(), before)
        page = self._contacts(self.bertta).get_task_list_customers("mine", "late")
        whose = {
            item["responsible"]
            for customer in page["customers"]
            for item in customer["items"]
        }
        self.assertIn("Anna", whose)
        deputy.unlink()
        self.assertEqual(get_number(), before)

    def test_it_begins_on_its_day(self):
        own = self._mine(self.bertta)
        self._represent(date_from=TOMORROW)
        self.assertEqual(self._mine(self.bertta), own)

    def test_personal_ones_never(self):
        self._represent()
        self.assertNotIn(self.secret, self._mine(self.bertta))
        self.assertFalse(self._contacts(self.bertta).search([("name", "=", "Doctor")]))

    def test_the_digest_says_whose_they_are(self):
        self._represent()
        digest = self._contacts(self.bertta)._make_digest()
        whose = {item["name"]: item["whose"] for item in digest["items"]}
        self.assertEqual(whose["Late one"], "Anna")

    def test_one_names_a_deputy_for_oneself_and_a_manager_for_anybody(self):
        with self.assertRaises(AccessError):
            self._represent(self.bertta)
        self._represent(self.manager)

    def test_the_deputy_knows_of_it_and_others_do_not(self):
        deputy = self._represent()
        for user, sees in ((self.bertta, True), (self.both, False)):
            found = self._seen_by(user, deputy).search([("id", "=", deputy.id)])
            self.assertEqual(bool(found), sees, user.login)
        with self.assertRaises(AccessError):
            self._seen_by(self.bertta, deputy).date_to = "2027-01-01"
