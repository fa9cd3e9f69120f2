from psycopg2 import IntegrityError

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW
from .common_pulse import PulseCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestParticipants(PulseCommon):
    """Several people in one contact event: on each one's card, counted once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls._create_partner("Virtanen Oy")
        cls.matti = cls._create_partner(
            "Matti", is_company=False, parent_id=cls.firm.id
        )
        cls.guest = cls._create_partner("Korhonen Ab")
        cls.kaisa = cls._create_partner(
            "Kaisa", is_company=False, parent_id=cls.guest.id
        )
        cls.contact = cls._create_contact(
            partner_id=cls.matti.id, participant_ids=[cls.kaisa.id, cls.guest.id]
        )
        cls.everybody = cls.firm | cls.matti | cls.guest | cls.kaisa

    def _count(self, user, partner):
        return self._partners(user, partner).kontakti_contact_count

    def test_it_shows_on_each_one_s_card_and_counts_once_there(self):
        for partner in self.everybody:
            self.assertEqual(self._count(self.bertta, partner), 1, partner.name)
            seen = self._partners(self.bertta, partner)
            self.assertEqual(seen.kontakti_contacts_12m, 1)
            self.assertEqual(seen.kontakti_last_user_id, self.anna)
            domain = seen.action_open_kontakti_contacts()["domain"]
            self.assertEqual(self._contacts(self.bertta).search(domain), self.contact)

    def test_the_task_list_counts_it_once_for_its_customer(self):
        self._set_others_contacts_aside()
        contact = self._create_contact(
            partner_id=self.matti.id, participant_ids=[self.kaisa.id, self.guest.id]
        )
        sections = self._contacts(self.anna).get_task_list()["sections"]
        [all_of_us] = [
            one["groups"][0] for one in sections if one["key"] == "organisation"
        ]
        self.assertEqual((all_of_us["customers"], all_of_us["contacts"]), (1, 1))
        self.assertEqual(contact.commercial_partner_id, self.firm)

    def test_who_is_taken_out_is_counted_no_longer(self):
        self._seen_by(self.anna, self.contact).participant_ids = [(5,)]
        for partner, expected in ((self.firm, 1), (self.guest, 0), (self.kaisa, 0)):
            seen = self._partners(self.anna, partner)
            self.assertEqual(seen.kontakti_contacts_12m, expected)
            self.assertEqual(seen.kontakti_contact_count, expected)

    def test_a_personal_one_shows_on_nobody_s_card_but_to_its_owner(self):
        self._seen_by(self.anna, self.contact).personal = True
        for partner in self.everybody:
            self.assertEqual(self._count(self.bertta, partner), 0)
            self.assertEqual(self._count(self.anna, partner), 1)
            seen = self._partners(self.bertta, partner)
            self.assertFalse(seen.kontakti_last_date)
        found = self._contacts(self.bertta).search(
            [("participant_ids", "in", self.kaisa.ids)]
        )
        self.assertFalse(found)

    def test_moving_a_participant_moves_the_contact_event_to_the_new_company_s_card(
        self,
    ):
        third = self._create_partner("Kolmas Oy")
        self.contact.participant_ids = self.kaisa
        self.kaisa.parent_id = third
        counts = [
            self._partners(self.anna, partner).kontakti_contacts_12m
            for partner in (self.firm, self.guest, third)
        ]
        self.assertEqual(counts, [1, 0, 1])

    @mute_logger("odoo.addons.base.wizard.base_partner_merge", "odoo.models.unlink")
    def test_merged_participants_are_one(self):
        liisa = self._create_partner("Liisa", is_company=False, parent_id=self.guest.id)
        self.contact.participant_ids |= liisa
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (liisa | self.kaisa).ids, self.kaisa, extra_checks=False
        )
        self.env.invalidate_all()
        self.assertEqual(self.contact.participant_ids, self.guest | self.kaisa)
        self.assertEqual(self._count(self.anna, self.kaisa), 1)
        self.assertEqual(self.env["kontakti.pulse"]._repair(), 0)

    @mute_logger("odoo.sql_db")
    def test_a_participant_is_not_deleted_away(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.kaisa.unlink()

    def test_one_label_is_printed_for_the_customer(self):
        address = {"street": "Katu 1", "zip": "00100", "city": "HELSINKI"}
        self.everybody.write(address)
        action = self._seen_by(self.anna, self.contact).action_print_labels()
        labels = self.env["kontakti.label.print"].with_user(self.anna)
        wizard = labels.browse(action["res_id"])
        self.assertEqual(wizard.label_count, 1)

    def test_a_follow_up_begins_with_the_customer_alone(self):
        self._seen_by(self.anna, self.contact).action_follow_up()
        self.assertFalse(self.contact.follow_up_ids.participant_ids)
