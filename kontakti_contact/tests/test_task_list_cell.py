from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from .common import NOW, KontaktiCommon


@tagged("post_install", "-at_install")
class TestTaskListCell(KontaktiCommon):
    """The drill-down's address names the cell, so Forward and F5 find it (S11)."""

    def test_every_cell_found_by_name_has_the_contacts_of_its_domain(self):
        with freeze_time(NOW):
            contacts = self._contacts(self.anna)
            contacts.create(
                [
                    {"name": "Late", "next_date": "2026-11-20", "mailing_list": True},
                    {"name": "Mine", "next_date": "2026-11-23", "personal": True},
                    {"name": "Undated", "responsible_id": self.anna.id},
                ]
            )
            for section in contacts.get_task_list()["sections"]:
                for group in section["groups"]:
                    name = f"{section['key']}.{group['key']}"
                    found = contacts.search([("task_list_cell", "=", name)])
                    self.assertEqual(found, contacts.search(group["domain"]), name)

    def test_one_customer_of_a_cell_is_found_by_name(self):
        contacts = self._contacts(self.anna)
        first = contacts.create({"name": "A", "customer_name": "Kivi & Co. Oy"})
        nobodys = contacts.create({"name": "B"})
        ours = Domain("id", "in", (first + nobodys).ids)
        for contact in (first, nobodys):
            name = f"organisation.all.{contact.customer_key or ''}"
            found = contacts.search(ours & Domain("task_list_cell", "=", name))
            self.assertEqual(found, contact)

    def test_a_cell_that_does_not_exist_is_a_clear_error(self):
        for name in ("organisation.never", "all", "", False):
            with self.assertRaises(UserError):
                self._contacts(self.anna).search([("task_list_cell", "=", name)])

    def test_the_import_template_exists_in_the_users_language(self):
        for language, ending in (("fi_FI", "_fi.xlsx"), ("en_US", "contact.xlsx")):
            templates = self._contacts(self.anna, lang=language).get_import_templates()
            self.assertTrue(templates[0]["template"].endswith(ending))
