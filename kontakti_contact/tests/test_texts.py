import doctest

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from ..models.contact.texts import KEEP_BOTH_KEY, READ_KEY
from ..tools import text_merge
from .common import NOW, KontaktiCommon

READ = "<p>They want an offer.</p>"
ANNAS = f"{READ}<p>By Friday, says Anna.</p>"
BERTTAS = f"{READ}<p>Of ten, says Bertta.</p>"


@freeze_time(NOW)
class TestTexts(KontaktiCommon):
    """Of two who edit one text, neither takes the other's words away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls._create_contact(discussion=READ)

    def _write(self, user, vals, read=None, **context):
        said = {READ_KEY: {str(self.contact.id): read}} if read is not None else {}
        contact = self._seen_by(user, self.contact).with_context(**said, **context)
        contact.write(vals)

    def _refuse(self, *args, **kwargs):
        with self.assertRaises(UserError) as refused:
            self._write(*args, **kwargs)
        return refused.exception

    def test_the_examples_in_the_docstrings_hold(self):
        self.assertFalse(doctest.testmod(text_merge).failed)

    def test_the_second_is_told_who_changed_what(self):
        self._write(self.anna, {"discussion": ANNAS}, {"discussion": READ})
        error = self._refuse(self.bertta, {"discussion": BERTTAS}, {"discussion": READ})
        self.assertEqual(self.contact.discussion, ANNAS)
        self.assertIn("Anna changed “Discussion” at", str(error))
        [told] = error.context["kontakti_texts"]
        self.assertEqual(told["field"], "discussion")
        self.assertEqual(told["label"], "Discussion")
        self.assertEqual(told["user"], "Anna")
        self.assertEqual(told["theirs"], ANNAS)

    def test_who_changed_something_else_afterwards_is_not_blamed(self):
        self._write(self.anna, {"discussion": ANNAS})
        self._write(self.manager, {"name": "Autumn campaign"})
        error = self._refuse(self.bertta, {"discussion": BERTTAS}, {"discussion": READ})
        self.assertEqual(error.context["kontakti_texts"][0]["user"], "Anna")

    def test_a_refused_save_changes_nothing_else_either(self):
        self._write(self.anna, {"discussion": ANNAS})
        vals = {"discussion": BERTTAS, "name": "Berttas"}
        self._refuse(self.bertta, vals, {"discussion": READ})
        self.assertEqual(self.contact.name, "Spring campaign")

    def test_both_texts_are_kept_when_asked(self):
        self._write(self.anna, {"discussion": ANNAS})
        vals = {"discussion": BERTTAS, "name": "Both"}
        self._write(self.bertta, vals, {"discussion": READ}, **{KEEP_BOTH_KEY: True})
        self.assertEqual(
            self.contact.discussion,
            f"{READ}<p>By Friday, says Anna.</p><p>Of ten, says Bertta.</p>",
        )
        self.assertEqual(self.contact.name, "Both")

    def test_each_text_is_compared_by_itself(self):
        self._write(self.anna, {"discussion": ANNAS})
        self._write(self.bertta, {"actions": BERTTAS}, {"actions": ""})
        self.assertEqual(self.contact.discussion, ANNAS)
        self.assertEqual(self.contact.actions, BERTTAS)

    def test_a_text_left_as_it_was_read_is_saved(self):
        for mine in (ANNAS, BERTTAS, ""):
            read = self._seen_by(self.anna, self.contact).discussion or ""
            self._write(self.bertta, {"discussion": mine}, {"discussion": read})
            self.assertEqual(self.contact.discussion or "", mine)

    def test_marks_of_the_editor_are_nobodys_change(self):
        marked = READ.replace("<p>", '<p data-oe-version="2.0">')
        self._write(self.anna, {"discussion": ANNAS}, {"discussion": marked})
        self.assertEqual(self.contact.discussion, ANNAS)

    def test_what_was_sent_counts_as_read_though_it_was_cleaned(self):
        sent = '<p onclick="x()">Clean me</p>'
        self._write(self.anna, {"discussion": sent})
        self.assertNotEqual(self.contact.discussion, sent)
        self._write(self.anna, {"discussion": ANNAS}, {"discussion": sent})
        self.assertEqual(self.contact.discussion, ANNAS)

    def test_an_empty_text_is_empty_however_it_is_written(self):
        for empty in (False, "", "<p><br></p>"):
            self.contact.discussion = "<p><br></p>"
            self._write(self.anna, {"discussion": ANNAS}, {"discussion": empty})
            self.assertEqual(self.contact.discussion, ANNAS)

    def test_who_does_not_say_what_was_read_writes_as_ever(self):
        self._write(self.anna, {"discussion": ANNAS})
        self._write(self.bertta, {"discussion": BERTTAS})
        self.assertEqual(self.contact.discussion, BERTTAS)

    def test_the_form_is_refused_too(self):
        self._write(self.anna, {"discussion": ANNAS})
        said = {READ_KEY: {str(self.contact.id): {"discussion": READ}}}
        contact = self._seen_by(self.bertta, self.contact).with_context(**said)
        with self.assertRaises(UserError):
            contact.web_save({"discussion": BERTTAS}, {"discussion": {}})

    def test_a_text_one_may_not_read_is_not_told(self):
        self.contact.personal = True
        with self.assertRaises(AccessError):
            self._write(self.bertta, {"discussion": BERTTAS}, {"discussion": READ})

    def test_what_was_read_is_a_text(self):
        for read in ("x", {"discussion": 7}, {"discussion": "\0"}, ["discussion"]):
            with self.subTest(read), self.assertRaises(UserError):
                self._write(self.anna, {"discussion": ANNAS}, read)

    def test_who_changed_a_text_is_nobody_elses_to_say(self):
        contact = self._seen_by(self.anna, self.contact)
        with self.assertRaises(AccessError):
            contact.write({"discussion_change": {"user": self.bertta.id}})
