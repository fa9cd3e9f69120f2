from odoo.tests import freeze_time, tagged

from odoo.addons.kontakti_contact.tests.common import NOW, KontaktiCommon

CONTACT = "kontakti.contact"
EMAIL = "maija@secret.example"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPersonalData(KontaktiCommon):
    """Odoo's tools for administrators and others' personal contact events (S8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._create_user("admin", "base.group_system")
        cls.shared = cls._create_contact(name="Shared subject", email=EMAIL)
        cls.hidden = cls._create_contact(
            name="Secret subject", email=EMAIL, personal=True
        )
        cls.hers = cls._create_contact(
            cls.bertta, name="Secret subject too", email=EMAIL, personal=True
        )

    def _look_up(self):
        self.env.flush_all()
        self.env.invalidate_all()
        wizard = self.env["privacy.lookup.wizard"].with_user(self.admin)
        wizard = wizard.create({"name": "Maija", "email": EMAIL})
        wizard.action_lookup()
        return wizard

    def test_the_personal_data_tool_says_how_many_and_whose_and_no_more(self):
        lines = self._look_up().line_ids.filtered(lambda rec: rec.res_model == CONTACT)
        self.assertEqual(sorted(lines.mapped("res_id")), [0, self.shared.id])
        line = lines.filtered(lambda rec: not rec.res_id)
        self.assertEqual(line.res_name, "2 personal contact events of Anna, Bertta")
        self.assertNotIn("Secret", str(lines.read()))

    def test_the_personal_data_tool_lists_the_user_s_own_as_they_are(self):
        self.admin.group_ids += self.env.ref("kontakti_contact.group_kontakti_user")
        own = self._create_contact(self.admin, name="Mine", email=EMAIL, personal=True)
        lines = self._look_up().line_ids.filtered(lambda rec: rec.res_model == CONTACT)
        self.assertIn(own.id, lines.mapped("res_id"))

    def test_the_personal_data_tool_erases_them(self):
        lines = self._look_up().line_ids.filtered(lambda rec: rec.res_model == CONTACT)
        lines.filtered(lambda rec: not rec.res_id).action_unlink()
        self.assertFalse((self.hidden + self.hers).exists())
        self.assertTrue(self.shared.exists())

    def test_the_personal_data_tool_lists_no_hidden_message(self):
        customer = self._create_partner("Maija", email=EMAIL)
        message = self.hidden.message_post(body="Secret", author_id=customer.id)
        lines = self._look_up().line_ids
        messages = lines.filtered(lambda rec: rec.res_model == "mail.message")
        self.assertNotIn(message.id, messages.mapped("res_id"))

    def test_the_recycling_tool_lists_no_contact_event(self):
        rule = self.env["data_recycle.model"].with_user(self.admin)
        rule = rule.create(
            {
                "name": "Old",
                "res_model_id": self.env["ir.model"]._get_id(CONTACT),
                "recycle_mode": "manual",
                "domain": "[('id', 'in', %s)]" % (self.hidden + self.shared).ids,
            }
        )
        rule.sudo()._recycle_records()
        rows = self.env["data_recycle.record"].with_user(self.admin)
        self.assertTrue(rows.sudo().search([("recycle_model_id", "=", rule.id)]))
        self.assertFalse(rows.search([("recycle_model_id", "=", rule.id)]))
