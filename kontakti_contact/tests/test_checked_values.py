import importlib.util
import math
from pathlib import Path
from random import Random

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..tools import checked
from .common import NOW, KontaktiCommon

CONTACT = "kontakti.contact"
NOT_NUMBERS = (math.nan, math.inf, -math.inf, "nan", "Infinity", 1e300, "much", [1])
UNSTORABLE = ("a\x00b", "\ud800")
KINDS = {
    "float": checked.Number,
    "integer": checked.Number,
    "char": checked.Text,
    "html": checked.Text,
    "text": checked.Text,
}
MIGRATIONS = Path(__file__).parents[1] / "migrations"


def _long_text(length):
    """Return letters of many kinds, which PostgreSQL cannot make shorter."""
    random = Random(1)
    return "".join(chr(random.randrange(0x4E00, 0x9FA5)) for _place in range(length))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCheckedNumbers(KontaktiCommon):
    """What is no number is stored nowhere, whatever way it comes."""

    def _typed_fields(self):
        """Return the stored fields of ours that a user may type in."""
        return [
            field
            for model in self.env
            for field in self.env[model]._fields.values()
            if field.store
            and field.type in KINDS
            and field._modules[:1] == ("kontakti_contact",)  # not one of Odoo's
            and not (field.compute and field.readonly)
        ]

    def test_every_field_of_ours_checks_what_it_is_given(self):
        """A new number or text is one of tools/checked.py."""
        found = self._typed_fields()
        self.assertGreater(len(found), 40)
        for field in found:
            self.assertIsInstance(field, KINDS[field.type], str(field))

    def test_no_number_field_takes_what_is_no_number(self):
        for field in self._typed_fields():
            if field.type not in ("float", "integer"):
                continue
            empty = self.env[field.model_name].browse()
            for value in NOT_NUMBERS:
                with self.subTest(field=str(field), value=value):
                    with self.assertRaises(ValidationError):
                        empty.create({field.name: value})
                    with self.assertRaises(ValidationError):
                        empty.new({field.name: value})
                    context = {f"default_{field.name}": value}
                    with self.assertRaises(ValidationError):
                        empty.with_context(**context).default_get([field.name])

    def test_time_used_is_refused_whatever_way_it_comes(self):
        contact = self._create_contact(duration=1)
        spec = {"duration": {}}
        for value in NOT_NUMBERS:
            ways = [
                lambda value=value: contact.write({"duration": value}),
                lambda value=value: contact.web_save({"duration": value}, spec),
                lambda value=value: contact.browse().web_save(
                    {"duration": value}, spec
                ),
                lambda value=value: contact.onchange({"duration": value}, [], spec),
                lambda value=value: contact.web_save_multi([{"duration": value}], spec),
                lambda value=value: contact.copy({"duration": value}),
                lambda value=value: contact.with_context(
                    default_duration=value
                ).action_follow_up(),
            ]
            for place, way in enumerate(ways):
                with self.subTest(value=value, way=place):
                    with self.assertRaises(ValidationError), self.env.cr.savepoint():
                        way()
        self.assertEqual(contact.duration, 1)

    def test_a_file_with_nan_as_time_used_says_which_row(self):
        contacts = self._contacts(self.anna)
        result = contacts.load(["name", "duration"], [["A", "nan"], ["B", "inf"]])
        self.assertFalse(result["ids"])
        self.assertEqual(
            [found["rows"]["from"] for found in result["messages"]], [0, 1]
        )

    @mute_logger("odoo.sql_db")
    def test_the_database_itself_refuses_nan_as_time_used(self):
        contact = self._create_contact()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE kontakti_contact SET duration = 'NaN' WHERE id = %s",
                [contact.id],
            )

    def test_an_update_mends_the_numbers_that_are_none(self):
        contact = self._create_contact(duration=1)
        sheet = self.env["kontakti.label.format"].search([], limit=1).copy()
        self.env.flush_all()
        self.env.cr.execute(
            "ALTER TABLE kontakti_contact"
            " DROP CONSTRAINT kontakti_contact_duration_positive"
        )
        self.env.cr.execute(
            "UPDATE kontakti_contact SET duration = 'NaN' WHERE id = %s", [contact.id]
        )
        self.env.cr.execute(
            "UPDATE kontakti_label_format SET gap_x = 'NaN' WHERE id = %s", [sheet.id]
        )
        self._migrate("pre-mend_numbers")
        self.env.invalidate_all()
        self.assertEqual((contact.duration, sheet.gap_x), (0, 0))
        self.assertFalse(sheet.active)

    def test_an_update_shortens_long_names_and_keeps_them_in_the_chatter(self):
        name = "Aatami & " * 40
        contact = self._create_contact(customer_name="Aatami", personal=True)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE kontakti_contact SET customer_name = %s WHERE id = %s",
            [name, contact.id],
        )
        self.env.invalidate_all()
        self._migrate("post-shorten_names")
        self.env.invalidate_all()
        self.assertEqual(contact.customer_name, name[:250])
        self.assertEqual(contact.customer_key, name[:250].strip().casefold())
        self.assertIn("Aatami &amp; ", contact.message_ids[0].body)

    def _migrate(self, name):
        [path] = MIGRATIONS.glob(f"*/{name}.py")
        spec = importlib.util.spec_from_file_location(name.replace("-", "_"), path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.0.0")


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCheckedTexts(KontaktiCommon):
    """Any text is stored, or refused in a sentence; it breaks nothing of Odoo's."""

    def test_a_customer_s_name_too_long_for_the_index_is_a_clear_error(self):
        name = _long_text(3_000)
        with self.assertRaisesRegex(
            ValidationError, "3000 characters long; at most 250"
        ):
            self._create_contact(customer_name=name)
        with self.assertRaises(ValidationError):
            self._create_contact(contact_person=name)

    def test_the_longest_name_of_any_letters_is_stored_and_becomes_a_customer(self):
        for letter in ("字", "🙂", "ΐ", "ß"):
            name = (_long_text(249) + letter)[:250]
            contact = self._create_contact(
                customer_name=name, contact_person=name, mailing_list=True
            )
            contact.action_create_customer()
            self.assertEqual(contact.customer_name, name)
            found = self._contacts(self.anna).search([("customer_name", "=", name)])
            self.assertIn(contact, found)

    def test_a_customer_s_long_name_in_the_register_is_no_concern_of_ours(self):
        """What Odoo's own index holds, ours lets it store."""
        partner = self._create_partner("Kivi Oy")
        contact = self._create_contact(partner_id=partner.id, mailing_list=True)
        name = _long_text(880)
        partner.name = name
        self.env.flush_all()
        self.assertEqual(contact.customer_name, name[:250])
        person = self._create_contact(
            partner_id=self._create_partner(name, is_company=False).id
        )
        self.assertEqual(person.customer_name, name[:250])

    def test_other_texts_may_be_as_long_as_they_are(self):
        text = _long_text(100_000)
        contact = self._create_contact(
            name=text, phone=text, email=text, street=text, discussion=text
        )
        self.assertEqual((contact.name, contact.email), (text, text))
        found = self._contacts(self.anna).search([("name", "ilike", text[500:600])])
        self.assertEqual(found, contact)

    def test_names_in_an_index_have_a_limit_that_is_told(self):
        for model, fname, text in (
            ("kontakti.tag", "name", _long_text(101)),
            ("kontakti.application", "code", "a" * 101),
        ):
            records = self.env[model].with_user(self.manager)
            values = {"name": "A", "res_model": "res.partner", fname: text}
            known = {name: values[name] for name in values if name in records._fields}
            with self.assertRaisesRegex(ValidationError, "at most 100"):
                records.create(known)
            records.create({**known, fname: text[:100]})

    def test_characters_that_cannot_be_stored_are_a_clear_error(self):
        contact = self._create_contact()
        for text in UNSTORABLE:
            for fname in ("name", "customer_name", "phone", "discussion"):
                with self.subTest(fname=fname, text=ascii(text)):
                    with self.assertRaisesRegex(ValidationError, "cannot be stored"):
                        self._create_contact(**{fname: text})
                    with self.assertRaisesRegex(ValidationError, "cannot be stored"):
                        contact.write({fname: text})

    def test_control_characters_are_stored(self):
        text = "a\x01\x1b\x7f\x85\u202eb"
        contact = self._create_contact(name=text, customer_name=text)
        self.env.invalidate_all()
        self.assertEqual((contact.name, contact.customer_name), (text, text))

    def test_a_value_that_is_no_dictionary_is_a_clear_error(self):
        contact = self._create_contact()
        for vals in (None, [], "x", 5):
            with self.assertRaises(UserError):
                contact.write(vals)
