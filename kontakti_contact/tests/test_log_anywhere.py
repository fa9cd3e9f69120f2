from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..models.contact.kontakti_contact import STATE_DONE
from .common import NOW, KontaktiCommon

NOBODY = {"partner_id": False, "customer": "", "phone": "", "subject": ""}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestLogAnywhere(KontaktiCommon):
    """A contact logged from any screen knows the customer shown there (S1, S18)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_partner("Kivi Oy", phone="+358 40 1234567")
        cls.seller = cls._create_user(
            "seller",
            "kontakti_contact.group_kontakti_user,sales_team.group_sale_salesman",
        )
        cls.order = cls.env["sale.order"].create(
            {"partner_id": cls.customer.id, "user_id": cls.seller.id}
        )

    def _defaults(self, record, user=None):
        contacts = self._contacts(user or self.seller)
        return contacts.get_log_defaults(record._name, record.id)

    def _log(self, user=None, **values):
        result = self._contacts(user or self.seller).action_log_new(values)
        return self.env["kontakti.contact"].browse(result["done"]), result

    def test_a_customer_and_its_documents_say_whose_it_is(self):
        known = {
            "partner_id": self.customer.id,
            "customer": "Kivi Oy",
            "phone": "+358 40 1234567",
        }
        self.assertEqual(self._defaults(self.customer), {**known, "subject": ""})
        self.assertEqual(
            self._defaults(self.order), {**known, "subject": self.order.display_name}
        )

    def test_an_integrator_s_application_names_the_field(self):
        event = self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": NOW,
                "stop": NOW,
                "customer_id": self.customer.id,
            }
        )
        event.user_id = self.seller
        self.assertEqual(self._defaults(event)["partner_id"], self.customer.id)

    def test_what_the_user_may_not_read_tells_nothing(self):
        self.assertEqual(self._defaults(self.order, self.anna), NOBODY)
        personal = self._create_contact(partner_id=self.customer.id, personal=True)
        self.assertEqual(self._defaults(personal, self.bertta), NOBODY)

    def test_what_is_no_record_tells_nothing(self):
        contacts = self._contacts(self.seller)
        for model, res_id in (
            ("no.model", 1),
            ("base", 1),
            ("res.partner", 2**31 - 1),
            ("mail.thread", 1),
        ):
            with self.subTest(model):
                self.assertEqual(contacts.get_log_defaults(model, res_id), NOBODY)

    def test_it_is_logged_done_with_its_next_one(self):
        contact, result = self._log(
            partner_id=self.customer.id,
            discussion="<p>Yes</p>",
            next_date="2026-11-30",
            document={"model": "sale.order", "id": self.order.id},
        )
        self.assertEqual(contact.state, STATE_DONE)
        self.assertEqual(contact.partner_id, self.customer)
        self.assertEqual(contact.follow_up_ids.ids, [result["next"]])
        self.assertEqual(contact.contacted_by_id, self.seller)
        bodies = " ".join(contact.message_ids.mapped("body"))
        self.assertIn(f'data-oe-id="{self.order.id}"', bodies)

    def test_nothing_is_required(self):
        contact, _result = self._log()
        self.assertTrue(contact.name)

    def test_undo_deletes_both(self):
        contact, result = self._log(next_date="2026-11-30")
        both = contact | contact.follow_up_ids
        self._contacts(self.seller).action_undo_log_and_plan(result)
        self.assertFalse(both.exists())
        self.assertTrue(self._contacts(self.seller).action_undo_log_and_plan(result))

    def test_a_document_that_one_may_not_read_is_none(self):
        with self.assertRaises(UserError):
            self._log(self.anna, document={"model": "sale.order", "id": self.order.id})

    def test_a_wrong_value_logs_nothing(self):
        before = self.env["kontakti.contact"].search_count([])
        for wrong in ({"state": "open"}, {"document": 7}, {"next_date": "soon"}):
            with self.subTest(wrong), self.assertRaises(UserError):
                with self.env.cr.savepoint():
                    self._log(**wrong)
        self.assertEqual(self.env["kontakti.contact"].search_count([]), before)

    def test_who_has_no_right_logs_nothing(self):
        with self.assertRaises(AccessError):
            self._log(self.employee)
