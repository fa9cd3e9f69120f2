import json

from odoo.tests import freeze_time, tagged

from ..models.contact import live
from .common import NOW, TODAY, KontaktiCommon


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

    def setUp(self):
        super().setUp()
        live._numbers.clear()

    def _load(self, user, **context):
        """What a screen loads, and what is sent to the others meanwhile."""
        bus = self.env["bus.bus"].sudo()
        self.env.cr.flush()
        before = bus.search([])
        found = self._contacts(user, **context).get_live_task_list()
        self.env.cr.flush()
        self.sent = [
            (json.loads(row.channel)[1:], json.loads(row.message)["payload"])
            for row in bus.search([]) - before
            if json.loads(row.message)["type"] == live.NUMBERS
        ]
        return found

    def test_it_is_the_task_list(self):
        for user in (self.anna, self.bertta, self.both):
            with self.subTest(user.login):
                live._numbers.clear()
                plain = self._contacts(user).get_task_list()
                self.assertEqual(self._load(user), plain)
                # from what was counted a moment ago
                self.assertEqual(self._load(user), plain)

    def test_the_shared_numbers_are_sent_to_the_company_and_nothing_else(self):
        found = self._load(self.anna)
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

    def test_a_second_screen_is_not_counted_again_and_sends_nothing(self):
        self._load(self.anna)
        found = self._load(self.bertta)
        self.assertFalse(self.sent)
        [personal] = [s for s in found["sections"] if s["key"] == "personal"]
        self.assertEqual(personal["groups"][0]["contacts"], 1, "her own, not Anna's")

    def test_what_was_counted_is_forgotten_soon(self):
        self._load(self.anna)
        for key, (counted, known) in live._numbers.items():
            live._numbers[key] = (counted - live.FRESH, known)
        self._create_contact(next_date=TODAY)
        found = self._load(self.bertta)
        [section] = [s for s in found["sections"] if s["key"] == "organisation"]
        self.assertEqual(section["groups"][0]["contacts"], 2)
        self.assertTrue(self.sent)

    def test_several_companies_are_counted_for_themselves(self):
        ids = (self.company | self.other_company).ids
        plain = self._contacts(self.both, allowed_company_ids=ids).get_task_list()
        self.assertEqual(self._load(self.both, allowed_company_ids=ids), plain)
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
        self._load(self.anna)
        self.assertFalse(self.sent)
        found = self._load(self.bertta)
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

    def test_a_context_of_a_client_makes_no_number(self):
        """What a client says is known is not taken for it."""
        plain = self._contacts(self.anna).get_task_list()
        made_up = {"organisation": [[9, 9]] * 7, "mailing_list": [[9, 9]]}
        claimed = self._contacts(self.anna, kontakti_known_numbers=made_up)
        self.assertEqual(claimed.get_task_list(), plain)
