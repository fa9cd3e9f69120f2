import json
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY
from .test_task_list import TaskListCommon

PAGE = 40


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTaskListCustomers(TaskListCommon):
    """The customers behind a number of the task list (S11, S12)."""

    def _customers(self, user, section="organisation", group="all", **kwargs):
        answer = self._contacts(user).get_task_list_customers(section, group, **kwargs)
        return json.loads(json.dumps(answer))

    def test_the_most_urgent_customer_comes_first_and_undated_ones_last(self):
        for name, days in (("B", 3), ("A", None), ("C", -2), ("D", 0), ("C", 9)):
            self._create_contact(
                customer_name=name,
                next_date=days is not None and TODAY + timedelta(days=days),
            )
        answer = self._customers(self.bertta)
        rows = [(row["name"], row["contacts"]) for row in answer["customers"]]
        self.assertEqual(rows, [("C", 2), ("D", 1), ("B", 1), ("A", 1)])
        self.assertEqual(answer["customers"][0]["next_date"], "2026-11-21")
        self.assertFalse(answer["customers"][-1]["next_date"])
        self.assertIs(answer["more"], False)

    def test_the_pager_leads_through_the_cell_in_the_order_of_its_customers(self):
        for name, days in (("B", 3), ("A", None), ("C", -2), ("D", 0), ("C", 9)):
            self._create_contact(
                customer_name=name,
                next_date=days is not None and TODAY + timedelta(days=days),
            )
        shown = [
            item["id"]
            for customer in self._customers(self.bertta)["customers"]
            for item in customer["items"]
        ]
        cell = self._contacts(self.bertta).get_task_list_ids("organisation", "all")
        self.assertEqual(cell, shown)
        late = self._contacts(self.bertta).get_task_list_ids("organisation", "late")
        self.assertEqual(late, shown[:1])

    def test_a_customer_shows_its_name_phone_and_first_contacts(self):
        partner = self._create_partner("Virtanen Oy", phone="09 1")
        contact = self._create_contact(
            name="Offer", partner_id=partner.id, next_date=TODAY
        )
        contact.responsible_id = self.bertta
        (customer,) = self._customers(self.bertta)["customers"]
        self.assertEqual(customer["name"], "Virtanen Oy")
        self.assertEqual(customer["partner_id"], partner.id)
        self.assertEqual(customer["phone"], "09 1")
        (item,) = customer["items"]
        self.assertEqual(item["id"], contact.id)
        self.assertEqual(item["name"], "Offer")
        self.assertEqual(item["due"], "today")
        self.assertEqual(item["next_date"], "2026-11-23")
        self.assertEqual(item["responsible"], self.bertta.name)

    def test_contacts_without_any_customer_are_one_nameless_customer(self):
        self._create_contact()
        self._create_contact(customer_name="  ")
        (customer,) = self._customers(self.anna)["customers"]
        self.assertEqual((customer["name"], customer["contacts"]), ("", 2))
        self.assertFalse(customer["partner_id"])

    def test_the_first_five_contacts_of_a_customer_are_its_oldest(self):
        days = [4, None, 0, -3, 2, 1, None]
        contacts = [
            self._create_contact(
                customer_name="Älämölö" if number % 2 else " ÄLÄMÖLÖ ",
                next_date=day is not None and TODAY + timedelta(days=day),
            )
            for number, day in enumerate(days)
        ]
        (customer,) = self._customers(self.anna)["customers"]
        self.assertEqual(customer["contacts"], 7)
        shown = [item["id"] for item in customer["items"]]
        self.assertEqual(shown, [contacts[place].id for place in (3, 2, 5, 4, 0)])

    def test_pages_hold_every_customer_once(self):
        self._contacts(self.anna).create(
            [
                {
                    "name": "Call",
                    "customer_name": f"Customer {number}",
                    "next_date": TODAY + timedelta(days=number % 3),
                }
                for number in range(2 * PAGE + 5)
            ]
        )
        names, offset, more = [], 0, True
        while more:
            answer = self._customers(self.anna, offset=offset)
            more = answer["more"]
            self.assertEqual(len(answer["customers"]), PAGE if more else 5)
            names += [row["name"] for row in answer["customers"]]
            offset += PAGE
        self.assertEqual(len(names), 2 * PAGE + 5)
        self.assertEqual(len(set(names)), 2 * PAGE + 5)

    def test_a_full_last_page_promises_no_more(self):
        self._contacts(self.anna).create(
            [{"name": "Call", "customer_name": f"C{number}"} for number in range(PAGE)]
        )
        answer = self._customers(self.anna)
        self.assertEqual((len(answer["customers"]), answer["more"]), (PAGE, False))
        self.assertEqual(self._customers(self.anna, offset=PAGE)["customers"], [])

    def test_every_cell_lists_as_many_as_its_number_says(self):
        """S12: number and list agree in each cell, for each user."""
        self._create_random_contacts(120, seed=7)
        for user in (self.anna, self.bertta, self.stranger):
            for cell, (contacts, customers) in self._numbers(user).items():
                rows = self._customers(user, *cell)["customers"]
                with self.subTest(user=user.login, cell=cell):
                    self.assertEqual(len(rows), customers)
                    self.assertEqual(sum(row["contacts"] for row in rows), contacts)

    def test_only_the_cell_s_own_contacts_are_listed(self):
        """S13: behind Late there is nothing that is due later."""
        self._create_contact(customer_name="A", next_date=TODAY)
        late = self._create_contact(
            customer_name="A", next_date=TODAY - timedelta(days=1)
        )
        (customer,) = self._customers(self.anna, group="late")["customers"]
        self.assertEqual([item["id"] for item in customer["items"]], [late.id])

    def test_personal_ones_of_others_are_not_listed(self):
        """S8"""
        self._create_contact(
            personal=True, customer_name="Secret", phone="040", mailing_list=True
        )
        for user in (self.bertta, self.manager):
            for section in ("personal", "organisation", "mailing_list"):
                self.assertEqual(self._customers(user, section)["customers"], [])

    def test_an_unknown_cell_is_refused(self):
        for section, group in (
            ("nothing", "all"),
            ("organisation", "nothing"),
            ("mailing_list", "late"),
            (False, False),
            ([], {}),
        ):
            with self.subTest(section=section, group=group):
                with self.assertRaises(UserError):
                    self._contacts(self.anna).get_task_list_customers(section, group)
