import importlib.util

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.modules import get_module_path
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from .common import NOW, KontaktiCommon

NUMBER = "+358 40 123 4567"
WRITTEN = [
    NUMBER,
    "+358401234567",
    "00358401234567",
    "00358 40 1234567",
    "0401234567",
    "040 123 4567",
    "040-1234567",
    "(040) 123.4567",
    "+358 (0)40 123 4567",
    "+358\u00a040\u00a0123\u00a04567",
]
OTHER = "+358 50 765 4321"
COLUMNS = ["phone_key", "plain_text"]
MIGRATION = "migrations/19.0.1.2.0/post-search_columns.py"


class FindingCommon(KontaktiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finland, cls.sweden = cls.env.ref("base.fi"), cls.env.ref("base.se")
        cls.company.country_id = cls.other_company.country_id = cls.finland

    def _found(self, contact, domain, user=None):
        """Whether ``contact`` is found, by the database and in memory alike."""
        contact = self._seen_by(user or self.anna, contact)
        domain = Domain(domain)
        found = contact in contact.search(domain & Domain("id", "=", contact.id))
        self.assertEqual(contact.filtered_domain(domain) == contact, found, domain)
        return found

    def assert_found(self, contact, fname, *texts):
        for text in texts:
            with self.subTest(fname=fname, text=text):
                self.assertTrue(self._found(contact, [(fname, "ilike", text)]))
                self.assertFalse(self._found(contact, [(fname, "not ilike", text)]))

    def assert_not_found(self, contact, fname, *texts):
        for text in texts:
            with self.subTest(fname=fname, text=text):
                self.assertFalse(self._found(contact, [(fname, "ilike", text)]))
                self.assertTrue(self._found(contact, [(fname, "not ilike", text)]))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestFindingPhones(FindingCommon):
    """A number is found in any way of writing it."""

    def test_a_typed_number_is_found_in_any_way_of_writing_it(self):
        for written in WRITTEN:
            contact = self._create_contact(phone=written)
            self.assert_found(contact, "phone", *WRITTEN)
            self.assert_not_found(contact, "phone", OTHER, "+46 40 123 4567")

    def test_a_number_of_the_register_is_too(self):
        for written in WRITTEN:
            partner = self._create_partner(phone=written)
            contact = self._create_contact(partner_id=partner.id)
            self.assert_found(contact, "phone", *WRITTEN)
            self.assert_not_found(contact, "phone", OTHER)

    def test_the_end_or_another_part_of_it_is_enough(self):
        contact = self._create_contact(phone=NUMBER)
        self.assert_found(contact, "phone", "4567", "123 45", "040 12", "+358 40")
        self.assert_not_found(contact, "phone", "4568", "041 12")

    def test_a_customer_s_country_says_whose_number_it_is(self):
        contact = self._create_contact(phone="08-123 456 78", country_id=self.sweden.id)
        self.assert_found(contact, "phone", "+46 8 123 456 78", "0812345678")
        self.assert_not_found(contact, "phone", "+358 8 123 456 78")

    def test_without_any_country_a_number_is_found_with_one_too(self):
        self.company.country_id = False
        contact = self._create_contact(phone="040 1234567")
        self.assert_found(contact, "phone", *WRITTEN)

    def test_each_of_two_numbers_in_a_field_is_found(self):
        contact = self._create_contact(phone="040 123 4567 / 050 765 4321")
        self.assert_found(contact, "phone", "0401234567", "0507654321", NUMBER, OTHER)

    def test_what_is_no_number_is_found_as_it_is_written(self):
        contact = self._create_contact(phone="vaihde 112, ext. 7")
        self.assert_found(contact, "phone", "vaihde", "VAIHDE 112", "ext. 7", "112")
        self.assert_not_found(contact, "phone", "vaihteet", "113")
        self.assertTrue(self._found(contact, [("phone", "=", "vaihde 112, ext. 7")]))
        self.assertFalse(self._found(contact, [("phone", "=", "112")]))

    def test_without_a_number_none_is_found(self):
        contact = self._create_contact()
        self.assert_not_found(contact, "phone", "0401234567", "vaihde")
        self.assertTrue(self._found(contact, [("phone", "=", False)]))

    def test_a_new_number_is_found_and_the_old_one_is_not(self):
        contact = self._create_contact(phone=OTHER)
        contact.phone = "040 1234567"
        self.assert_found(contact, "phone", NUMBER)
        self.assert_not_found(contact, "phone", OTHER)

    def test_what_changes_in_the_register_is_found(self):
        partner = self._create_partner(phone=OTHER)
        contact = self._create_contact(partner_id=partner.id)
        partner.phone = "040 1234567"
        self.assert_found(contact, "phone", NUMBER)
        self.assert_not_found(contact, "phone", OTHER)
        partner.country_id = self.sweden
        self.assert_found(contact, "phone", "+46 40 1234567")
        self.assert_not_found(contact, "phone", NUMBER)
        partner.phone = False
        self.assert_not_found(contact, "phone", OTHER, NUMBER)

    def test_in_the_transaction_that_made_the_customer_too(self):
        """A partner's sanitized number is computed a moment after its row was made."""
        for change in ({"phone": "040 1234567"}, {"country_id": self.finland.id}):
            partner = self._create_partner(
                phone="040 1234567", country_id=self.sweden.id
            )
            contact = self._create_contact(partner_id=partner.id)
            self.env["res.partner"].flush_model(["phone"])
            partner.write({"country_id": self.finland.id, **change})
            self.env["res.partner"].flush_model(["country_id"])
            self.assert_found(contact, "phone", NUMBER)
            self.assert_not_found(contact, "phone", "+46 40 1234567")

    def test_the_same_is_kept_of_a_customer_chosen_and_of_one_changed(self):
        """One rule, in Python and in SQL."""
        for written in (*WRITTEN, "112", "vaihde", "040 123 / 050 123", "12 34 ext 5"):
            chosen = self._create_partner(phone=written)
            changed = self._create_partner(phone="1")
            contacts = self.env["kontakti.contact"].union(
                *(self._create_contact(partner_id=p.id) for p in (chosen, changed))
            )
            changed.phone = written
            self.env.flush_all()
            self.env.invalidate_all()
            first, second = contacts.sudo().mapped("phone_key")
            self.assertEqual(first, second, written)

    def test_a_name_search_of_contact_events_finds_by_phone(self):
        contact = self._create_contact(phone=NUMBER)
        for written in WRITTEN:
            found = self._contacts(self.anna).name_search(written)
            self.assertIn(contact.id, [row[0] for row in found], written)

    def test_customer_of_a_contact_event_is_found_by_phone(self):
        """So in a form; elsewhere Odoo's own search is as it was."""
        view = self.env.ref("kontakti_contact.kontakti_contact_view_form")
        self.assertIn("'kontakti_by_phone': True", view.arch)
        customers = self.env["res.partner"].with_user(self.anna)
        for stored in (NUMBER, "040-123 4567", "+358 (0)40 1234567"):
            partner = self._create_partner("Kivi Oy", phone=stored)
            for written in WRITTEN:
                asking = customers.with_context(kontakti_by_phone=True)
                found = [row[0] for row in asking.name_search(written)]
                self.assertIn(partner.id, found, (stored, written))
                found = [row[0] for row in customers.name_search(written)]
                self.assertNotIn(partner.id, found, (stored, written))
            partner.unlink()

    def test_a_customer_of_another_country_or_number_is_not_found(self):
        partner = self._create_partner("Kivi Oy", phone="+46 40 123 4567")
        customers = self.env["res.partner"].with_user(self.anna)
        customers = customers.with_context(kontakti_by_phone=True)
        for text, is_found in (
            ("+46 40 123 4567", True),
            ("+358 40 123 4567", False),
            ("040 123 4568", False),
            ("Kivi", True),
            ("12", False),
            ("", True),
        ):
            found = customers.name_search(text, [("id", "=", partner.id)])
            self.assertEqual(bool(found), is_found, text)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestFindingTexts(FindingCommon):
    """Discussion and actions are found as they are read."""

    READ = (
        "<p>R&amp;D: the <strong>of</strong>fer</p><p>a &lt; b and&nbsp;so</p>"
        '<ul><li>one</li><li>two<br/>three</li></ul><p><span style="x">Ääni</span></p>'
    )

    def test_a_text_is_found_as_it_is_read(self):
        for fname in ("discussion", "actions"):
            contact = self._create_contact(**{fname: self.READ})
            self.assert_found(
                contact,
                fname,
                *("R&D", "offer", "the offer", "a < b", "b and so", "one two three"),
                *("ääni", "fer a <", "  R&D:   the ", "of_er", "a%b"),
            )

    def test_markup_is_not_found(self):
        for fname in ("discussion", "actions"):
            contact = self._create_contact(**{fname: self.READ})
            self.assert_not_found(
                contact,
                fname,
                *("amp", "strong", "span", "nbsp", "style", "<p>", "&lt;", "onetwo"),
            )

    def test_each_text_is_found_by_its_own_name(self):
        contact = self._create_contact(
            discussion="<p>said</p>", actions="<p>agreed</p>"
        )
        self.assert_found(contact, "discussion", "said")
        self.assert_found(contact, "actions", "agreed")
        self.assert_not_found(contact, "discussion", "agreed", "said%agreed")
        self.assert_not_found(contact, "actions", "said")

    def test_what_is_changed_is_found_and_what_was_before_is_not(self):
        contact = self._create_contact(discussion="<p>before</p>", actions="<p>x</p>")
        contact.discussion = "<p>af<b>ter</b></p>"
        self.assert_found(contact, "discussion", "after")
        self.assert_not_found(contact, "discussion", "before")
        contact.discussion = False
        self.assert_not_found(contact, "discussion", "after")
        self.assert_found(contact, "actions", "x")

    def test_a_copy_and_a_follow_up_are_found_by_their_own_text(self):
        contact = self._create_contact(discussion="<p>the <i>o</i>ffer</p>")
        self.assert_found(contact.copy(), "discussion", "the offer")
        contact.action_follow_up()
        self.assert_not_found(contact.follow_up_ids, "discussion", "the offer")

    def test_any_text_can_be_stored(self):
        deep = "<div>" * 3000 + "deep" + "</div>" * 3000
        for text in ("<p></p>", "<", "&", "<!-- x -->", "&#0;x", "<p>\U0001f600", deep):
            contact = self._create_contact(discussion=text)
            self.assert_not_found(contact, "discussion", "nothing like it")

    def test_nobody_reads_groups_or_exports_what_is_searched(self):
        contact = self._create_contact(phone=NUMBER, discussion=self.READ)
        for user in (self.anna, self.manager):
            contacts = self._contacts(user)
            self.assertFalse(contacts.fields_get(COLUMNS))
            for fname in COLUMNS:
                for refused in (
                    lambda c=contacts, f=fname: c.browse(contact.id).read([f]),
                    lambda c=contacts, f=fname: c.search([(f, "ilike", "x")]),
                    lambda c=contacts, f=fname: c.search([], order=f),
                    lambda c=contacts, f=fname: c._read_group([], [f]),
                    lambda c=contacts, f=fname: c.browse(contact.id).export_data([f]),
                    lambda c=contacts, f=fname: c.browse(contact.id).write({f: "x"}),
                ):
                    with self.assertRaises(AccessError):
                        refused()

    def test_others_personal_contact_events_answer_nobody(self):
        contact = self._create_contact(
            personal=True, phone=NUMBER, discussion=self.READ, actions="<p>agreed</p>"
        )
        for fname, text in (
            ("phone", "0401234567"),
            ("discussion", "the offer"),
            ("actions", "agreed"),
        ):
            domain = [("id", "=", contact.id), (fname, "ilike", text)]
            self.assertEqual(self._contacts(self.anna).search_count(domain), 1)
            for user in (self.bertta, self.manager):
                self.assertEqual(self._contacts(user).search_count(domain), 0)
                denied = [("follow_up_ids." + fname, "ilike", text)]
                self.assertNotIn(contact, self._contacts(user).search(denied))

    def test_what_was_there_before_is_found_after_the_upgrade(self):
        typed = self._create_contact(phone="040 1234567", discussion=self.READ)
        partner = self._create_partner(phone=NUMBER)
        known = self._create_contact(partner_id=partner.id, actions="<p>x</p>")
        empty = self._create_contact()
        contacts = typed + known + empty
        self.env.flush_all()
        read = "SELECT phone_key, plain_text, write_date FROM kontakti_contact"
        ordered = f"{read} WHERE id IN %s ORDER BY id"
        self.env.cr.execute(ordered, [contacts._ids])
        before = self.env.cr.fetchall()
        self.assertTrue(before[0][0] and before[0][1] and before[1][0])
        self.env.cr.execute(
            "UPDATE kontakti_contact SET phone_key = NULL, plain_text = NULL"
            " WHERE id IN %s",
            [contacts._ids],
        )
        self.env.invalidate_all()
        self._get_migration().migrate(self.env.cr, "19.0.1.1.0")
        self.env.cr.execute(ordered, [contacts._ids])
        self.assertEqual(self.env.cr.fetchall(), before)

    def _get_migration(self):
        path = f"{get_module_path('kontakti_contact')}/{MIGRATION}"
        spec = importlib.util.spec_from_file_location("migration", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestSearchBox(FindingCommon):
    """Enter in the search box looks everywhere at once, by indexes."""

    def _get_first_domain(self, text):
        """Return what Enter asks for: the first field of the search view."""
        arch = self._contacts(self.anna).get_view(view_type="search")["arch"]
        field = etree.fromstring(arch).find(".//field")
        return safe_eval(field.get("filter_domain"), {"self": text})

    def test_enter_finds_subject_customer_person_phone_and_text(self):
        contact = self._create_contact(
            name="Kevätkampanja",
            customer_name="Älämölö Oy",
            contact_person="Matti Meikäläinen",
            phone=NUMBER,
            email="info@alamolo.example",
            discussion="<p>R&amp;D <b>of</b>fer</p>",
            actions="<p>a &lt; b</p>",
        )
        for text in (
            *("kevät", "älämölö", "meikä", "0401234567", "040 123 4567"),
            *("00358401234567", "info@alamolo", "R&D offer", "a < b"),
        ):
            self.assertTrue(self._found(contact, self._get_first_domain(text)), text)
        for text in ("strong", "nbsp", "050 123", "Virtanen"):
            self.assertFalse(self._found(contact, self._get_first_domain(text)), text)

    def test_it_is_answered_by_indexes_however_many_there_are(self):
        """The planner, told that reading the table is dear, reads none of it."""
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("SET LOCAL enable_indexscan = off")
        for text in ("Virtanen", "040 123 4567", "a < b and so"):
            query = self.env["kontakti.contact"]._search(
                self._get_first_domain(text), order="id"
            )
            rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            plan = "\n".join(row[0] for row in rows)
            self.assertNotIn("Seq Scan", plan)
            for column in (
                "name",
                "phone_key",
                "plain_text",
                "contact_person",
                "email",
            ):
                self.assertIn(f"kontakti_contact__{column}_index", plan)


@tagged("post_install", "-at_install")
class TestPeriods(FindingCommon):
    """Today, this week and last week of the contact date, where the user is."""

    def assert_period(self, date, *periods):
        contact = self._create_contact(date=date)
        for period in ("today", "week", "last_week"):
            domain = [("contact_period", "=", period), ("id", "=", contact.id)]
            for field in (domain, [("contact_period", "in", [period]), domain[1]]):
                found = self._contacts(self.anna).search_count(field)
                self.assertEqual(found, period in periods, (date, period))

    @freeze_time(NOW)
    def test_days_and_weeks_begin_where_the_user_is(self):
        for date, *periods in (
            ("2026-11-23 09:59:59", "today", "week"),
            ("2026-11-22 22:00:00", "today", "week"),  # Monday 0:00 in Helsinki
            ("2026-11-22 21:59:59", "last_week"),
            ("2026-11-23 21:59:59", "today", "week"),
            ("2026-11-23 22:00:00", "week"),
            ("2026-11-29 21:59:59", "week"),
            ("2026-11-29 22:00:00",),
            ("2026-11-15 22:00:00", "last_week"),
            ("2026-11-15 21:59:59",),
        ):
            self.assert_period(date, *periods)

    @freeze_time("2027-01-02 23:50:00")  # Sunday in Helsinki, and the year turned
    def test_a_week_ends_on_sunday_also_at_the_turn_of_the_year(self):
        self.anna.lang = "en_US"  # where weeks begin on Sunday
        for date, *periods in (
            ("2027-01-02 22:30:00", "today", "week"),
            ("2026-12-27 22:00:00", "week"),
            ("2026-12-27 21:59:59", "last_week"),
            ("2026-12-20 22:00:00", "last_week"),
            ("2026-12-20 21:59:59",),
        ):
            self.assert_period(date, *periods)

    @freeze_time(NOW)
    def test_the_search_view_offers_them_and_a_person(self):
        view = self._contacts(self.anna).get_view(view_type="search")
        arch = etree.fromstring(view["arch"])
        for name in ("contacted_today", "contacted_this_week", "contacted_last_week"):
            [node] = arch.xpath(f"//filter[@name='{name}']")
            following = [peer.get("name") for peer in node.itersiblings("filter")]
            self.assertIn("date", following, "the nearest periods come first")
            domain = safe_eval(node.get("domain"))
            self._contacts(self.anna).search(domain)
        panel = arch.find("searchpanel")
        self.assertEqual(panel.get("view_types"), "graph,pivot")
        values = self._contacts(self.anna).search_panel_select_multi_range(
            panel.find("field").get("name"), expand=True, limit=0
        )["values"]
        self.assertLessEqual(
            {self.anna.id, self.bertta.id}, {value["id"] for value in values}
        )


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestChoices(FindingCommon):
    """What is no choice for people is offered in no filter, group or file."""

    UNLISTED = ("customer_key", "channel_icon", "task_list_cell", "contact_period")
    # the web client's: core/model_field_selector/model_field_selector_popover.js
    UNFILTERED = "json"

    def test_technical_fields_are_offered_nowhere(self):
        for user in (self.anna, self.manager):
            found = self._contacts(user).fields_get()
            for fname in self.UNLISTED:
                for choice in ("groupable", "exportable"):
                    self.assertFalse(found[fname][choice], (fname, choice))
                if found[fname]["searchable"]:
                    self.assertEqual(found[fname]["type"], self.UNFILTERED, fname)

    def test_views_still_group_by_the_customer(self):
        self._create_contact(customer_name="Kivi Oy")
        groups = self._contacts(self.anna).formatted_read_group(
            [("customer_name", "=", "Kivi Oy")], ["customer_key"], ["__count"]
        )
        self.assertEqual(groups[0]["customer_key"][1], "Kivi Oy")

    def test_the_chatter_begins_in_the_words_of_people(self):
        contact = self._create_contact()
        self.assertIn("Contact event logged", contact.message_ids[0].body)
