from odoo.tests import tagged

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
        self.assertEqual(many, few)
        self.assertLessEqual(many, 25)

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
        cheap = self.env["kontakti.tag"]
        for_ten, for_thousand = (
            cheap.create([{"name": f"{count} tag {n}"} for n in range(count)])
            for count in (10, 1000)
        )
        unlinked = cheap.create([{"name": f"plain tag {n}"} for n in range(1000)])
        self._link(contact, for_ten + for_thousand)
        few = self.count_once(for_ten.unlink)
        many = self.count_once(for_thousand.unlink)
        plain = self.count_once(unlinked.unlink)
        self.assertLessEqual(many, few + 1)
        self.assertLess(plain, few)
        self.assertFalse(self._all_linked(contact))
        self.assertEqual(len(self._traces(contact)), 2)

    def test_deleting_records_of_a_model_without_links_costs_no_query(self):
        model = "kontakti.purpose"
        links = self.env[LINK]
        self.assertNotIn(model, links._get_linked_models())
        before = self.cr.sql_log_count
        self.assertFalse(links._find_of(self.env[model].browse(1)))
        self.assertEqual(self.cr.sql_log_count, before)
