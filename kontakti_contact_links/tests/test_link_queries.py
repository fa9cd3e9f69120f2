from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from odoo.addons.kontakti_contact.tests.common import NOW

from .common_links import CONTACT, LINK, LinksCommon

FEW, MANY = 10, 10_000


@tagged("post_install", "-at_install")
class TestLinkQueries(LinksCommon):
    """The number of queries does not grow with the number of links."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.few = cls._create_contact(name="Few links")
        cls.many = cls._create_contact(name="Many links")
        numbers = range(MANY // 2)
        partners = cls.env["res.partner"].create(
            [{"name": f"Partner {number}"} for number in numbers]
        )
        orders = cls.env["sale.order"].create(
            [{"partner_id": cls.customer.id, "user_id": cls.seller.id}] * (FEW // 2)
        )
        cls._insert_orders(MANY // 2 - FEW // 2, orders[0])
        cls.orders = cls.env["sale.order"].search(
            [("partner_id", "=", cls.customer.id)]
        )
        cls.partners = partners
        for contact, count in ((cls.few, FEW // 2), (cls.many, MANY // 2)):
            for part in (slice(20, count), slice(0, min(20, count))):
                cls._link(contact, partners[part])
                cls._link(contact, cls.orders[part])
        cls.env.cr.execute("ANALYZE kontakti_link")

    @classmethod
    def _insert_orders(cls, count, like):
        """Copy one sales order in SQL: making thousands takes Odoo minutes."""
        cls.env.flush_all()
        columns = [
            name
            for name, field in like._fields.items()
            if field.store and field.column_type and name not in ("id", "name")
        ]
        chosen = ", ".join(f'"{name}"' for name in columns)
        cls.env.cr.execute(
            f"INSERT INTO sale_order (name, {chosen})"
            f" SELECT 'Copy ' || n, {chosen} FROM sale_order,"
            " generate_series(1, %s) n WHERE id = %s",
            [count, like.id],
        )
        cls.env.invalidate_all()

    def count(self, function):
        """Return the number of queries of ``function``, caches of the registry warm."""
        function()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        result = function()
        self.env.flush_all()
        return self.cr.sql_log_count - before, result

    def test_the_menu_of_ten_thousand_links_costs_the_queries_of_ten(self):
        links = self._links(self.seller)
        few, menu = self.count(lambda: links.get_links_menu(CONTACT, self.few.id))
        self.assertEqual(menu["count"], FEW)
        many, menu = self.count(lambda: links.get_links_menu(CONTACT, self.many.id))
        self.assertEqual(menu["count"], MANY)
        self.assertEqual(len(menu["links"]), 40)
        self.assertEqual(many, few + 1)  # they do not fit: then they are counted
        self.assertLessEqual(many, 16)

    def count_of_links(self, user, record):
        links = self._links(user)
        return self.count_once(lambda: links.get_links_count(*self._end(record)))

    def test_the_number_on_a_forms_button_costs_five_queries_at_most(self):
        """Of a contact event, a customer and an order, as their forms ask for it."""
        event = self.env["calendar.event"].create(
            {"name": "Meeting", "start": NOW, "stop": NOW}
        )
        order = self.orders[0]
        for other in (event, self.env.ref("base.fi"), self.typed):
            self._link(self.few, other)
            self._link(self.customer, other)
            self._link(order, other)
        for record in (self.few, self.customer, order):
            links = self._links(self.seller)
            self.assertGreaterEqual(links.get_links_count(*self._end(record)), 3)
            with self.subTest(record=record._name):
                self.assertLessEqual(self.count_of_links(self.seller, record), 5)

    def test_the_number_of_a_record_without_links_costs_one_query(self):
        contact = self._create_contact(name="No links")
        self._links(self.seller).get_links_count(*self._end(contact))
        self.assertEqual(self.count_of_links(self.seller, contact), 1)

    def test_after_odoo_has_cleared_its_caches_only_their_rules_are_read_once_more(
        self,
    ):
        for record in (self.few, self.customer, self.orders[0]):
            self._links(self.seller).get_links_count(*self._end(record))
            self.registry.clear_cache()
            seen = self._seen_by(self.seller, record)
            seen.web_read({"display_name": {}})  # as the form does before
            with self.subTest(record=record._name):
                self.assertLessEqual(self.count_of_links(self.seller, record), 11)
                self.assertLessEqual(self.count_of_links(self.seller, record), 5)

    def test_a_page_of_ten_thousand_links_costs_the_queries_of_ten(self):
        links = self._links(self.seller)
        few, rows = self.count(lambda: links.get_links(CONTACT, self.few.id, limit=40))
        self.assertEqual(len(rows), FEW)
        for offset in (0, MANY // 2):
            many, rows = self.count(
                lambda offset=offset: links.get_links(
                    CONTACT, self.many.id, limit=40, offset=offset
                )
            )
            self.assertEqual(len(rows), 40)
            self.assertEqual(len({row["model"] for row in rows}), 2)
            self.assertEqual(many, few)

    def test_linking_many_costs_hardly_more_than_linking_few(self):
        links = self._links(self.anna)
        contact = self._create_contact(name="Linked now")
        few = self.count_once(lambda: links.link(contact, self.partners[:10]))
        many = self.count_once(lambda: links.link(contact, self.partners[10:1010]))
        self.assertLessEqual(many - few, 1000 // 100 + 2)  # inserted a hundred at once
        again = self.count_once(lambda: links.link(contact, self.partners[:1010]))
        self.assertLessEqual(again, few)

    def count_once(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_deleting_a_thousand_linked_records_costs_the_queries_of_deleting_ten(self):
        contact = self._create_contact(name="Loses its links")
        for_ten, for_thousand, unlinked = map(self.create_tags, (10, 1000, 1000))
        self._link(contact, for_ten + for_thousand)
        few = self.count_once(for_ten.unlink)
        many = self.count_once(for_thousand.unlink)
        plain = self.count_once(unlinked.unlink)
        self.assertLessEqual(many, few + 1)
        self.assertLess(plain, few)
        self.assertFalse(self._all_linked(contact))
        self.assertEqual(len(self._traces(contact)), 2)

    def create_tags(self, count):
        return self.env["kontakti.tag"].create(
            [{"name": f"{count} tag {n} {self.cr.sql_log_count}"} for n in range(count)]
        )

    def test_a_thousand_contact_events_are_told_in_the_queries_of_ten(self):
        """Each says so in its own chatter."""
        [few, many] = [
            self.env["kontakti.contact"].create(
                [{"name": f"Told {n}"} for n in range(count)]
            )
            for count in (10, 1000)
        ]
        one, other = self.create_tags(2)
        self._link(one, few)
        self._link(other, many)
        cost_of_few = self.count_once(one.unlink)
        cost_of_many = self.count_once(other.unlink)
        self.assertLessEqual(cost_of_many, cost_of_few)
        messages = self.env["mail.message"].search(
            [
                ("model", "=", CONTACT),
                ("res_id", "in", many.ids),
                ("body", "like", "A linked record was deleted"),
            ]
        )
        self.assertEqual(sorted(messages.mapped("res_id")), many.ids)
        first, last = messages[0].copy_data()[0], messages[-1].copy_data()[0]
        self.assertEqual({**first, "res_id": 0}, {**last, "res_id": 0})
        self.assertEqual(len(self._traces(many[-1])), 1)

    def test_deleting_a_record_of_a_model_without_links_costs_no_query(self):
        """Nor does it after Odoo has cleared its caches, as it does often."""
        links = self.env[LINK]
        purposes = self.env["kontakti.purpose"].create(
            [{"name": f"Purpose {n}"} for n in range(4)]
        )
        self.assertNotIn(purposes._name, links._get_linked_models())
        purposes[0].unlink()
        with patch.object(type(links), "_forget", lambda *args: None):
            without = self.count_once(purposes[1].unlink)
        self.assertEqual(self.count_once(purposes[2].unlink), without)
        self.registry.clear_cache()
        with self.assertQueryCount(0):
            links._forget(purposes[3])

    def test_which_models_have_links_is_found_without_reading_the_links(self):
        """By jumping in the index: of a million links it is as quick."""
        self.env.flush_all()
        self.cr.execute("SET LOCAL enable_seqscan = off")
        self.cr.execute(
            SQL(
                "EXPLAIN (ANALYZE, FORMAT JSON) %s",
                self.env[LINK]._get_distinct_sql("source_model"),
            )
        )
        [[[plan]]] = self.cr.fetchall()
        self.assertLess(self.rows_read(plan["Plan"]), 100)
        links = self.env[LINK].sudo().search([])
        models = {*links.mapped("source_model"), *links.mapped("target_model")}
        self.assertLessEqual({CONTACT, "res.partner", "sale.order"}, models)
        self.assertEqual(self.env[LINK]._read_linked_models(), models)

    def rows_read(self, plan):
        own = plan["Actual Rows"] * plan["Actual Loops"]
        return own + sum(self.rows_read(part) for part in plan.get("Plans", ()))


@tagged("post_install", "-at_install")
class TestLinkRequests(LinksCommon, HttpCase):
    """What the Links menu adds to opening a form, counted over HTTP."""

    def call(self, method, *args):
        self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{LINK}/{method}",
            {"model": LINK, "method": method, "args": args, "kwargs": {}},
        )

    def cost(self, method, *args):
        self.call(method, *args)
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.call(method, *args)
        return self.cr.sql_log_count - before

    def test_a_form_asks_at_most_five_queries_for_the_number(self):
        """More than a call that asks nothing; with a message linked one more.

        Odoo lets messages be read by asking about the records they were written on.
        """
        order = self._create_order()
        for record, other in (
            (self.contact, self.customer),
            (self.contact, order),
            (self.customer, order),
        ):
            self._link(record, other)
        self.seller.password = "a long password"
        self.authenticate(self.seller.login, "a long password")
        nothing = self.cost("has_access", [], "read")
        for record in (self.contact, self.customer, order):
            cost = self.cost("get_links_count", *self._end(record)) - nothing
            with self.subTest(record=record._name):
                self.assertLessEqual(cost, 5)
                self.assertGreater(cost, 1)
        self._link(self.contact, self.contact.message_post(body="A message"))
        cost = self.cost("get_links_count", *self._end(self.contact)) - nothing
        self.assertLessEqual(cost, 6)
