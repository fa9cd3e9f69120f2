from lxml import etree

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common import NOW, TODAY, KontaktiCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestArchive(KontaktiCommon):
    """Archived: out of every list and number, and found by Odoo's filter (S6, S10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls._create_partner(
            street="Katu 1", zip="00100", city="Helsinki", email="a@a.example.com"
        )
        values = {"partner_id": cls.partner.id, "next_date": TODAY}
        cls.contact = cls._create_contact(mailing_list=True, **values)
        cls.personal = cls._create_contact(personal=True, **values)

    def _numbers(self, user=None):
        sections = self._contacts(user or self.anna).get_task_list()["sections"]
        return {
            (section["key"], group["key"]): group["contacts"]
            for section in sections
            for group in section["groups"]
        }

    def _archive(self):
        contacts = self._seen_by(self.anna, self.contact | self.personal)
        call_kw(contacts.browse(), "action_archive", [contacts.ids], {})

    def test_the_task_list_counts_it_no_more_and_again(self):
        before = self._numbers()
        self._archive()
        after = self._numbers()
        for key in (
            ("organisation", "all"),
            ("organisation", "today"),
            ("organisation", "unassigned"),
            ("personal", "all"),
            ("mailing_list", "all"),
        ):
            self.assertEqual(after[key], before[key] - 1, key)
        archived = self._contacts(self.anna).search(
            [("active", "=", False), ("partner_id", "=", self.partner.id)]
        )
        self.assertEqual(archived, self.contact | self.personal)
        archived.action_unarchive()
        self.assertEqual(self._numbers(), before)

    def test_numbers_equal_their_drill_down(self):
        self._archive()
        for section in self._contacts(self.anna).get_task_list()["sections"]:
            for group in section["groups"]:
                found = self._contacts(self.anna).search_count(group["domain"])
                self.assertEqual(found, group["contacts"])
                cell = f"{section['key']}.{group['key']}"
                domain = [("task_list_cell", "=", cell)]
                found = self._contacts(self.anna).search(domain)
                self.assertFalse(found & (self.contact | self.personal))

    def test_the_customer_s_card_and_the_panel_leave_it_out(self):
        self._archive()
        partner = self._seen_by(self.anna, self.partner)
        self.assertEqual(partner.kontakti_contact_count, 0)
        self.assertFalse(partner.kontakti_next_date)
        panel = self._contacts(self.anna).get_task_list_customers(
            "organisation", "today"
        )
        names = [customer["partner_id"] for customer in panel["customers"]]
        self.assertNotIn(self.partner.id, names)

    def test_no_label_of_the_mailing_list_is_of_an_archived_one(self):
        wizards = self.env["kontakti.label.print"].with_user(self.anna)
        ids = [found.id for found in wizards.new()._get_recipients()]
        self.assertIn(self.contact.id, ids)
        self._archive()
        ids = [found.id for found in wizards.new()._get_recipients()]
        self.assertNotIn(self.contact.id, ids)

    def test_a_chosen_archived_one_is_listed_as_not_printed(self):
        self._archive()
        action = self._seen_by(self.anna, self.contact).action_print_labels()
        wizard = self.env[action["res_model"]].with_user(self.anna)
        wizard = wizard.browse(action["res_id"])
        self.assertEqual(wizard.label_count, 0)
        self.assertEqual([group["reason"] for group in wizard.skipped], ["archived"])

    def test_a_mailing_reaches_none(self):
        self._archive()
        contacts = self._contacts(self.anna).with_context(active_test=False)
        domain = contacts._get_mailable_domain(self.anna)
        self.assertNotIn(self.contact, contacts.search(domain))

    def test_an_archived_personal_one_stays_its_owner_s(self):
        self._archive()
        for user in (self.bertta, self.manager):
            contacts = self._contacts(user, active_test=False)
            domain = [("active", "=", False), ("partner_id", "=", self.partner.id)]
            self.assertEqual(contacts.search(domain), self.contact)
            with self.assertRaises(AccessError):
                contacts.browse(self.personal.id).action_unarchive()

    def test_an_archived_shared_one_that_turns_personal_lets_its_chain_go(self):
        self.contact.action_follow_up()
        follow_up = self.contact.follow_up_ids
        follow_up.contacted_by_id = self.bertta
        self.env.flush_all()
        follow_up.sudo().action_archive()
        self._seen_by(self.anna, self.contact).personal = True
        self.assertFalse(follow_up.sudo().previous_id)

    def test_the_register_is_followed_while_archived(self):
        self._archive()
        self.partner.name = "Renamed Oy"
        self.assertEqual(
            self._seen_by(self.anna, self.contact).customer_name, "Renamed Oy"
        )
        other = self._create_partner("Other Oy")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.partner | other).ids, other, extra_checks=False
        )
        self.env.invalidate_all()
        self.assertEqual(self.contact.customer_key, f"#{other.id}")

    def test_the_search_has_odoo_s_filter_and_the_form_says_so(self):
        contacts = self._contacts(self.anna)
        search = etree.fromstring(contacts.get_view(view_type="search")["arch"])
        (node,) = search.xpath("//filter[@domain=\"[('active', '=', False)]\"]")
        self.assertEqual(node.get("string"), "Archived")
        form = etree.fromstring(contacts.get_view(view_type="form")["arch"])
        self.assertTrue(form.xpath("//*[@invisible='active'][text()='Archived']"))
        with Form(self._seen_by(self.anna, self.contact)) as opened:
            opened.name = "Changed"

    def test_the_chatter_says_who_archived_it(self):
        self.env.cr.flush()
        self._archive()
        self.env.flush_all()
        self.env.cr.flush()
        self.env.invalidate_all()
        tracked = self.contact.sudo().message_ids.tracking_value_ids
        self.assertIn("active", tracked.field_id.mapped("name"))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestAuditor(KontaktiCommon):
    """Read access alone opens list, form and task list without errors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = cls.env["res.groups"].create({"name": "Auditor"})
        cls.env["ir.model.access"].create(
            {
                "name": "auditor",
                "model_id": cls.env["ir.model"]._get_id("kontakti.contact"),
                "group_id": group.id,
                "perm_read": True,
            }
        )
        cls.auditor = new_test_user(cls.env, "kontakti_auditor", "base.group_user")
        cls.auditor.group_ids += group
        tag = cls.env["kontakti.tag"].create({"name": "Audit"})
        cls.contact = cls._create_contact(
            tag_ids=tag.ids,
            purpose_id=cls.env.ref("kontakti_contact.kontakti_purpose_sales").id,
            channel_id=cls.env["kontakti.channel"].search([], limit=1).id,
            partner_id=cls._create_partner().id,
        )
        cls.hidden = cls._create_contact(personal=True)

    def _specification(self, view_type):
        contacts = self._contacts(self.auditor)
        arch = etree.fromstring(contacts.get_view(view_type=view_type)["arch"])
        names = {
            node.get("name")
            for node in arch.iter("field")
            if not any(parent.tag == "field" for parent in node.iterancestors())
        }
        return {
            name: {"fields": {"display_name": {}}}
            if contacts._fields[name].relational
            else {}
            for name in sorted(names | {"applications"})
        }

    def test_the_list_and_the_form_open(self):
        for view_type in ("list", "kanban", "form"):
            with self.subTest(view=view_type):
                specification = self._specification(view_type)
                contacts = self._contacts(self.auditor)
                contacts.web_search_read([], specification, limit=80)
                (row,) = contacts.browse(self.contact.id).web_read(specification)
                self.assertFalse(row["applications"])

    def test_the_form_s_onchange_and_views_load(self):
        contacts = self._contacts(self.auditor)
        contacts.get_views([(False, "list"), (False, "form"), (False, "search")])
        self.assertEqual(contacts.browse(self.contact.id).get_applications(), [])

    def test_the_task_list_and_its_panel_open(self):
        contacts = self._contacts(self.auditor)
        self.assertTrue(contacts.get_task_list()["sections"])
        panel = contacts.get_task_list_customers("organisation", "all")
        self.assertTrue(panel["customers"])
        self.assertTrue(
            contacts.web_read_group(
                [("task_list_cell", "=", "organisation.all")], ["customer_key"]
            )["groups"]
        )

    def test_nothing_is_changed_and_nothing_personal_seen(self):
        contacts = self._contacts(self.auditor)
        with self.assertRaises(AccessError):
            contacts.browse(self.contact.id).action_done()
        with self.assertRaises(AccessError):
            contacts.browse(self.contact.id).action_archive()
        self.assertNotIn(self.hidden, contacts.search([]))
