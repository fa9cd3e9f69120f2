import json
from contextlib import contextmanager

from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY, KontaktiCommon

CHANGED = "kontakti_contact/changed"
SHARED_CHANGED = "kontakti_contact/shared_changed"
NUMBERS = "kontakti_contact/numbers"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestBus(KontaktiCommon):
    """Open task lists hear that something changed, and nothing else (S7, S8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = cls._create_contact(cls.anna)
        cls.personal = cls._create_contact(cls.anna, personal=True)
        cls.group = cls.env.ref("kontakti_contact.group_kontakti_user")

    @contextmanager
    def _transaction(self, lately=False):
        """Collect what one transaction puts on the bus: ``[(channel, payload)]``."""
        cr = self.env.cr
        self.env.flush_all()
        cr.flush()
        bus = self.env["bus.bus"].sudo()
        if not lately:
            bus.search([]).unlink()  # nothing was told lately
        before = bus.search([])
        self.sent = []
        yield
        self.env.flush_all()
        cr.flush()
        for row in bus.search([]) - before:
            message = json.loads(row.message)
            if message["type"] in (CHANGED, SHARED_CHANGED):
                channel = json.loads(row.channel)
                payload = message["payload"]
                if message["type"] == SHARED_CHANGED:
                    self.assertGreater(payload.pop("told"), 0, "when, and nothing else")
                self.sent.append((channel[1:], payload))

    def _told(self, before):
        """Let what is on the bus have been told ``before`` now, and not at the start.

        The clock of a transaction of a test stands still.
        """
        self.env.cr.execute(
            "UPDATE bus_bus SET create_date ="
            " timezone('UTC', clock_timestamp()) - %s::interval",
            (before,),
        )

    def _channel(self, record):
        return [record._name, record.id]

    def assert_sent(self, *records):
        channels = [self._channel(record) for record in records]
        self.assertCountEqual([channel for channel, _payload in self.sent], channels)
        for _channel, payload in self.sent:
            self.assertEqual(payload, {}, "the signal has no content")

    def test_a_thousand_changes_send_one_message(self):
        contacts = self._contacts(self.anna)
        with self._transaction():
            created = contacts.create([{"name": "Call"} for _number in range(500)])
            for contact in created:
                contact.next_date = TODAY
            created.action_done()
        self.assert_sent(self.group)

    def test_the_next_transaction_sends_again(self):
        for _time in range(2):
            with self._transaction():
                self.shared.next_date = TODAY
            self.assert_sent(self.group)

    def test_in_quick_succession_all_are_told_once(self):
        """S7: screens wait so long that what is not told is in what they then load."""
        with self._transaction():
            self.shared.next_date = TODAY
        self.assert_sent(self.group)
        self._told("-1 minute")
        with self._transaction(lately=True):
            self.shared.next_date = False
        self.assert_sent()
        self._told("3 seconds")
        with self._transaction(lately=True):
            self.shared.next_date = TODAY
        self.assert_sent(self.group)

    def test_who_is_responsible_is_told_always(self):
        """What is a user's own is not among the numbers that are sent to all."""
        self.shared.responsible_id = self.bertta
        with self._transaction():
            self.shared.next_date = TODAY
        self.assert_sent(self.group, self.bertta.partner_id)
        self._told("-1 minute")
        with self._transaction(lately=True):
            self.shared.responsible_id = self.manager
        self.assert_sent(self.bertta.partner_id, self.manager.partner_id)

    def test_a_deputy_is_told_of_what_shows_as_the_deputy_s(self):
        deputies = self.env["kontakti.deputy"].with_user(self.bertta)
        deputies.create({"deputy_id": self.anna.id, "date_to": TODAY})
        self.shared.responsible_id = self.bertta
        with self._transaction():
            self.shared.next_date = TODAY
        told = (self.bertta | self.anna).partner_id
        self.assert_sent(self.group, *told)

    def test_who_becomes_a_deputy_is_told(self):
        deputies = self.env["kontakti.deputy"].with_user(self.bertta)
        with self._transaction():
            deputy = deputies.create({"deputy_id": self.anna.id, "date_to": TODAY})
        self.assert_sent(self.anna.partner_id)
        with self._transaction():
            deputy.unlink()
        self.assert_sent(self.anna.partner_id)

    def test_a_change_in_the_register_that_moves_the_numbers_is_told(self):
        """The interval decides who is silent; a moved person is another customer."""
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        person = self.env["res.partner"].create({"name": "Person"})
        other = self.env["res.partner"].create({"name": "Person again"})
        self._create_contact(self.anna, partner_id=person.id)
        for change in (
            lambda: firm.write({"kontakti_interval_days": 30}),
            lambda: person.write({"parent_id": firm.id}),
            lambda: self.env["base.partner.merge.automatic.wizard"]._merge(
                (person | other).ids, other
            ),
        ):
            with self._transaction():
                change()
            self.assert_sent(self.group)
        with self._transaction():
            firm.write({"name": "Firm of another name", "city": "Turku"})
            self.env["res.partner"].create({"name": "New", "parent_id": firm.id})
        self.assert_sent()

    def test_a_shared_change_is_told_to_the_group(self):
        with self._transaction():
            self._seen_by(self.bertta, self.shared).action_done()
        self.assert_sent(self.group)

    def test_a_personal_change_is_told_to_its_owner_alone(self):
        """S8: not even that something happened, to anybody else."""
        for change in (
            lambda: self.personal.write({"next_date": TODAY}),
            lambda: self.personal.action_done(),
            lambda: self._create_contact(self.anna, personal=True),
            lambda: self.personal.action_follow_up(),
            lambda: self.personal.unlink(),
        ):
            with self._transaction():
                change()
            self.assert_sent(self.anna.partner_id)

    def test_turning_personal_tells_both_sides(self):
        """It leaves the colleagues' lists and enters the owner's."""
        with self._transaction():
            self.shared.personal = True
        self.assert_sent(self.group, self.anna.partner_id)

    def test_sharing_again_tells_both_sides(self):
        with self._transaction():
            self.personal.personal = False
        self.assert_sent(self.group, self.anna.partner_id)

    def test_deleting_is_told(self):
        with self._transaction():
            self.shared.unlink()
        self.assert_sent(self.group)

    def test_what_no_task_list_shows_is_not_told(self):
        with self._transaction():
            self.shared.write({"discussion": "<p>Long</p>", "duration": 1})
        self.assert_sent()

    def test_each_owner_of_many_personal_ones_is_told_once(self):
        hers = self._create_contact(self.bertta, personal=True)
        everything = (self.personal + hers).sudo()
        with self._transaction():
            everything.write({"next_date": TODAY})
            everything.write({"next_date": False})
        self.assert_sent(self.anna.partner_id, self.bertta.partner_id)

    def test_only_kontakti_users_may_listen_to_the_group(self):
        """Odoo lets a user listen to the channels of the own groups."""
        for user, listens in (
            (self.anna, True),
            (self.manager, True),
            (self.employee, False),
            (self.portal, False),
        ):
            self.assertEqual(self.group in user.all_group_ids, listens, user.login)
