from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestNothingLost(TransactionCase):
    """Contact events survive a leaver and a merge of customers (S12, S14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "kontakti_contact.group_kontakti_user"
        cls.user = new_test_user(cls.env, "stays", groups)
        cls.leaver = new_test_user(cls.env, "leaves", groups)
        cls.contacts = cls.env["kontakti.contact"].with_user(cls.user)

    def test_open_follow_ups_of_a_leaver_become_unassigned(self):
        values = {"name": "Offer", "responsible_id": self.leaver.id}
        still_open, done = self.contacts.create([values, {**values, "state": "done"}])
        self.leaver.action_archive()
        self.assertFalse(still_open.responsible_id)
        self.assertEqual(done.responsible_id, self.leaver)

    def test_chatter_keeps_who_was_responsible(self):
        contact = self.contacts.create(
            {"name": "Offer", "responsible_id": self.leaver.id}
        )
        self.flush_tracking()
        self.leaver.action_archive()
        self.flush_tracking()
        values = contact.sudo().message_ids.tracking_value_ids
        self.assertIn(self.leaver.name, values.mapped("old_value_char"))

    def test_personal_contacts_of_a_leaver_stay_as_they_are(self):
        contact = self.contacts.with_user(self.leaver).create(
            {"name": "Mine", "personal": True, "responsible_id": self.leaver.id}
        )
        self.leaver.action_archive()
        self.assertEqual(contact.sudo().responsible_id, self.leaver)

    def _count_mailing_list(self):
        sections = self.contacts.get_task_list()["sections"]
        [cell] = [s["groups"][0] for s in sections if s["key"] == "mailing_list"]
        return cell["customers"], cell["contacts"]

    def test_merged_customers_are_counted_as_one(self):
        customers, contacts = self._count_mailing_list()
        keep, gone = self.env["res.partner"].create(
            [{"name": "Keep Oy", "phone": "1"}, {"name": "Gone Oy", "phone": "2"}]
        )
        made = self.contacts.create(
            [
                {"name": "A", "partner_id": keep.id, "mailing_list": True},
                {"name": "B", "partner_id": gone.id, "mailing_list": True},
            ]
        )
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (keep | gone).ids, keep, extra_checks=False
        )
        self.assertEqual(made.partner_id, keep)
        self.assertEqual(made.mapped("customer_name"), ["Keep Oy", "Keep Oy"])
        self.assertEqual(len(set(made.mapped("customer_key"))), 1)
        self.assertEqual(self._count_mailing_list(), (customers + 1, contacts + 2))

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()
