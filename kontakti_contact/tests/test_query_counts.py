from lxml import etree

from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY, KontaktiCommon

PAGE = 80
# As many as measured at first. One more wants a reason: it is paid at every opening.
# Odoo's list reads the names of its hidden columns too: of whom it was contacted by, and
# beyond the page their number.
TASK_LIST, CUSTOMERS, LIST, DRILL_DOWN, GROUP, FORM = 2, 7, 7, 3, 9, 7


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestQueryCounts(KontaktiCommon):
    """What a screen costs in SQL statements, at few and at many records.

    The user's rights, rules and views are known by then, as in a server that has worked
    for a minute; the records are not.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_others_contacts_aside()
        cls.tags = cls.env["kontakti.tag"].create([{"name": "VIP"}, {"name": "New"}])
        cls.list_fields = cls._get_specification("list")
        cls.form_fields = cls._get_specification("form")

    @classmethod
    def _get_specification(cls, view_type):
        """Return what the web client reads for a view: optional columns too."""
        model = cls.env["kontakti.contact"].with_user(cls.anna)
        arch = etree.fromstring(model.get_view(view_type=view_type)["arch"])
        nodes = list(arch.iter("field"))
        named = {n.get("name") for n in nodes if n.get("column_invisible") != "True"}
        return {
            name: {"fields": {"display_name": {}}}
            if name in named and model._fields[name].relational
            else {}
            for name in sorted({node.get("name") for node in nodes})
        }

    def _create_many(self, count):
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {n}", "is_company": True} for n in range(count)]
        )
        self._contacts(self.anna).create(
            [
                {
                    "name": "Call",
                    "partner_id": partner.id,
                    "next_date": TODAY,
                    "tag_ids": self.tags.ids,
                    "responsible_id": self.bertta.id,
                }
                for partner in partners
            ]
        )

    def _assert_same_cost(self, limit, screen):
        """``screen(contacts)`` takes at most ``limit`` statements, however many."""
        self._create_many(5)
        screen(self._contacts(self.anna))  # rights and rules, once
        found = []
        for more in (0, 2 * PAGE):
            self._create_many(more)
            self.env["kontakti.pulse"]._count_noted()  # as their own request does
            contacts = self._contacts(self.anna)
            before = self.env.cr.sql_log_count
            with self.assertQueryCount(limit):
                screen(contacts)
            found.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(
            found[1], found[0] + 2, "more than a count of what is beyond the page"
        )

    def _open_list(self, contacts):
        answer = contacts.web_search_read(
            [], self.list_fields, limit=PAGE, count_limit=10001
        )
        self.assertTrue(answer["records"])

    def _open_group(self, contacts):
        cell = contacts._get_cell_domain("organisation", "today")
        group = contacts.web_read_group(cell, ["customer_key"], limit=PAGE)
        domain = [*cell, *group["groups"][0]["__extra_domain"]]
        answer = contacts.web_search_read(domain, self.list_fields, limit=PAGE)
        self.assertEqual(answer["length"], 1)

    def test_the_task_list_is_three_statements(self):
        """One of contact events, one of the silent, one of Odoo's rule of customers."""
        self._assert_same_cost(TASK_LIST, lambda contacts: contacts.get_task_list())

    def test_the_customers_of_a_cell(self):
        self._assert_same_cost(
            CUSTOMERS,
            lambda contacts: contacts.get_task_list_customers("organisation", "today"),
        )

    def test_opening_the_list(self):
        self._assert_same_cost(LIST, self._open_list)

    def test_drilling_down_to_customers(self):
        self._assert_same_cost(
            DRILL_DOWN,
            lambda contacts: contacts.web_read_group(
                contacts._get_cell_domain("organisation", "all"),
                ["customer_key"],
                ["duration:sum"],
                limit=PAGE,
            ),
        )

    def test_opening_one_group_of_the_drill_down(self):
        self._assert_same_cost(GROUP, self._open_group)

    def test_opening_the_form(self):
        contact = self._create_contact(
            partner_id=self._create_partner().id, tag_ids=self.tags.ids
        )
        self._assert_same_cost(
            FORM,
            lambda contacts: contacts.browse(contact.id).web_read(self.form_fields),
        )
