from odoo.tests import freeze_time, tagged

from ..models.contact import live
from .common import NOW, TODAY, KontaktiCommon

FEW, MANY = 10, 100  # Odoo inserts and updates a hundred rows a statement
COLUMNS = ["name", "partner_id", "customer_name", "responsible_id", "purpose_id"]


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestWriteCounts(KontaktiCommon):
    """Writing many contact events takes no statement more than writing a few.

    All that a request does is counted: the chatter's trail and the bus too.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"Customer {n}", "is_company": True} for n in range(MANY)]
        )

    def setUp(self):
        super().setUp()
        self.patch(live, "WINDOW", 3600)  # however slow: all are told once in a test

    def _prepare(self, count):
        return [
            {"name": f"Call {n}", "partner_id": partner.id, "next_date": TODAY}
            for n, partner in enumerate(self.partners[:count])
        ]

    def _create_many(self, count):
        contacts = self._contacts(self.anna).create(self._prepare(count))
        self.env.cr.flush()
        return contacts

    def _count(self, write, count, prepare=None):
        """How many statements ``write(count contact events)`` takes to the end."""
        contacts = prepare(count) if prepare else None
        self.env.cr.flush()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        write(count if contacts is None else contacts)
        self.env.cr.flush()
        return self.env.cr.sql_log_count - before

    def assert_flat(self, write, prepare=None):
        self._count(write, 2, prepare)  # rights, rules and subtypes, once
        few, many = (self._count(write, count, prepare) for count in (FEW, MANY))
        self.assertLessEqual(many, few)

    def test_logging(self):
        contacts = self._contacts(self.anna)
        self.assert_flat(lambda count: contacts.create(self._prepare(count)))

    def test_marking_as_done(self):
        self.assert_flat(lambda contacts: contacts.action_done(), self._create_many)

    def test_assigning(self):
        self.assert_flat(
            lambda contacts: contacts.web_save(
                {"responsible_id": self.bertta.id}, {"responsible_id": {}}
            ),
            self._create_many,
        )

    def test_following_up(self):
        self.assert_flat(
            lambda contacts: contacts.action_follow_up(), self._create_many
        )

    def test_postponing(self):
        self.assert_flat(lambda contacts: contacts.action_postpone(), self._create_many)

    def test_putting_on_the_mailing_list(self):
        self.assert_flat(
            lambda contacts: contacts.action_put_on_mailing_list(), self._create_many
        )

    def test_importing(self):
        purpose = self.env.ref("kontakti_contact.kontakti_purpose_sales").name
        contacts = self._contacts(self.anna)

        def load(count):
            rows = [
                ["Call", partner.name if n % 2 else "", f"Typed {n}", "Bertta", purpose]
                for n, partner in enumerate(self.partners[:count])
            ]
            self.assertFalse(contacts.load(COLUMNS, rows)["messages"])

        self.assert_flat(load)

    def test_what_is_logged_is_written_once(self):
        """All columns go in with the row: no second version of it at once."""
        for values in (
            *self._prepare(1),
            {"name": "Typed", "customer_name": "Kivi Oy"},
        ):
            before = self._count_updates()
            self._create_contact(**values)
            self.env.cr.flush()
            self.assertEqual(self._count_updates(), before)

    def _count_updates(self):
        self.env.cr.execute(
            "SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = %s",
            ["kontakti_contact"],
        )
        return self.env.cr.fetchone()[0]
