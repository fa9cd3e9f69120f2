from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_links import CONTACT, LINK, LinksCommon

MERGE = "base.partner.merge.automatic.wizard"


@tagged("post_install", "-at_install")
class TestLinkLife(LinksCommon):
    """Records are deleted, archived, merged: no orphan, and a trace (S18, S36)."""

    def rows(self, record):
        """Return the links of a record in the database, orphans too."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT count(*) FROM kontakti_link WHERE (source_model, source_id) ="
            " (%(model)s, %(id)s) OR (target_model, target_id) = (%(model)s, %(id)s)",
            {"model": record._name, "id": record.id},
        )
        return self.env.cr.fetchone()[0]

    @mute_logger("odoo.models.unlink")
    def test_a_deleted_records_links_go_and_the_chatter_says_so_without_its_name(self):
        order = self._create_order(client_order_ref="Secret")
        name = order.name
        self._link(self.contact, order)
        self._link(self.customer, order)
        boss = self._create_user("boss", "sales_team.group_sale_manager")
        self._seen_by(boss, order).unlink()
        self.assertEqual(self.rows(order), 0)
        [trace] = self._traces(self.contact)
        self.assertIn("Quotation", trace)
        self.assertNotIn(name, trace)
        self.assertEqual(self._linked(self.anna, self.contact), [])

    @mute_logger("odoo.models.unlink")
    def test_several_deleted_at_once_are_one_word_in_the_chatter(self):
        partners = self.env["res.partner"].create(
            [{"name": f"P {n}"} for n in range(3)]
        )
        tag = self.env["kontakti.tag"].create({"name": "A tag"})
        self._link(self.contact, partners)
        self._link(self.typed, partners[0])
        self._link(self.typed, tag)
        partners.unlink()
        [trace] = self._traces(self.contact)
        self.assertIn("Customer (3)", trace)
        [trace] = self._traces(self.typed)
        self.assertIn("Customer", trace)
        self.assertEqual(self._all_linked(self.typed), {self._end(tag)})

    @mute_logger("odoo.models.unlink")
    def test_who_deletes_need_not_be_a_user_of_kontakti(self):
        tag = self.env["res.partner.category"].create({"name": "A tag"})
        self._link(self.contact, tag)
        boss = self._create_user("boss", "base.group_partner_manager")
        self._seen_by(boss, tag).unlink()
        self.assertEqual(len(self._traces(self.contact)), 1)
        self.assertEqual(self.rows(tag), 0)

    @mute_logger("odoo.models.unlink")
    def test_a_deleted_contact_event_takes_its_links_along(self):
        self._link(self.contact, self.customer)
        self._link(self.contact, self.typed)
        self.contact.with_user(self.anna).unlink()
        self.assertEqual(self.rows(self.contact), 0)
        self.assertEqual(self._linked(self.anna, self.customer), [])
        self.assertIn("Contact Event", self._traces(self.typed)[0])

    @mute_logger("odoo.models.unlink")
    def test_of_a_deleted_personal_contact_event_no_other_one_tells(self):
        """S8: not even that there was one."""
        personal = self._create_contact(name="Secret", personal=True)
        self._link(personal, self.contact)
        before = self._seen_by(self.env.user, self.contact).sudo().message_ids
        personal.with_user(self.anna).unlink()
        after = self._seen_by(self.env.user, self.contact).sudo().message_ids
        self.assertEqual(after, before)
        self.assertEqual(self.rows(personal), 0)

    @mute_logger("odoo.models.unlink")
    def test_contact_events_deleted_together_leave_nothing(self):
        message = self.contact.message_post(body="A message")
        self._link(self.contact, self.typed + self.contact.create({"name": "Third"}))
        self._link(self.contact, message)
        gone = self.contact + self.typed
        gone.with_user(self.anna).unlink()
        for record in gone:
            self.assertEqual(self.rows(record), 0)
        orphans = self.env["mail.message"].search_count(
            [("model", "=", CONTACT), ("res_id", "in", gone.ids)]
        )
        self.assertEqual(orphans, 0)

    def test_an_archived_record_stays_linked(self):
        self._link(self.contact, self.customer)
        self.customer.active = False
        [row] = self._call(self.anna, "get_links", CONTACT, self.contact.id)
        self.assertIs(row["active"], False)
        self.assertEqual(self._traces(self.contact), [])

    def merge(self, partners, into):
        self.env[MERGE]._merge((partners + into).ids, into)
        self.env.flush_all()
        self.env.invalidate_all()

    @mute_logger("odoo.models.unlink", "odoo.addons.base.wizard.base_partner_merge")
    def test_links_follow_merged_partners_and_doubles_collapse(self):
        kept, one, two = (self._create_partner(f"Same {n}") for n in range(3))
        self._link(self.contact, kept + one)
        self._link(one, self.typed)
        self._link(self.typed, two)
        self._link(two, self.other)
        self._link(one, two)
        self._link(kept, one)
        self.merge(one + two, kept)
        self.assertEqual(
            self._all_linked(kept),
            {self._end(self.contact), self._end(self.typed), self._end(self.other)},
        )
        self.assertEqual(self.rows(kept), 3)
        for gone in (one, two):
            self.assertEqual(self.rows(gone), 0)
        self.assertEqual(self._traces(self.contact) + self._traces(self.typed), [])
        self.assertEqual(self._linked(self.bertta, self.typed), [self._end(kept)])

    @mute_logger("odoo.models.unlink", "odoo.addons.base.wizard.base_partner_merge")
    def test_merging_partners_without_links_changes_none(self):
        self._link(self.contact, self.customer)
        kept, gone = self._create_partner("Kept"), self._create_partner("Gone")
        self.merge(gone, kept)
        self.assertEqual(self._all_linked(self.contact), {self._end(self.customer)})

    def test_links_follow_a_thread_that_moves_to_another_record(self):
        """Also one of another model, as when a lead becomes a task."""
        order = self._create_order()
        self._link(self.contact, order)
        self._link(self.customer, order)
        order.message_change_thread(self.customer)
        self.assertEqual(self._all_linked(self.customer), {self._end(self.contact)})
        self.assertEqual(self.rows(order), 0)
        self.assertEqual(
            self._linked(self.anna, self.contact), [self._end(self.customer)]
        )

    def test_what_the_database_deleted_shows_nowhere_and_is_vacuumed(self):
        """Past the ORM: by ondelete cascade, or a script."""
        gone, kept = self._create_partner("Gone"), self._create_partner("Kept")
        self._link(self.contact, gone + kept)
        self._link(gone, self.other)
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM res_partner WHERE id = %s", [gone.id])
        for user in (self.anna, self.env.ref("base.user_root")):
            links = self._links(user)
            menu = links.get_links_menu(CONTACT, self.contact.id)
            self.assertEqual([row["id"] for row in menu["links"]], [kept.id])
            self.assertEqual(menu["count"], 1)
            self.assertEqual(links.get_links("res.partner", gone.id), [])
        self.assertEqual(self.rows(gone), 2)
        self.env[LINK]._gc_orphans()
        self.assertEqual(self.rows(gone), 0)
        self.assertEqual(self._all_linked(self.contact), {self._end(kept)})

    def test_links_with_a_model_that_is_gone_show_nowhere_and_are_vacuumed(self):
        """As left by an addon that was removed by other means than uninstalling it."""
        link = self._link(self.contact, self.customer)
        link.target_model = "no.such.model"
        self.env.flush_all()
        self.registry.clear_cache()
        for user in (self.anna, self.env.ref("base.user_root")):
            links = self._links(user)
            self.assertEqual(links.get_links(CONTACT, self.contact.id), [])
            self.assertEqual(links.get_links_menu(CONTACT, self.contact.id)["count"], 0)
            self.assertEqual(links.get_links("no.such.model", self.customer.id), [])
        self.assertNotIn(link, self._links(self.anna).search([]))
        self.env[LINK]._gc_orphans()
        self.assertFalse(link.exists())

    def test_links_of_an_addon_that_is_not_loaded_now_are_kept(self):
        """A folder missing from addons_path for a day must not cost the links."""
        link = self._link(self.contact, self.customer)
        name = "x_not.loaded"
        self.env.cr.execute(
            'INSERT INTO ir_model (model, name, "order", state)'
            " VALUES (%s, '{}', 'id', 'base')",
            [name],
        )
        link.target_model = name
        self.env.flush_all()
        self.registry.clear_cache()
        self.env[LINK]._gc_orphans()
        self.assertTrue(link.exists())
        self.assertEqual(self._linked(self.anna, self.contact), [])

    @mute_logger("odoo.models.unlink")
    def test_links_go_with_the_models_of_an_addon_and_the_chatter_says_so(self):
        order = self._create_order()
        self._link(self.contact, order)
        self._link(self.customer, order)
        self._link(self.contact, self.customer)
        self.env[LINK].sudo()._forget_models(["sale.order"])
        self.assertEqual(self.rows(order), 0)
        self.assertEqual(self._all_linked(self.contact), {self._end(self.customer)})
        self.assertIn("Quotation", self._traces(self.contact)[0])

    def test_an_addon_s_own_models_are_those_that_no_other_has(self):
        """Sale's orders are extended by addons that are uninstalled with it."""
        modules = self.env["ir.module.module"]
        sale = modules.search([("name", "=", "sale")])
        own = (sale + sale.downstream_dependencies())._get_own_models()
        self.assertIn("sale.order", own)
        self.assertNotIn("sale.order", sale._get_own_models())
        self.assertNotIn("res.partner", own)
        self.assertNotIn("account.move", own)

    @mute_logger("odoo.models.unlink")
    def test_an_uninstall_deletes_linked_records_without_writing_to_chatters(self):
        """While models go away one by one, nothing can be posted."""
        tag = self.env["res.partner.category"].create({"name": "Data of an addon"})
        self._link(self.contact, tag)
        tag.with_context(_force_unlink=True, prefetch_fields=False).unlink()
        self.assertEqual(self.rows(tag), 0)
        self.assertEqual(self._traces(self.contact), [])

    @mute_logger("odoo.models.unlink")
    def test_links_go_with_a_model_made_by_hand_and_the_chatter_says_so(self):
        made = self.env["ir.model"].create({"name": "By hand", "model": "x_by_hand"})
        self.assertIn("x_by_hand", self.env)
        record = self.env["x_by_hand"].create({"x_name": "One"})
        self._link(self.contact, record)
        end = self._end(record)
        made.unlink()
        self.assertNotIn(end, self._all_linked(self.contact))
        self.assertIn("By hand", self._traces(self.contact)[0])

    @mute_logger("odoo.models.unlink")
    def test_a_deletion_that_is_refused_keeps_the_links(self):
        order = self._create_order()
        order.action_confirm()
        self._link(self.contact, order)
        with self.assertRaises(UserError), self.cr.savepoint():
            order.unlink()
        self.assertEqual(self._all_linked(self.contact), {self._end(order)})
        self.assertEqual(self._traces(self.contact), [])

    def test_what_is_gone_cannot_be_linked_not_even_by_superuser_code(self):
        partner = self._create_partner("Gone")
        partner.unlink()
        with self.assertRaises(AccessError):
            self._link(self.contact, partner)

    def test_links_are_known_by_their_models_from_the_first_one_on(self):
        links = self.env[LINK]
        self.assertNotIn("res.country", links._get_linked_models())
        self._link(self.contact, self.env.ref("base.fi"))
        self.assertIn("res.country", links._get_linked_models())

    @mute_logger("odoo.models.unlink")
    def test_a_deleted_calendar_series_takes_its_links_along(self):
        event = self.env["calendar.event"].create(
            {
                "name": "Weekly",
                "start": "2026-11-23 10:00:00",  # a Monday
                "stop": "2026-11-23 11:00:00",
                "recurrency": True,
                "rrule_type": "weekly",
                "mon": True,
                "count": 3,
                "end_type": "count",
            }
        )
        events = event.recurrence_id.calendar_event_ids
        self._link(self.contact, events)
        events.unlink()
        self.assertEqual(self._all_linked(self.contact), set())
        self.assertIn("Calendar (3)", self._traces(self.contact)[0])
