import json

from odoo.exceptions import AccessError
from odoo.sql_db import db_connect
from odoo.tests import freeze_time, tagged

from ..models.contact import live
from .common import NOW, TODAY, KontaktiCommon

COVERED = int(live.COVERED * 1000)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestLive(KontaktiCommon):
    """Open screens share the numbers that are the same for all of a company (S7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_others_contacts_aside()
        cls._create_contact(next_date=TODAY)
        cls._create_contact(next_date=TODAY, personal=True)
        cls._create_contact(cls.bertta, next_date=TODAY, personal=True)

    def _share(self, user, told=0, **context):
        """What a screen is answered, and what is sent to all screens meanwhile."""
        bus = self.env["bus.bus"].sudo()
        self.env.cr.flush()
        before = bus.search([])
        found = self._contacts(user, **context).share_live_numbers(told)
        self.env.cr.flush()
        sent = bus.search([]) - before
        self.sent = [
            (json.loads(row.channel)[1:], json.loads(row.message)["payload"])
            for row in sent
            if json.loads(row.message)["type"] == live.NUMBERS
        ]
        return found

    def test_the_shared_numbers_are_sent_to_the_company_and_nothing_else(self):
        found = self._contacts(self.anna).get_task_list()
        answer = self._share(self.anna)
        self.assertEqual(answer, {"counted": True}, "it is sent them as all are")
        [(channel, numbers)] = self.sent
        self.assertEqual(channel, ["res.company", self.company.id, "kontakti"])
        self.assertEqual(set(numbers["sections"]), {"organisation", "mailing_list"})
        for section in found["sections"]:
            for group in (
                section["groups"] if section["key"] in numbers["sections"] else ()
            ):
                self.assertEqual(
                    numbers["sections"][section["key"]][group["key"]],
                    [group["contacts"], group["customers"]],
                )
        self.assertEqual(numbers["sections"]["organisation"]["today"], [1, 1])

    def test_what_one_hides_is_sent_to_the_others(self):
        self.anna.kontakti_hide_organisation = True
        self._share(self.anna)
        [(_channel, numbers)] = self.sent
        self.assertEqual(set(numbers["sections"]), {"organisation", "mailing_list"})

    def test_a_client_s_context_changes_nothing_that_others_are_sent(self):
        self._create_contact(next_date=TODAY, active=False)
        self._share(self.anna, active_test=False, lang="fi_FI")
        [(_channel, numbers)] = self.sent
        self.assertEqual(numbers["sections"]["organisation"]["today"], [1, 1])

    def test_who_has_no_right_is_refused(self):
        for user in (self.employee, self.portal):
            with self.assertRaises(AccessError):
                self._share(user)

    def _remember(self):
        """Return when the numbers on the bus were counted; they are no older than now.

        The clock of a transaction of a test stands still.
        """
        self.env.cr.execute(
            "UPDATE bus_bus SET create_date = timezone('UTC', clock_timestamp())"
        )
        [(_channel, numbers)] = self.sent
        return numbers["counted"]

    def test_who_asks_for_what_was_sent_has_nothing_counted(self):
        self._share(self.anna)
        told = self._remember() - COVERED
        self.assertEqual(self._share(self.bertta, told), {"counted": False})
        self.assertFalse(self.sent)

    def test_what_was_told_later_is_counted_anew(self):
        self._share(self.anna)
        told = self._remember() - COVERED + 1
        self._create_contact(next_date=TODAY)
        self.assertEqual(self._share(self.bertta, told), {"counted": True})
        [(_channel, numbers)] = self.sent
        self.assertEqual(numbers["sections"]["organisation"]["all"][0], 2)

    def test_another_company_and_another_day_have_numbers_of_their_own(self):
        self._share(self.anna)
        told = self._remember() - COVERED
        self._share(self.stranger, told)
        self._remember()
        for tz in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Stockholm"):
            self.bertta.tz = tz
            self._share(self.bertta, told)
            self._remember()

    def test_the_numbers_say_which_day_they_are_of(self):
        """Two time zones with the same date have not the same day."""
        for tz, midnight in (
            ("Europe/Helsinki", "2026-11-22 22:00:00"),
            ("Europe/Stockholm", "2026-11-22 23:00:00"),
        ):
            self.anna.tz = tz
            self._share(self.anna)
            [(_channel, numbers)] = self.sent
            self.assertEqual(numbers["midnight"], midnight)

    def test_while_one_counts_no_other_does(self):
        """Two workers, each with a transaction of its own."""
        key = f"{live.NUMBERS}/{self._contacts(self.anna)._get_midnight()}"
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(hashtext(%s), %s)",
                (key, self.company.id),
            )
            self.assertEqual(self._share(self.anna), {"counted": False})
            self.assertFalse(self.sent)
        self._share(self.anna)
        self.assertTrue(self.sent)

    def test_a_section_of_an_addon_is_counted_for_each(self):
        mailing_list = {**self._contacts(self.anna)._get_task_list_sections()[-1]}
        added = {**mailing_list, "key": "added"}
        get_sections = type(self.env["kontakti.contact"])._get_task_list_sections
        self.patch(
            type(self.env["kontakti.contact"]),
            "_get_task_list_sections",
            lambda model: [*get_sections(model), dict(added)],
        )
        found = self._share(self.anna)
        self.assertFalse(self.sent)
        self.assertEqual(found["sections"][-1]["key"], "added")

    def test_as_of_another_person_the_numbers_are_ones_own(self):
        found = self._share(self.manager, kontakti_whose=self.anna.id)
        self.assertFalse(self.sent)
        self.assertEqual(len(found["sections"]), 1)

    def test_several_companies_are_counted_for_themselves(self):
        ids = (self.company | self.other_company).ids
        plain = self._contacts(self.both, allowed_company_ids=ids).get_task_list()
        self.assertEqual(self._share(self.both, allowed_company_ids=ids), plain)
        self.assertFalse(self.sent)

    def test_with_another_rule_each_screen_counts_for_itself(self):
        """Whoever sees less is told no number of what others see."""
        self.env["ir.rule"].create(
            {
                "name": "Own alone",
                "model_id": self.env["ir.model"]._get_id("kontakti.contact"),
                "domain_force": "[('contacted_by_id', '=', user.id)]",
            }
        )
        self._share(self.anna)
        self.assertFalse(self.sent)
        found = self._share(self.bertta)
        [section] = [s for s in found["sections"] if s["key"] == "organisation"]
        self.assertEqual(section["groups"][0]["contacts"], 0)
        self.assertFalse(self._contacts(self.bertta)._get_live_channels())

    def test_a_user_listens_to_the_own_companies(self):
        for user, companies in (
            (self.anna, self.company),
            (self.both, self.company | self.other_company),
            (self.stranger, self.other_company),
        ):
            channels = self._contacts(user)._get_live_channels()
            self.assertEqual({company for company, _name in channels}, set(companies))

    def test_the_own_sections_are_those_of_the_task_list(self):
        for user in (self.anna, self.bertta, self.both):
            with self.subTest(user.login):
                contacts = self._contacts(user)
                found = contacts.get_task_list()
                own = [
                    section
                    for section in found["sections"]
                    if section["key"] in ("personal", "mine")
                ]
                self.assertTrue(own)
                self.assertEqual(
                    contacts.get_own_task_list(), {**found, "sections": own}
                )
