import ast
import doctest
import re

from odoo.tests import freeze_time, tagged
from odoo.tools import file_open

from ..tools import time_used
from .common import NOW, KontaktiCommon

EXAMPLES = "kontakti_contact/static/tests/fields/time_used_examples.js"


def read_table(name):
    """Return a table of the file of examples, which the browser's tests read too."""
    with file_open(EXAMPLES) as file:
        source = file.read()
    table = re.search(rf"{name} = (\[.*?\n\]);", source, re.S)[1]
    return ast.literal_eval(table.replace("5 / 60", repr(5 / 60)))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTimeUsed(KontaktiCommon):
    """The time used is understood as people write it."""

    def test_the_examples_in_the_docstrings_hold(self):
        self.assertFalse(doctest.testmod(time_used).failed)

    def test_the_time_is_read_as_people_write_it(self):
        for text, hours in read_table("EXAMPLES"):
            with self.subTest(text):
                self.assertAlmostEqual(time_used.parse_time_used(text), hours, 9)

    def test_what_is_no_time_is_refused(self):
        for text in read_table("REFUSED"):
            with self.subTest(text), self.assertRaises(ValueError):
                time_used.parse_time_used(text)

    def test_an_import_reads_the_time_in_the_same_way(self):
        examples = read_table("EXAMPLES")
        rows = "".join(f'Call,"{text}"\n' for text, _hours in examples)
        contacts = self._import(f"Subject,Time used\n{rows}")
        for contact, (text, hours) in zip(contacts, examples, strict=True):
            with self.subTest(text):
                self.assertAlmostEqual(contact.duration, hours, 9)

    def test_an_import_says_which_time_it_does_not_understand(self):
        result = self._run_import("Subject,Time used\nCall,soon\n")
        self.assertFalse(result["ids"])
        self.assertIn("soon", result["messages"][0]["message"])

    def test_load_reads_the_time_in_the_same_way(self):
        contacts = self.env["kontakti.contact"].with_user(self.anna)
        loaded = contacts.load(["name", "duration"], [["Call", "0:15"], ["Visit", 2]])
        self.assertFalse(loaded["messages"])
        self.assertEqual(contacts.browse(loaded["ids"]).mapped("duration"), [0.25, 2])

    def test_what_is_exported_is_the_same_when_imported_again(self):
        hours = [0.25, 1, 5, 8, 7.5, 100]
        contacts = self.env["kontakti.contact"].with_user(self.anna)
        made = contacts.create([{"name": "Call", "duration": each} for each in hours])
        exported = made.with_context(import_compat=True).export_data(
            ["name", "duration"]
        )
        loaded = contacts.load(["name", "duration"], exported["datas"])
        self.assertFalse(loaded["messages"])
        again = contacts.browse(loaded["ids"])
        self.assertEqual(again.mapped("duration"), hours)

    def test_an_export_to_read_holds_numbers(self):
        contact = self._create_contact(duration=8)
        exported = contact.export_data(["duration"])
        self.assertEqual(exported["datas"], [[8.0]])

    def _run_import(self, text):
        wizard = (
            self.env["base_import.import"]
            .with_user(self.anna)
            .create(
                {
                    "res_model": "kontakti.contact",
                    "file": text.encode(),
                    "file_type": "text/csv",
                }
            )
        )
        options = {
            "quoting": '"',
            "separator": ",",
            "encoding": "utf-8",
            "has_headers": True,
        }
        return wizard.execute_import(
            ["name", "duration"], ["Subject", "Time used"], options
        )

    def _import(self, text):
        result = self._run_import(text)
        self.assertFalse(result["messages"])
        return self.env["kontakti.contact"].browse(result["ids"])
