from odoo.tests import Form, tagged

from .common_labels import LabelsCommon


@tagged("post_install", "-at_install")
class TestLabelSheet(LabelsCommon):
    """The sheet in the printer, and the preview that opens what it shows (S4)."""

    def _new_wizard(self, user=None):
        return Form(self.env["kontakti.label.print"].with_user(user or self.anna))

    def test_the_next_free_label_is_remembered(self):
        contacts = self._create_address() | self._create_address(number=2)
        self._open_wizard(contacts, first_place=3).action_print()
        with self._new_wizard() as form:
            self.assertEqual(form.first_place, 5)
            form.format_id = form.format_id

    def test_a_sheet_used_up_leaves_a_new_one(self):
        contacts = self._create_address() | self._create_address(number=2)
        self._open_wizard(contacts, first_place=23).action_print()
        self.assertEqual(self._new_wizard().first_place, 1)

    def test_each_sheet_and_each_user_has_the_own_place(self):
        self._open_wizard(self._create_address(), first_place=3).action_print()
        other = self.env["kontakti.label.format"].search(
            [("id", "!=", self.sheet.id)], limit=1
        )
        with self._new_wizard() as form:
            form.format_id = other.with_user(self.anna)
            self.assertEqual(form.first_place, 1)
            form.format_id = self.sheet.with_user(self.anna)
            self.assertEqual(form.first_place, 4)
        with self._new_wizard(self.bertta) as form:
            form.format_id = self.sheet.with_user(self.bertta)
            self.assertEqual(form.first_place, 1)

    def test_a_sheet_with_fewer_labels_since_has_a_place_for_it(self):
        self._open_wizard(self._create_address(), first_place=20).action_print()
        self.sheet.rows = 2
        self.assertEqual(self._new_wizard().first_place, 6)

    def test_each_label_of_the_preview_knows_its_record(self):
        first, second = self._create_address(), self._create_address(number=2)
        page = self._open_wizard(first | second).page
        self.assertEqual(page["model"], "kontakti.contact")
        self.assertEqual(
            {label["id"] for label in page["labels"]}, {first.id, second.id}
        )
        partner = self._create_partner(street="Katu 1", zip="00100", city="Helsinki")
        action = partner.with_user(self.anna).action_print_kontakti_labels()
        wizard = self.env["kontakti.label.print"].with_user(self.anna)
        page = wizard.browse(action["res_id"]).page
        self.assertEqual(page["model"], "res.partner")
        self.assertEqual(page["labels"][0]["id"], partner.id)

    def test_an_empty_sheet_says_why(self):
        self.assertFalse(self._open_wizard(self._create_address()).nothing)
        homeless = self._create_contact(customer_name="Homeless Oy")
        self.assertIn("1", self._open_wizard(homeless).nothing)
        wizard = self.env["kontakti.label.print"].with_user(self.anna).create({})
        self.assertIn("mailing list", wizard.nothing)
