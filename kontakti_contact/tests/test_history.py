import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .common_pulse import PulseCommon

ITEM = "id date user channel icon name state next_date discussion actions".split()


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestHistory(PulseCommon):
    """What was said before, read without leaving the form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm, cls.person = cls._create_firm_with_person()
        cls.old = [
            cls._create_contact(
                cls.bertta,
                name=f"Call {day}",
                partner_id=cls.person.id,
                date=f"2026-11-{day:02} 09:00:00",
                discussion=f"<p>Said on {day}</p>",
                channel_id=cls.env.ref("kontakti_contact.kontakti_channel_phone").id,
            )
            for day in range(1, 8)
        ]
        cls.contact = cls._create_contact(partner_id=cls.firm.id)

    def _history(self, user=None, contact=None, **options):
        seen = self._seen_by(user or self.anna, contact or self.contact)
        return seen.get_history(**options)

    def test_the_answer_has_the_shape_of_the_contract_and_is_json(self):
        answer = json.loads(json.dumps(self._history()))
        self.assertEqual(answer["count"], 7)
        self.assertEqual(len(answer["items"]), 5)
        first = answer["items"][0]
        self.assertEqual(list(first), ITEM)
        self.assertEqual(first["name"], "Call 7")
        self.assertEqual(first["date"], "2026-11-07 09:00:00")
        self.assertEqual(first["user"], "Bertta")
        self.assertTrue(first["channel"])
        self.assertEqual(first["discussion"], "<p>Said on 7</p>")
        self.assertIs(first["next_date"], False)

    def test_further_ones_come_on_demand_and_itself_is_left_out(self):
        rest = self._history(limit=5, offset=5)
        self.assertEqual([item["name"] for item in rest["items"]], ["Call 2", "Call 1"])
        self.assertEqual(rest["count"], 7)
        beyond = self._history(limit=5, offset=50)
        self.assertEqual((beyond["count"], beyond["items"]), (7, []))

    def test_it_searches_inside(self):
        for text, expected in (("said on 3", 1), ("CALL", 7), ("nothing", 0)):
            self.assertEqual(self._history(text=text)["count"], expected, text)

    def test_what_was_promised_last_stands_on_top(self):
        self.old[2].actions = "<p>Send the offer</p>"
        self.old[3].actions = "<p>Dealt with</p>"
        self.old[3].action_done()
        promised = self._history()["promised"]
        self.assertEqual([item["name"] for item in promised], ["Call 3"])
        self.assertEqual(promised[0]["actions"], "<p>Send the offer</p>")

    def test_others_personal_ones_are_not_in_it_and_the_own_are(self):
        self._create_contact(
            self.bertta, partner_id=self.firm.id, personal=True, name="Secret"
        )
        for user, count in ((self.anna, 7), (self.manager, 7), (self.bertta, 8)):
            self.assertEqual(self._history(user, self.contact)["count"], count)

    def test_other_companies_ones_are_not_in_it(self):
        self._create_contact(self.stranger, partner_id=self.firm.id)
        self.assertEqual(self._history()["count"], 7)

    def test_a_typed_customer_has_a_history_by_its_name(self):
        first = self._create_contact(customer_name="Älämölö")
        second = self._create_contact(customer_name=" älämölö ")
        self.assertEqual(self._history(contact=first)["items"][0]["id"], second.id)
        nobody = self._create_contact()
        self._create_contact()
        self.assertEqual(self._history(contact=nobody)["count"], 0)

    def test_a_new_contact_event_has_the_history_of_the_customer_chosen(self):
        contacts = self._contacts(self.anna)
        answer = contacts.get_customer_history(self.person.id)
        self.assertEqual(answer["count"], 8)
        answer = contacts.get_customer_history(self.person.id, left_out=self.contact.id)
        self.assertEqual(answer["count"], 7)

    def test_who_may_not_see_the_contact_event_or_the_customer_gets_nothing(self):
        self.contact.personal = True
        with self.assertRaises(AccessError):
            self._history(self.bertta)
        for user in (self.employee, self.portal):
            with self.assertRaises(AccessError):
                self._contacts(user).get_customer_history(self.firm.id)

    def test_wrong_arguments_are_a_sentence(self):
        for wrong in (
            {"limit": 0},
            {"limit": 10**6},
            {"offset": -1},
            {"text": 7},
            {"limit": "5"},
        ):
            with self.assertRaises(UserError):
                self._history(**wrong)

    def test_four_statements_at_most_with_five_and_with_many(self):
        few = self._create_partner("Few")
        many = self._create_partner("Many")
        for partner, count in ((few, 5), (many, 500)):
            self._contacts(self.anna).create(
                [{"name": "Call", "partner_id": partner.id}] * count
            )
            contact = self._create_contact(partner_id=partner.id)
            self.env["kontakti.pulse"]._count_noted()
            self._history(contact=contact)  # rights and rules, once
            seen = self._seen_by(self.anna, contact)
            before = self.env.cr.sql_log_count
            answer = seen.get_history()
            counted = self.env.cr.sql_log_count - before
            self.assertEqual(answer["count"], count)
            self.assertLessEqual(counted, 4)
