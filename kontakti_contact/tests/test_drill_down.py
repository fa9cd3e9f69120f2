import json
from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY
from .test_task_list import TaskListCommon

DRILL_DOWNS = (
    "kontakti_contact_action_drill_down",
    "kontakti_contact_action_drill_down_mailing_list",
)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestDrillDown(TaskListCommon):
    """The list behind a number: grouped by customer, the most urgent first (S11, S12)."""

    def _groups(self, domain, order="next_date ASC, id ASC", user=None, **kwargs):
        """Return what the web client gets for a list grouped by customer."""
        contacts = self._contacts(user or self.anna)
        answer = contacts.web_read_group(
            domain, ["customer_key"], order=order, **{"limit": 80, **kwargs}
        )
        return json.loads(json.dumps(answer))

    def _names(self, domain, *args, **kwargs):
        groups = self._groups(domain, *args, **kwargs)["groups"]
        return [group["customer_key"][1] for group in groups]

    def test_the_drill_downs_group_by_customer_in_the_order_of_urgency(self):
        for name in DRILL_DOWNS:
            action = self.env.ref(f"kontakti_contact.{name}")
            context = json.loads(action.context.replace("'", '"').replace("True", "1"))
            self.assertEqual(context["group_by"], ["customer_key"])
            for view in action.view_ids.filtered(
                lambda view: view.view_mode in ("list", "kanban")
            ):
                arch = self._contacts(self.anna).get_view(
                    view.view_id.id, view.view_mode
                )["arch"]
                self.assertIn('default_order="next_date, id"', arch, view.view_mode)

    def test_groups_are_the_customers_of_the_task_list_in_its_order(self):
        """For each cell: as many groups as the number, in the order of the panel."""
        self._create_random_contacts(120, seed=11)
        for user in (self.anna, self.bertta, self.stranger):
            for section in self._contacts(user).get_task_list()["sections"]:
                for group in section["groups"]:
                    self._assert_groups_are_customers(user, section["key"], group)

    def _assert_groups_are_customers(self, user, section, group):
        found = self._groups(group["domain"], user=user)
        panel = self._contacts(user).get_task_list_customers(section, group["key"])
        with self.subTest(user=user.login, cell=(section, group["key"])):
            self.assertFalse(panel["more"])
            self.assertEqual(found["length"], group["customers"])
            rows = [(*row["customer_key"], row["__count"]) for row in found["groups"]]
            expected = [
                (row["key"] or "#", row["name"] or "No customer", row["contacts"])
                for row in panel["customers"]
            ]
            self.assertEqual(self._without_case(rows), self._without_case(expected))

    def _without_case(self, rows):
        """One of several ways of writing a typed name is shown."""
        return [(key, name.casefold(), count) for key, name, count in rows]

    def test_a_group_opens_to_its_contact_events_alone(self):
        partner = self._create_partner("Virtanen Oy")
        ours = self._create_contact(partner_id=partner.id)
        namesake = self._create_contact(customer_name="Virtanen Oy")
        nobodys = self._create_contact()
        domain = [("id", "in", (ours | namesake | nobodys).ids)]
        found = {}
        for group in self._groups(domain)["groups"]:
            opened = self._contacts(self.anna).search(
                [*domain, *group["__extra_domain"]]
            )
            found[opened] = group["customer_key"][1]
        self.assertEqual(
            found,
            {ours: "Virtanen Oy", namesake: "Virtanen Oy", nobodys: "No customer"},
        )

    def test_who_has_no_customer_is_a_group_with_a_name_and_no_other_s_value(self):
        nobodys = self._create_contact()
        typed = self._create_contact(customer_name="#")
        domain = [("id", "in", (nobodys | typed).ids)]
        for lang, label in (("en_US", "No customer"), ("fi_FI", "Ei asiakasta")):
            contacts = self._contacts(self.anna, lang=lang)
            groups = contacts.web_read_group(domain, ["customer_key"])["groups"]
            found = [group["customer_key"] for group in groups]
            self.assertCountEqual(found, [("#", label), ("##", "#")])

    def test_a_group_that_was_open_is_open_after_a_reload(self):
        typed = self._create_contact(customer_name="Typed Oy")
        nobodys = self._create_contact()
        opened = [
            {"value": contact.customer_key or "#", "folded": False}
            | {"limit": 80, "offset": 0}
            for contact in (typed, nobodys)
        ]
        found = self._groups(
            [("id", "in", (typed | nobodys).ids)],
            opening_info=opened,
            unfold_read_specification={"name": {}},
        )
        shown = [row["id"] for group in found["groups"] for row in group["__records"]]
        self.assertCountEqual(shown, (typed | nobodys).ids)

    def test_other_ways_of_grouping_name_the_customers_too(self):
        """Groups within groups, graph and pivot."""
        contact = self._create_contact(
            customer_name=" Typed Oy ", next_date=TODAY + timedelta(days=1)
        )
        domain = [("id", "=", contact.id)]
        contacts = self._contacts(self.anna)
        key, label = contact.customer_key, "Typed Oy"
        (group,) = contacts.formatted_read_group(
            domain, ["state", "customer_key"], ["__count"]
        )
        self.assertEqual(group["customer_key"], (key, label))
        self.assertEqual(
            group.keys(), {"state", "customer_key", "__count", "__extra_domain"}
        )
        total, by_customer = contacts.formatted_read_grouping_sets(
            domain, [[], ["customer_key"]], ["__count"]
        )
        self.assertEqual([row["__count"] for row in total], [1])
        self.assertEqual([row["customer_key"] for row in by_customer], [(key, label)])

    def test_the_progress_bars_of_the_phone_s_cards_know_the_customers(self):
        contact = self._create_contact(customer_name="Typed Oy")
        nobodys = self._create_contact()
        bar = {"field": "state", "colors": {"open": "warning"}}
        found = self._contacts(self.anna).read_progress_bar(
            [("id", "in", (contact | nobodys).ids)], "customer_key", bar
        )
        self.assertEqual(
            dict(found), {contact.customer_key: {"open": 1}, "#": {"open": 1}}
        )
