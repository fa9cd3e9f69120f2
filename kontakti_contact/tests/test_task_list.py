import json
import random
from datetime import timedelta
from itertools import product

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.kontakti_contact.tools.due import due_key

from .common import NOW, TODAY, KontaktiCommon

DUE = ["late", "today", "week", "later", "undated"]
GROUPS = {
    "personal": ["all", *DUE, "unassigned"],
    "mine": ["all", *DUE],
    "organisation": ["all", *DUE, "unassigned"],
    "mailing_list": ["all"],
}
NAMES = ["Älämölö", " älämölö ", "ÄLÄMÖLÖ", "Åbo Ab", "åbo ab", "#1", "   ", False]


class TaskListCommon(KontaktiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_others_contacts_aside()

    @classmethod
    def _numbers(cls, user, **context):
        """Return ``{(section, group): (contacts, customers)}`` of ``user``."""
        answer = cls._contacts(user, **context).get_task_list()
        return {
            (section["key"], group["key"]): (group["contacts"], group["customers"])
            for section in answer["sections"]
            for group in section["groups"]
        }

    @classmethod
    def _create_random_contacts(cls, count, seed=19):
        """Contacts of several users and companies with every kind of customer."""
        rng = random.Random(seed)  # noqa: S311
        virtanen = cls._create_partner()
        partners = [
            virtanen,
            cls._create_partner("Matti", is_company=False, parent_id=virtanen.id),
            cls._create_partner("Älämölö"),
            cls.env["res.partner"],
        ]
        makers = [
            (cls.anna, cls.company),
            (cls.bertta, cls.company),
            (cls.manager, cls.company),
            (cls.stranger, cls.other_company),
            (cls.both, cls.other_company),
            (cls.both, cls.company),
            (cls.both, cls.env["res.company"]),
        ]
        for _number in range(count):
            maker, company = rng.choice(makers)
            personal = rng.random() < 0.3
            responsible = rng.choice([maker, cls.env["res.users"]])
            days = rng.choice([None, *range(-3, 10)])
            contact = cls._create_contact(
                maker,
                partner_id=rng.choice(partners).id,
                customer_name=rng.choice(NAMES),
                company_id=company.id,
                personal=personal,
                mailing_list=rng.random() < 0.3,
                responsible_id=responsible.id,
                next_date=days is not None and TODAY + timedelta(days=days),
            )
            if rng.random() < 0.3:
                contact.action_done()
        cls.env.flush_all()


def customer_of(contact):
    """The customer as the contract says it, told apart by type, not by text."""
    partner = contact.partner_id.commercial_partner_id
    if partner:
        return partner.id
    return (contact.customer_name or "").strip().casefold()


def in_cell(contact, user, section, group):
    """Whether the contract puts ``contact`` in a cell of the task list of ``user``."""
    if contact.personal and contact.contacted_by_id != user:
        return False
    is_open = contact.state == "open"
    in_section = {
        "personal": contact.personal and is_open,
        "mine": not contact.personal and is_open and contact.responsible_id == user,
        "organisation": not contact.personal and is_open,
        "mailing_list": contact.mailing_list and not contact.personal,
    }[section]
    return in_section and (
        group == "all"
        or (group == "unassigned" and not contact.responsible_id)
        or group == due_key(contact.next_date or None, TODAY)
    )


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTaskList(TaskListCommon):
    """The numbers of the task list (S5-S14)."""

    def test_the_answer_has_the_shape_of_the_contract(self):
        answer = self._contacts(self.anna).get_task_list()
        self.assertEqual(answer["today"], "2026-11-23")
        keys = {
            section["key"]: [group["key"] for group in section["groups"]]
            for section in answer["sections"]
        }
        self.assertEqual(keys, GROUPS)
        self.assertEqual(list(keys), list(GROUPS))
        for section in answer["sections"]:
            self.assertTrue(section["name"])
            for group in section["groups"]:
                self.assertTrue(group["name"])
                self.assertIs(type(group["customers"]), int)
                self.assertIs(type(group["contacts"]), int)
                self.assertIs(type(group["domain"]), list)

    def test_the_answer_is_json_and_its_domains_come_back_unharmed(self):
        self._create_contact(next_date=TODAY)
        answer = self._contacts(self.anna).get_task_list()
        over_the_wire = json.loads(json.dumps(answer))
        for section in over_the_wire["sections"]:
            for group in section["groups"]:
                found = self._contacts(self.anna).search_count(group["domain"])
                self.assertEqual(found, group["contacts"])

    def test_an_empty_register_counts_zero(self):
        self.assertEqual(set(self._numbers(self.anna).values()), {(0, 0)})

    def test_numbers_equal_drill_downs_and_an_oracle_on_random_data(self):
        """S12: number == opened list == what plain Python counts."""
        self._create_random_contacts(250)
        everything = self.env["kontakti.contact"].search([])
        companies = self.company + self.other_company
        for user, chosen in [
            (self.anna, self.company),
            (self.bertta, self.company),
            (self.manager, self.company),
            (self.stranger, self.other_company),
            (self.both, self.company),
            (self.both, self.other_company),
            (self.both, companies),
        ]:
            context = {"allowed_company_ids": chosen.ids}
            seen = everything.filtered(
                lambda rec, chosen=chosen: (
                    not rec.company_id or rec.company_id in chosen
                )
            )
            contacts = self._contacts(user, **context)
            for section in contacts.get_task_list()["sections"]:
                for group in section["groups"]:
                    cell = (section["key"], group["key"])
                    with self.subTest(user=user.login, chosen=chosen.ids, cell=cell):
                        expected = seen.filtered(
                            lambda rec, user=user, cell=cell: in_cell(rec, user, *cell)
                        )
                        found = contacts.search(group["domain"])
                        self.assertEqual(found.ids, expected.ids)
                        self.assertEqual(group["contacts"], len(expected))
                        self.assertEqual(
                            group["customers"], len(set(map(customer_of, expected)))
                        )
            self.assert_whole_is_sum(self._numbers(user, **context))

    def assert_whole_is_sum(self, numbers):
        for section in ("personal", "organisation"):
            parts = [numbers[section, key][0] for key in DUE]
            self.assertEqual(sum(parts), numbers[section, "all"][0])
        self.assertTrue(all(parts), "random data that leaves a cell empty")

    def test_the_customers_counted_are_the_groups_of_the_drill_down(self):
        """S11, S12: the list grouped by customer opens as many groups."""
        partner = self._create_partner()
        person = self._create_partner("Matti", is_company=False, parent_id=partner.id)
        for partner_id in (partner.id, partner.id, person.id):
            self._create_contact(partner_id=partner_id)
        before = self._numbers(self.bertta)["organisation", "all"]
        self.assertEqual(before, (3, 1))
        self._create_contact(partner_id=self._create_partner("Korhonen").id)
        for name in ("Älämölö Oy", " älämölö OY", "ÄLÄMÖLÖ OY  "):
            self._create_contact(customer_name=name)
        self._create_contact()
        self._create_contact(customer_name="  ")
        self.assertEqual(self._numbers(self.bertta)["organisation", "all"], (9, 4))

    def test_the_drill_down_counts_the_customers_beyond_its_page(self):
        """S11: as Odoo counts them, with and without contacts of no customer."""
        for number in range(7):
            partner = self._create_partner(f"Customer {number}")
            self._create_contacts_of(partner, number % 2 + 1)
        contacts = self._contacts(self.anna)
        for expected in (7, 8):
            for limit, offset in ((3, 0), (3, 6), (3, 9), (7, 0), (8, 0), (None, 0)):
                with self.subTest(expected=expected, limit=limit, offset=offset):
                    found = contacts.web_read_group(
                        *([], ["customer_key"]), limit=limit, offset=offset
                    )
                    shown = len(found["groups"])
                    self.assertEqual(shown, min(limit or 8, max(expected - offset, 0)))
                    self.assertEqual(found["length"], shown and expected)
            self._create_contact(customer_name="Typed Oy")

    def test_the_drill_down_has_the_most_urgent_customers_first(self):
        """S11, S12: customers come in the order of the list that holds them."""
        for name, days in (("Aalto", (9, 2)), ("Berg", (1, 30)), ("Cajander", (5,))):
            partner = self._create_partner(name)
            for day in days:
                self._create_contact(
                    partner_id=partner.id, next_date=TODAY + timedelta(day)
                )
        self._create_contact(partner_id=self._create_partner("Dahl").id)
        for order, expected in {
            "next_date ASC, id ASC": "Berg Aalto Cajander Dahl",
            "next_date DESC, id DESC": "Dahl Berg Aalto Cajander",
            "customer_name, id": "Aalto Berg Cajander Dahl",
            "customer_name DESC NULLS LAST": "Dahl Cajander Berg Aalto",
            "phone, id": "Aalto Berg Cajander Dahl",
            "": "Aalto Berg Cajander Dahl",
        }.items():
            with self.subTest(order=order):
                self.assertEqual(self._drill_down_names(order), expected.split())

    def _drill_down_names(self, order):
        groups = self._contacts(self.anna).web_read_group(
            [], ["customer_key"], order=order, limit=80
        )["groups"]
        return [group["customer_key"][1] for group in groups]

    def _create_contacts_of(self, partner, count):
        for _number in range(count):
            self._create_contact(partner_id=partner.id)

    def test_a_typed_namesake_of_a_registered_customer_is_another_customer(self):
        partner = self._create_partner("Virtanen Oy")
        self._create_contact(partner_id=partner.id)
        self._create_contact(customer_name="Virtanen Oy")
        self._create_contact(customer_name=f"#{partner.id}")
        self.assertEqual(self._numbers(self.anna)["organisation", "all"], (3, 3))

    def test_personal_ones_of_others_never_count(self):
        """S6, S8, S9: not for a colleague, not for a manager, nowhere."""
        for user in (self.bertta, self.manager):
            before = self._numbers(user)
            self._create_contact(
                self.anna, personal=True, mailing_list=True, next_date=TODAY
            )
            self.assertEqual(self._numbers(user), before)

    def test_a_personal_contact_counts_for_its_owner_alone_and_only_there(self):
        """S6, S8: in the list of personal contacts, not in the organisation's."""
        self._create_contact(personal=True, mailing_list=True, next_date=TODAY)
        numbers = self._numbers(self.anna)
        counted = {cell for cell, number in numbers.items() if number == (1, 1)}
        self.assertEqual(
            counted, {("personal", key) for key in ("all", "today", "unassigned")}
        )

    def test_the_mailing_list_counts_contacts_of_any_state(self):
        """S10: a contact that is dealt with still gets its label."""
        self._create_contact(mailing_list=True).action_done()
        self._create_contact(mailing_list=True)
        self._create_contact(mailing_list=False)
        numbers = self._numbers(self.anna)
        self.assertEqual(numbers["mailing_list", "all"][0], 2)
        self.assertEqual(numbers["organisation", "all"][0], 2)

    def test_done_leaves_every_cell_but_the_mailing_list(self):
        """S7"""
        before = self._numbers(self.anna)
        self._create_contact(next_date=TODAY).action_done()
        self._create_contact(personal=True).action_done()
        self.assertEqual(self._numbers(self.anna), before)

    def test_nobody_responsible_is_unassigned(self):
        """S14"""
        self._create_contact(responsible_id=self.bertta.id)
        self._create_contact(responsible_id=False)
        numbers = self._numbers(self.anna)
        self.assertEqual(numbers["organisation", "unassigned"][0], 1)
        self.assertEqual(numbers["organisation", "all"][0], 2)

    def test_the_week_ends_on_sunday(self):
        """S7: today is Monday, 2026-11-23."""
        for day in ("2026-11-22", "2026-11-23", "2026-11-24", "2026-11-29"):
            self._create_contact(next_date=day)
        self._create_contact(next_date="2026-11-30")
        numbers = self._numbers(self.anna)
        found = {key: numbers["organisation", key][0] for key in DUE}
        self.assertEqual(
            found, {"late": 1, "today": 1, "week": 2, "later": 1, "undated": 0}
        )

    def test_the_company_switcher_chooses(self):
        """S9: the organisations chosen, and contacts of no organisation."""
        self._create_contact(self.anna)
        self._create_contact(self.stranger)
        self._create_contact(self.both, company_id=False)
        one, two = self.company.id, self.other_company.id
        for chosen, expected in (([one], 2), ([two], 2), ([one, two], 3)):
            numbers = self._numbers(self.both, allowed_company_ids=chosen)
            self.assertEqual(numbers["organisation", "all"][0], expected, chosen)
        with self.assertRaises(AccessError):
            self._numbers(self.anna, allowed_company_ids=[two])

    def test_only_kontakti_users_have_a_task_list(self):
        for user in (self.employee, self.portal):
            for method in ("get_task_list", "get_task_list_customers"):
                args = ("organisation", "all") if "customers" in method else ()
                with self.assertRaises(AccessError):
                    getattr(self._contacts(user), method)(*args)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTaskListCost(TaskListCommon):
    """How much the database is asked: the same at any size."""

    def _count_queries(self, method, *args, cold):
        contacts = self._contacts(self.anna)
        if not cold:
            getattr(contacts, method)(*args)
        before = self.env.cr.sql_log_count
        getattr(contacts, method)(*args)
        return self.env.cr.sql_log_count - before

    def test_three_statements_are_enough_at_ten_and_at_five_hundred(self):
        self._contacts(self.anna).get_task_list()  # rights and rules, once
        found = {}
        for size, cold in product((10, 490), (True, False)):
            self._create_many(size if cold else 0)
            self.env["kontakti.pulse"]._count_noted()  # as their own request does
            with self.subTest(size=size, cold=cold):
                found[size, cold] = self._count_queries("get_task_list", cold=cold)
                self.assertLessEqual(found[size, cold], 3)
        self.assertEqual(found[10, True], found[490, True])
        self.assertEqual(found[10, False], found[490, False])

    def test_the_customers_of_a_cell_cost_the_same_at_any_size(self):
        args = ("organisation", "all")
        self._contacts(self.anna).get_task_list_customers(*args)
        found = []
        for size in (60, 440):
            self._create_many(size)
            found.append(
                self._count_queries("get_task_list_customers", *args, cold=True)
            )
        self.assertEqual(found[0], found[1])
        self.assertLessEqual(found[0], 10)

    def _create_many(self, count):
        self._contacts(self.anna).create(
            [
                {"name": "Call", "customer_name": f"Customer {number}"}
                for number in range(count)
            ]
        )
        self.env.flush_all()
