from contextlib import suppress

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, KontaktiCommon

READ, WRITE, DELETE = "read", "write", "unlink"
ALL, CHANGE, LOOK, NOTHING = {READ, WRITE, DELETE}, {READ, WRITE}, {READ}, set()
# who may do what with which contact event; who is whom: KontaktiCommon
#            anna's   bertta's anna's    other    no company,
#            shared   shared   personal  company  by both
MATRIX = {
    "anna": (ALL, CHANGE, ALL, NOTHING, CHANGE),
    "bertta": (CHANGE, ALL, NOTHING, NOTHING, CHANGE),
    "manager": (ALL, ALL, NOTHING, NOTHING, ALL),
    "both": (CHANGE, CHANGE, NOTHING, CHANGE, ALL),
    "stranger": (NOTHING, NOTHING, NOTHING, ALL, CHANGE),
    "employee": (NOTHING, NOTHING, NOTHING, NOTHING, NOTHING),
    "portal": (NOTHING, NOTHING, NOTHING, NOTHING, NOTHING),
    "public": (NOTHING, NOTHING, NOTHING, NOTHING, NOTHING),
}
KINDS = ("own", "colleagues", "personal", "foreign", "companyless")
CREATORS = {"anna", "bertta", "manager", "both", "stranger"}
CONFIGURATION = ("kontakti.purpose", "kontakti.channel", "kontakti.tag")


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestAccessMatrix(KontaktiCommon):
    """Who may create, read, write and delete which contact event (S1, S8, S9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")
        cls.records = {
            "own": cls._create_contact(cls.anna),
            "colleagues": cls._create_contact(cls.bertta),
            "personal": cls._create_contact(cls.anna, personal=True),
            "foreign": cls._create_contact(cls.stranger),
            "companyless": cls._create_contact(cls.both, company_id=False),
        }
        cls.all_companies = (cls.company + cls.other_company).ids

    def _cells(self):
        """Yield user, record, allowed operations for every cell of the matrix."""
        for name, row in MATRIX.items():
            for kind, allowed in zip(KINDS, row, strict=True):
                with self.subTest(user=name, record=kind):
                    yield getattr(self, name), self.records[kind], allowed

    def _as(self, user, record):
        """``record`` as ``user`` with every company of the user chosen."""
        chosen = (user.company_ids & (self.company + self.other_company)).ids
        return self._seen_by(user, record).with_context(allowed_company_ids=chosen)

    def _operate(self, operation, record):
        if operation == READ:
            record.read(["name"])
        elif operation == WRITE:
            record.write({"name": "Changed"})
        else:
            record.unlink()

    def _operate_rpc(self, operation, record):
        args = {READ: [["name"]], WRITE: [{"name": "Changed"}], DELETE: []}[operation]
        context = {"context": dict(record.env.context)}
        call_kw(record.browse(), operation, [record.ids, *args], context)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models.unlink")
    @mute_logger("odoo.addons.base.models.ir_model")
    def assert_matrix(self, operate):
        class UndoError(Exception):
            pass

        for user, record, allowed in self._cells():
            for operation in (READ, WRITE, DELETE):
                done = False
                with suppress(UndoError, AccessError), self.env.cr.savepoint():
                    operate(operation, self._as(user, record))
                    self.env.flush_all()
                    done = True
                    raise UndoError
                self.assertEqual(done, operation in allowed, operation)

    def test_reading_writing_and_deleting_follow_the_matrix(self):
        self.assert_matrix(self._operate)

    def test_reading_writing_and_deleting_over_rpc_follow_the_matrix(self):
        self.assert_matrix(self._operate_rpc)

    def test_asking_for_access_follows_the_matrix(self):
        for user, record, allowed in self._cells():
            for operation in (READ, WRITE, DELETE):
                answer = self._as(user, record).has_access(operation)
                self.assertEqual(answer, operation in allowed, operation)

    def test_searching_finds_what_may_be_read(self):
        for user, record, allowed in self._cells():
            if user.login[9:] in CREATORS:
                contacts = self._as(user, record)
                found = contacts.search([("id", "=", record.id)])
                self.assertEqual(bool(found), READ in allowed)
                count = contacts.search_count([("id", "=", record.id)])
                self.assertEqual(bool(count), READ in allowed)
            else:
                with self.assertRaises(AccessError):
                    self._as(user, record).search([])

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_kontakti_users_create_their_own_contacts_personal_or_not(self):
        for name in MATRIX:
            user = getattr(self, name)
            for vals in ({}, {"personal": True}, {"company_id": False}):
                with self.subTest(user=name, **vals):
                    if name in CREATORS:
                        self.assertTrue(self._create_contact(user, **vals))
                    else:
                        with self.assertRaises(AccessError):
                            self._create_contact(user, **vals)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nobody_creates_for_a_company_that_is_not_the_own(self):
        vals = {"company_id": self.other_company.id}
        for user in (self.anna, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._create_contact(user, **vals)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_the_companies_chosen_limit_what_the_user_of_both_sees(self):
        """S9: of the organisations one works in, only those chosen."""
        for chosen, kind in ((self.company, "own"), (self.other_company, "foreign")):
            contacts = self._contacts(self.both, allowed_company_ids=chosen.ids)
            found = contacts.search(
                [("id", "in", [r.id for r in self.records.values()])]
            )
            expected = self.records[kind].ids + self.records["companyless"].ids
            if kind == "own":
                expected += self.records["colleagues"].ids
            self.assertEqual(set(found.ids), set(expected))

    def test_a_shared_contact_of_a_colleague_can_be_worked_on(self):
        """S9: they are the organisation's, not one person's."""
        contact = self._seen_by(self.bertta, self.records["own"])
        contact.responsible_id = self.bertta
        contact.action_done()
        self.assertEqual(contact.state, "done")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.models.unlink")
    def test_managers_configure_and_users_choose(self):
        for model in CONFIGURATION:
            for user, may in ((self.manager, True), (self.bertta, False)):
                with self.subTest(model=model, user=user.login):
                    records = self.env[model].with_user(user)
                    self.assertTrue(records.has_access("read"))
                    self.assertEqual(records.has_access("write"), may)
                    self.assertEqual(records.has_access("unlink"), may)
                    may_create = may or model == "kontakti.tag"
                    self.assertEqual(records.has_access("create"), may_create)
            for user in (self.employee, self.portal, self.public):
                for operation in ("read", "write", "create", "unlink"):
                    records = self.env[model].with_user(user)
                    self.assertFalse(records.has_access(operation))

    def test_a_contact_handed_to_nobody_keeps_an_owner(self):
        """S14: contacted by is always somebody."""
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.records["own"].contacted_by_id = False
            self.env.flush_all()

    def test_users_of_kontakti_are_employees_and_managers_are_users(self):
        self.assertTrue(self.manager.has_group("kontakti_contact.group_kontakti_user"))
        self.assertTrue(self.anna.has_group("base.group_user"))
        self.assertFalse(self.anna.has_group("kontakti_contact.group_kontakti_manager"))
