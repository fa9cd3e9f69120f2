import json

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .common_pulse import PulseCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestAnalysis(PulseCommon):
    """The analysis: every figure equals what its drill-down lists."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_others_contacts_aside()
        cls.firm = cls._create_partner("Virtanen Oy", kontakti_interval_days=5)
        cls.new = cls._create_partner("Korhonen Ab")
        phone = cls.env.ref("kontakti_contact.kontakti_channel_phone").id
        for user, partner, day, hours in (
            (cls.anna, cls.firm, "2026-11-03", 1.5),
            (cls.anna, cls.new, "2026-11-10", 0.5),
            (cls.bertta, cls.firm, "2026-11-10", 0.25),
            (cls.bertta, cls.firm, "2026-10-10", 2.0),
        ):
            cls._create_contact(
                user,
                partner_id=partner.id,
                date=f"{day} 09:00:00",
                duration=hours,
                channel_id=phone,
            ).action_done()
        cls._create_contact(
            cls.anna, partner_id=cls.firm.id, date="2026-11-04", personal=True
        )
        cls._create_contact(cls.anna, customer_name="Typed Oy", date="2026-11-05")
        cls._create_contact(cls.anna, date="2026-11-06")

    def _get_figures(self, user=None, **filters):
        answer = self._contacts(user or self.anna).get_analysis(**filters)
        answer = json.loads(json.dumps(answer))
        return {figure["key"]: figure for figure in answer["figures"]}, answer

    def test_this_month_stands_beside_the_last(self):
        figures, answer = self._get_figures()
        self.assertEqual((answer["from"], answer["to"]), ("2026-11-01", "2026-11-30"))
        numbers = {
            key: (figures[key]["value"], figures[key]["before"])
            for key in ("contacts", "hours", "reached", "new")
        }
        expected = {
            "contacts": (5, 1),
            "hours": (2.25, 2.0),
            "reached": (3, 1),
            "new": (2, 1),
        }
        self.assertEqual(numbers, expected)

    def test_every_figure_equals_its_drill_down(self):
        for filters in ({}, {"period": "year"}, {"user_id": self.bertta.id}):
            figures, answer = self._get_figures(**filters)
            for figure in figures.values():
                model = self._partners(self.anna, self.firm).env[figure["model"]]
                found = model.search(figure["domain"])
                value = {
                    "hours": lambda found=found: sum(found.mapped("duration")),
                    "count": lambda found=found: len(found),
                }[figure["unit"]]()
                if figure["grouped"]:
                    groups = model.web_read_group(figure["domain"], ["customer_key"])
                    value = groups["length"]
                self.assertEqual(figure["value"], value, figure["key"])
            for table in answer["tables"]:
                rows = table["rows"]
                total = sum(row["contacts"] for row in rows)
                self.assertEqual(total, figures["contacts"]["value"])
                for row in rows:
                    found = self._contacts(self.anna).search(row["domain"])
                    self.assertEqual(len(found), row["contacts"])
                    self.assertEqual(sum(found.mapped("duration")), row["hours"])

    def test_the_silent_are_those_of_the_task_list(self):
        figures, _answer = self._get_figures()
        self.assertEqual(figures["silent"]["value"], 1)
        found = self._partners(self.anna, self.firm).search(figures["silent"]["domain"])
        self.assertEqual(found, self.firm)

    def test_personal_ones_are_in_no_figure_of_anybody(self):
        for user in (self.anna, self.bertta, self.manager):
            self.assertEqual(self._get_figures(user)[0]["contacts"]["value"], 5)

    def test_filters_by_person_and_organisation(self):
        figures, _answer = self._get_figures(user_id=self.bertta.id)
        self.assertEqual(figures["contacts"]["value"], 1)
        figures, answer = self._get_figures(self.both, company_id=self.company.id)
        self.assertEqual(figures["contacts"]["value"], 5)
        offered = {company["id"] for company in answer["companies"]}
        self.assertEqual(offered, set((self.company | self.other_company).ids))
        self.assertFalse(self._get_figures(self.stranger)[0]["contacts"]["value"])

    def test_wrong_arguments_are_a_sentence(self):
        for wrong in (
            {"period": "century"},
            {"period": 7},
            {"user_id": "anna"},
            {"company_id": self.other_company.id},
        ):
            with self.assertRaises(UserError):
                self._get_figures(**wrong)

    def test_a_month_begins_in_the_user_s_time_zone(self):
        """31 October 22:30 UTC is November in Helsinki."""
        self._create_contact(partner_id=self.firm.id, date="2026-10-31 22:30:00")
        self.assertEqual(self._get_figures()[0]["contacts"]["value"], 6)

    def test_the_number_of_statements_does_not_grow(self):
        self._get_figures()
        counts = []
        for _round in range(2):
            contacts = self._contacts(self.anna)
            self.env["kontakti.pulse"]._count_noted()
            before = self.env.cr.sql_log_count
            contacts.get_analysis()
            counts.append(self.env.cr.sql_log_count - before)
            for _number in range(20):
                self._create_contact(partner_id=self.new.id)
        self.assertLessEqual(counts[1], counts[0])
