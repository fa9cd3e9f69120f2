import json

from psycopg2 import IntegrityError

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import KontaktiCommon

ROUTE = "/web/dataset/call_kw"
SECRET = "Zsalaisuus"
# the server may say it in any of its languages
CONTACTS, ARCHIVE = "contact events|kontaktit|kontakter", "Archive|Arkistoi|Arkivera"
NOBODY = 2**31 - 1  # an id that nothing has


@tagged("post_install", "-at_install")
class TestDeletion(KontaktiCommon, HttpCase):
    """What contact events refer to is archived, not deleted; hidden ones too (S8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._create_user(
            "admin",
            "base.group_system,kontakti_contact.group_kontakti_manager,"
            "base.group_partner_manager",
            company_ids=[fields.Command.set((cls.company + cls.other_company).ids)],
        )
        cls.own_company = cls.env["res.company"].create({"name": "Katoava Oy"})

    def _delete(self, record):
        """Delete over HTTP as the administrator; return the error's text."""
        self.env.flush_all()
        login = self.admin.login
        self.authenticate(login, login + "x" * (8 - len(login)))
        call = {
            "model": record._name,
            "method": "unlink",
            "args": [record.ids],
            "kwargs": {"context": {"lang": "en_US"}},
        }
        answer = self.url_open(
            ROUTE,
            data=json.dumps({"params": call}),
            headers={"Content-Type": "application/json"},
        ).json()
        return answer.get("error", {}).get("data", {}).get("message", "")

    def _blockers(self):
        """Yield a field and a record that a contact event of that field refers to."""
        yield "partner_id", self._create_partner("Blocking Oy")
        yield "purpose_id", self.env["kontakti.purpose"].create({"name": "Blocking"})
        yield "channel_id", self.env["kontakti.channel"].create({"name": "Blocking"})
        yield "company_id", self.own_company

    @mute_logger("odoo.sql_db", "odoo.http", "odoo.addons.base.models.ir_model")
    def test_a_deletion_refused_says_the_same_of_shared_and_hidden_ones(self):
        for fname, record in self._blockers():
            told = set()
            for personal in (False, True):
                contact = self._create_contact(self.anna, name=SECRET)
                contact.sudo().write({fname: record.id})
                contact.sudo().personal = personal
                told.add(self._delete(record))
                self.assertTrue(record.exists(), fname)
                contact.sudo().unlink()
            with self.subTest(field=fname):
                [text] = told
                self.assertRegex(text, ARCHIVE)
                self.assertRegex(text, CONTACTS)
                self.assertNotIn("Model:", text)
                for secret in (SECRET, "Anna", "kontakti_contact", "kontakti.contact"):
                    self.assertNotIn(secret, text)

    @mute_logger("odoo.sql_db", "odoo.http", "odoo.addons.base.models.ir_model")
    def test_a_user_who_contacted_somebody_is_archived_not_deleted(self):
        leaver = self._create_user("leaver", "kontakti_contact.group_kontakti_user")
        self._create_contact(leaver, name=SECRET, personal=True)
        text = self._delete(leaver)
        self.assertTrue(leaver.exists())
        self.assertRegex(text, CONTACTS)
        self.assertNotIn(SECRET, text)

    @mute_logger("odoo.models.unlink")
    def test_what_no_contact_event_refers_to_is_deleted(self):
        for fname, record in self._blockers():
            if fname != "company_id":
                self.assertEqual(self._delete(record), "")
                self.assertFalse(record.exists())

    def test_a_reference_to_what_is_gone_is_no_deletion(self):
        """The other error of the same foreign key."""
        contact = self._create_contact(self.anna)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError) as refusal,
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE kontakti_contact SET channel_id = %s WHERE id = %s",
                [NOBODY, contact.id],
            )
        text = contact._sql_error_to_message(refusal.exception)
        self.assertNotIn("Archive it", text)
