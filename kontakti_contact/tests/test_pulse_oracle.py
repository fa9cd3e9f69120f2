import random
from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import KONTAKTI_USER, NOW, TODAY
from .common_pulse import PulseCommon

STEPS = 45


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPulseOracle(PulseCommon):
    """The pulse of customers is what plain Python counts, whatever people do (oracle)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.third = cls.env["res.company"].create({"name": "Kolmas Oy"})
        cls.companies = cls.company + cls.other_company + cls.third
        cls.people = [
            cls._create_user(
                f"of_three_{number}",
                f"{KONTAKTI_USER},base.group_partner_manager",
                company_ids=[fields.Command.set(cls.companies.ids)],
            )
            for number in range(3)
        ]
        cls.rng = random.Random(15)  # noqa: S311
        cls.firms = [cls._create_partner(f"Firm {number}") for number in range(5)]
        cls.branch = cls._create_partner("Branch", parent_id=cls.firms[0].id)
        cls.persons = [
            cls._create_partner(
                f"Person {number}",
                is_company=False,
                parent_id=cls.rng.choice([*cls.firms, cls.branch]).id,
            )
            for number in range(6)
        ]
        cls.persons.append(
            cls._create_partner(
                "Assistant", is_company=False, parent_id=cls.persons[0].id
            )
        )
        cls.alone = cls._create_partner("Alone", is_company=False)
        cls.made = []

    def _cards(self):
        cards = [*self.firms, self.branch, *self.persons, self.alone]
        return self.env["res.partner"].union(*cards).exists()

    def _any_contact(self):
        alive = [contact for contact in self.made if contact.exists()]
        contact = self.rng.choice(alive)
        return contact.with_user(contact.sudo().contacted_by_id).with_context(
            allowed_company_ids=self.companies.ids
        )

    def _do_create(self):
        user = self.rng.choice(self.people)
        days = self.rng.choice([None, *range(0, 500, 7)])
        contact = self._contacts(user, allowed_company_ids=self.companies.ids).create(
            {
                "name": "Call",
                "partner_id": self.rng.choice(self._cards().ids),
                "participant_ids": self.rng.sample(
                    self._cards().ids, self.rng.choice([0, 0, 1, 2])
                ),
                "company_id": self.rng.choice([*self.companies.ids, False]),
                "personal": self.rng.random() < 0.3,
                "date": days is not None
                and fields.Datetime.now() - timedelta(days=days, hours=days % 24),
                "next_date": self.rng.choice([False, TODAY + timedelta(days=3)]),
            }
        )
        self.made.append(contact.sudo())

    def _do_write(self):
        contact = self._any_contact()
        vals = self.rng.choice(
            [
                {
                    "date": fields.Datetime.now()
                    - timedelta(days=self.rng.randrange(99))
                },
                {"next_date": TODAY + timedelta(days=self.rng.randrange(30))},
                {"partner_id": self.rng.choice(self._cards().ids)},
                {"participant_ids": self.rng.sample(self._cards().ids, 2)},
                {"personal": True, "responsible_id": False},
                {"personal": False},
                {"company_id": self.rng.choice(self.companies.ids)},
                {"contacted_by_id": self.rng.choice(self.people).id, "personal": False},
                {"active": False},
                {"active": True},
                {"state": "done"},
                {"state": "open"},
            ]
        )
        contact.write(vals)

    def _do_delete(self):
        self._any_contact().unlink()

    def _do_move_person(self):
        """Between firms, to a branch, or out of all."""
        person = self.rng.choice(self.persons[:-1])
        firms = self.env["res.partner"].union(*self.firms, self.branch).exists()
        person.parent_id = self.rng.choice([*firms.ids, False])

    def _do_move_branch(self):
        firms = self.env["res.partner"].union(*self.firms).exists()
        self.branch.parent_id = self.rng.choice([*firms.ids, False])

    def _do_archive_person(self):
        self.rng.choice(self.persons).active = False

    @mute_logger("odoo.addons.base.wizard.base_partner_merge", "odoo.models.unlink")
    def _do_merge(self):
        alive = [firm for firm in self.firms if firm.exists()]
        if len(alive) < 3:
            return
        kept, gone = self.rng.sample(alive, 2)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (kept | gone).ids, kept, extra_checks=False
        )

    def test_every_number_is_what_plain_python_counts(self):
        """3 companies, 3 users, personal ones, people moved, merged and archived."""
        for _number in range(30):
            self._do_create()
        steps = [
            *[self._do_create] * 6,
            *[self._do_write] * 10,
            self._do_delete,
            *[self._do_move_person] * 3,
            self._do_move_branch,
            self._do_archive_person,
            self._do_merge,
        ]
        chosen = [self.company, self.companies, self.other_company + self.third]
        for number in range(STEPS):
            step = self.rng.choice(steps)
            step()
            user = self.rng.choice(self.people)
            with self.subTest(number=number, step=step.__name__):
                self.assert_pulse(user, chosen[number % 3], self._cards())
        self.assertEqual(self.env["kontakti.pulse"]._repair(), 0)
