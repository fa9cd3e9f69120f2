import doctest
import importlib
import pkgutil
import sys
import zoneinfo
from contextlib import contextmanager
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import HttpCase, freeze_time, tagged

from odoo.addons.kontakti_contact import tools
from odoo.addons.kontakti_contact.models.odoo.ir_http import IrHttp
from odoo.addons.kontakti_contact.tools.due import DUE_KEYS, due_key, due_leaves

from .common import NOW, TODAY, KontaktiCommon

HELSINKI, PACIFIC, AUCKLAND = (
    "Europe/Helsinki",
    "America/Los_Angeles",
    "Pacific/Auckland",
)
# time zone, moment (UTC) that begins a day there, that day
MIDNIGHTS = [
    (HELSINKI, "2026-11-22 22:00:00", "2026-11-23"),
    (HELSINKI, "2026-03-28 22:00:00", "2026-03-29"),  # an hour short
    (HELSINKI, "2026-03-29 21:00:00", "2026-03-30"),
    (HELSINKI, "2026-10-24 21:00:00", "2026-10-25"),  # an hour long
    (HELSINKI, "2026-10-25 22:00:00", "2026-10-26"),
    (PACIFIC, "2026-03-08 08:00:00", "2026-03-08"),  # short
    (PACIFIC, "2026-03-09 07:00:00", "2026-03-09"),
    (PACIFIC, "2026-11-01 07:00:00", "2026-11-01"),  # long
    (PACIFIC, "2026-11-02 08:00:00", "2026-11-02"),
    (AUCKLAND, "2026-04-04 11:00:00", "2026-04-05"),  # long
    (AUCKLAND, "2026-04-05 12:00:00", "2026-04-06"),
    (AUCKLAND, "2026-09-26 12:00:00", "2026-09-27"),  # short
    (AUCKLAND, "2026-09-27 11:00:00", "2026-09-28"),
    ("UTC", "2026-11-23 00:00:00", "2026-11-23"),
]
SECOND = timedelta(seconds=1)


@contextmanager
def system_without_time_zones():
    """What the operating system or a package of its own knows of zones is not there."""
    path = zoneinfo.TZPATH
    zoneinfo.ZoneInfo.clear_cache()
    zoneinfo.reset_tzpath(to=())
    try:
        with patch.dict(sys.modules, {"tzdata": None}):
            yield
    finally:
        zoneinfo.reset_tzpath(to=path)
        zoneinfo.ZoneInfo.clear_cache()


@tagged("post_install", "-at_install")
class TestToday(KontaktiCommon):
    """One definition of today, by the user's clock (S7, S13)."""

    def assert_today(self, user, moment, expected):
        with freeze_time(moment):
            self.assertEqual(user._get_kontakti_today(), expected, moment)
            # the task list says the same
            answer = self._contacts(user).get_task_list()["today"]
            self.assertEqual(answer, expected.isoformat())

    def test_the_day_changes_at_the_user_s_midnight_also_on_dst_nights(self):
        for zone, midnight, day in MIDNIGHTS:
            with self.subTest(zone=zone, midnight=midnight):
                self.anna.tz = zone
                day = date.fromisoformat(day)
                self.assert_today(self.anna, midnight, day)
                with freeze_time(midnight) as clock:
                    clock.tick(-SECOND)
                    self.assertEqual(
                        self.anna._get_kontakti_today(), day - timedelta(days=1)
                    )

    def test_a_user_without_time_zone_uses_the_company_s_and_then_utc(self):
        moment = "2026-11-22 23:30:00"
        self.anna.tz = False
        self.company.partner_id.tz = HELSINKI
        self.assert_today(self.anna, moment, date(2026, 11, 23))
        self.company.partner_id.tz = PACIFIC
        self.assert_today(self.anna, moment, date(2026, 11, 22))
        self.company.partner_id.tz = False
        self.assert_today(self.anna, "2026-11-22 23:59:59", date(2026, 11, 22))
        self.assert_today(self.anna, "2026-11-23 00:00:00", date(2026, 11, 23))

    def test_a_time_zone_s_old_name_is_a_time_zone_on_every_system(self):
        """Debian, Ubuntu and others keep the old names in a package of their own."""
        old_names = {
            "Asia/Calcutta": date(2026, 11, 24),
            "US/Pacific": date(2026, 11, 23),
            "Asia/Saigon": date(2026, 11, 24),
            "Nowhere/Never": date(2026, 11, 23),
        }
        for zone, day in old_names.items():
            # what the selection does not offer now is in databases all the same
            self.env.cr.execute(
                "UPDATE res_partner SET tz = %s WHERE id = %s",
                (zone, self.anna.partner_id.id),
            )
            self.env.invalidate_all()
            self.env.registry.clear_cache()
            with self.subTest(zone=zone), system_without_time_zones():
                self.assert_today(self.anna, "2026-11-23 20:00:00", day)

    def test_every_time_zone_that_odoo_offers_has_a_today(self):
        names = [name for name, _label in self.anna._fields["tz"].selection(self.anna)]
        with freeze_time(NOW), system_without_time_zones():
            for name in names:
                self.anna.tz = name
                today = self.anna._get_kontakti_today()
                self.assertLessEqual(abs((today - TODAY).days), 1, name)

    def test_each_user_has_a_today_whoever_asks(self):
        """Not the time zone of the one who asks, nor of the context."""
        self.bertta.tz = AUCKLAND
        with freeze_time("2026-11-23 10:59:59"):
            asked_by_anna = self.bertta.with_user(self.anna).with_context(tz=PACIFIC)
            self.assertEqual(asked_by_anna.sudo()._get_kontakti_today(), TODAY)
        with freeze_time("2026-11-23 11:00:00"):
            self.assertEqual(
                asked_by_anna.sudo()._get_kontakti_today(), date(2026, 11, 24)
            )

    def test_users_of_different_zones_see_the_same_contact_differently(self):
        """23:30 UTC: it is Monday in Helsinki and Sunday in Los Angeles."""
        contact = self._create_contact(next_date="2026-11-23")
        self.bertta.tz = PACIFIC
        self.manager.tz = AUCKLAND
        expected = {self.anna: "today", self.bertta: "later", self.manager: "today"}
        with freeze_time("2026-11-22 23:30:00"):
            for user, key in expected.items():
                self.assertEqual(self._seen_by(user, contact).due, key)
                found = self._contacts(user).search([("due", "=", key)])
                self.assertIn(contact.id, found.ids)

    def test_a_user_of_another_zone_counts_the_own_late_ones(self):
        """S13: the number on the task list is by the user's clock too."""
        self._set_others_contacts_aside()
        self._create_contact(next_date="2026-11-23")
        self.bertta.tz = PACIFIC
        with freeze_time("2026-11-23 21:30:00"):
            for user, number in ((self.anna, 0), (self.bertta, 0)):
                self.assertEqual(self._count_late(user), number)
        with freeze_time("2026-11-23 22:30:00"):
            for user, number in ((self.anna, 1), (self.bertta, 0)):
                self.assertEqual(self._count_late(user), number)

    def _count_late(self, user):
        answer = self._contacts(user).get_task_list()
        (late,) = (
            group
            for section in answer["sections"]
            for group in section["groups"]
            if (section["key"], group["key"]) == ("organisation", "late")
        )
        return late["contacts"]


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestDue(KontaktiCommon):
    """When a contact is due: computed, searched and counted alike (S7, S13)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        days = [TODAY + timedelta(days=number) for number in range(-9, 16)]
        cls.dated = cls.env["kontakti.contact"].with_user(cls.anna)
        cls.dated = cls.dated.create(
            [{"name": "Call", "next_date": day} for day in [*days, False]]
        )
        cls.done = cls.dated.create(
            [{"name": "Done", "next_date": day} for day in [*days, False]]
        )
        cls.done.action_done()
        cls.env.flush_all()

    def test_due_says_what_the_pure_function_says(self):
        for contact in self.dated:
            self.assertEqual(contact.due, due_key(contact.next_date or None, TODAY))
        self.assertEqual(set(self.dated.mapped("due")), set(DUE_KEYS))
        self.assertEqual(set(self.done.mapped("due")), {False})

    def test_searching_finds_what_reading_shows(self):
        contacts = self._contacts(self.bertta)
        every = contacts.search([])
        for operator, value, keys in [
            *(("=", key, {key}) for key in DUE_KEYS),
            *(("!=", key, {*DUE_KEYS, False} - {key}) for key in DUE_KEYS),
            ("in", ["late", "today"], {"late", "today"}),
            ("not in", ["late", "today"], {"week", "later", "undated", False}),
            ("in", ["late", False], {"late", False}),
            ("=", False, {False}),
            ("!=", False, set(DUE_KEYS)),
            ("in", [], set()),
        ]:
            with self.subTest(operator=operator, value=value):
                found = contacts.search([("due", operator, value)])
                expected = [rec.id for rec in every if rec.due in keys]
                self.assertEqual(found.ids, expected)

    def test_the_domains_divide_the_days_without_gap_or_overlap(self):
        """On each weekday: every date satisfies the leaves of one key, its own."""
        for weekday in range(7):
            today = TODAY + timedelta(days=weekday)
            for contact in self.dated:
                matching = [
                    key
                    for key in DUE_KEYS
                    if contact.filtered_domain(due_leaves("next_date", key, today))
                ]
                self.assertEqual(matching, [due_key(contact.next_date or None, today)])


@tagged("post_install", "-at_install")
class TestTools(KontaktiCommon):
    """The pure functions do what their docstrings show."""

    def test_every_example_in_the_docstrings_holds(self):
        found = pkgutil.walk_packages(tools.__path__, f"{tools.__name__}.")
        for info in (info for info in found if not info.ispkg):
            module = importlib.import_module(info.name)
            with self.subTest(module=info.name):
                result = doctest.testmod(module)
                self.assertFalse(result.failed)
                self.assertTrue(result.attempted, "a tool without examples")


@tagged("post_install", "-at_install")
class TestTodayInTheBrowser(KontaktiCommon, HttpCase):
    """The buttons "Today" and "Tomorrow" count from the day of the lists (S7, S13)."""

    def assert_zone(self, user, expected):
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))
        info = self.make_jsonrpc_request("/web/session/get_session_info")
        self.assertEqual(info.get("kontakti_tz"), expected)

    def test_the_browser_is_told_the_zone_of_the_user_s_today(self):
        anna = self.anna
        # at somebody's first login Odoo takes the browser's zone for the user's
        self.env["res.users.log"].with_user(anna).sudo().create({})
        self.assert_zone(anna, HELSINKI)
        anna.tz = False
        self.company.partner_id.tz = AUCKLAND
        self.assert_zone(anna, AUCKLAND)
        self.company.partner_id.tz = False
        self.assert_zone(anna, "UTC")

    def test_who_has_no_kontakti_is_told_nothing(self):
        self.assert_zone(self.employee, None)

    def _count_statements(self, user):
        """Of a session's information asked for again, as by a second page."""
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))
        counts = []
        for _time in range(2):
            before = self.env.cr.sql_log_count
            self.make_jsonrpc_request("/web/session/get_session_info")
            counts.append(self.env.cr.sql_log_count - before)
        return counts[-1]

    def test_a_page_of_the_web_client_costs_no_statement_more(self):
        users = [self.employee, self.anna]
        with_ours = [self._count_statements(user) for user in users]
        self.patch(
            IrHttp, "session_info", lambda http: super(IrHttp, http).session_info()
        )
        self.assertEqual(with_ours, [self._count_statements(user) for user in users])
