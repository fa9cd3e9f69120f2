import csv
import io
import json
from unittest.mock import Mock, patch

import openpyxl

from odoo import fields, http
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.misc import file_path

from odoo.addons.web.controllers.export import CSVExport, ExportXlsxWriter

from .common import NOW, TODAY, KontaktiCommon

COLUMNS = (
    "name customer_name contact_person phone email street zip city country_id"
    " contacted_by_id responsible_id date next_date duration mailing_list personal"
    " state purpose_id channel_id"
).split()
ROW = {
    "name": 'Tarjous; "kevät"',
    "customer_name": "Älämölö Oy",
    "contact_person": "Matti Åberg",
    "phone": "+358 40 123 4567",
    "email": "matti@alamolo.example.com",
    "street": "Katu 1",
    "zip": "00100",
    "city": "Espoo",
    "date": "2026-11-20 08:30:00",
    "next_date": "2026-11-23",
    "duration": "0.25",
    "personal": "0",
    "mailing_list": "1",
}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestImportExport(KontaktiCommon):
    """Contact events in and out of files, in the user's language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fi_FI")
        cls.anna.lang = "fi_FI"
        cls.finnish = cls.env["kontakti.contact"].with_user(cls.anna)
        cls.finnish = cls.finnish.with_context(lang="fi_FI")
        labels = cls.finnish.fields_get(COLUMNS)
        cls.labels = {fname: labels[fname]["string"] for fname in COLUMNS}
        cls.row = {
            **ROW,
            "country_id": cls.env.ref("base.fi").with_context(lang="fi_FI").name,
            "contacted_by_id": "Anna",
            "responsible_id": "Bertta",
            "state": dict(
                cls.finnish._fields["state"]._description_selection(cls.finnish.env)
            )["done"],
            "purpose_id": cls._finnish_name("kontakti_purpose_sales"),
            "channel_id": cls._finnish_name("kontakti_channel_visit"),
        }

    @classmethod
    def _finnish_name(cls, xmlid):
        record = cls.env.ref(f"kontakti_contact.{xmlid}")
        return record.with_context(lang="fi_FI").name

    def assert_imported(self, contact):
        for fname in set(ROW) - {"date", "next_date", "duration", "personal"}:
            value = True if fname == "mailing_list" else ROW[fname]
            self.assertEqual(contact[fname], value, fname)
        self.assertEqual(contact.duration, 0.25)
        self.assertEqual(contact.next_date, TODAY)
        self.assertFalse(contact.personal)
        self.assertEqual(contact.country_id, self.env.ref("base.fi"))
        self.assertEqual(contact.contacted_by_id, self.anna)
        self.assertEqual(contact.responsible_id, self.bertta)
        self.assertEqual(contact.state, "done")
        self.assertEqual(contact.customer_key, "älämölö oy")
        self.assertEqual(
            contact.purpose_id, self.env.ref("kontakti_contact.kontakti_purpose_sales")
        )
        self.assertEqual(
            contact.channel_id, self.env.ref("kontakti_contact.kontakti_channel_visit")
        )

    def test_load_takes_every_column(self):
        fnames = list(COLUMNS)
        result = self.finnish.load(fnames, [[self.row[fname] for fname in fnames]])
        self.assertFalse(result["messages"])
        contact = self.finnish.browse(result["ids"])
        contact.flush_recordset()
        self.assert_imported(contact)

    def test_a_file_with_finnish_headings_is_imported_by_a_finnish_user(self):
        """Odoo matches the headings with the labels of the user's language."""
        content = self._csv([self.labels.values(), [self.row[f] for f in self.labels]])
        ids = self._import(content, self.labels)
        self.assertEqual(len(ids), 1)
        self.assert_imported(self.finnish.browse(ids))

    def test_the_headings_of_other_systems_are_known(self):
        labels = {"name": "Aihe", "city": "Kaupunki", "zip": "Postinro"}
        labels["customer_name"] = "Yritys"
        content = self._csv([labels.values(), ["Tarjous", "Turku", "20100", "Kivi Oy"]])
        contact = self.finnish.browse(self._import(content, labels))
        self.assertEqual((contact.city, contact.zip), ("Turku", "20100"))
        self.assertEqual(contact.customer_name, "Kivi Oy")

    def test_the_labels_tell_the_columns_apart(self):
        """Two columns of one label could not both be imported."""
        self.assertEqual(len(set(self.labels.values())), len(COLUMNS))

    def _csv(self, rows):
        content = io.StringIO()
        csv.writer(content, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
        return content.getvalue().encode()

    def _import(self, content, labels):
        """Import as Odoo's import screen does; return the ids."""
        if "base_import.import" not in self.env:
            self.skipTest("base_import is not installed")
        options = {
            "has_headers": True,
            "quoting": '"',
            "separator": ";",
            "encoding": "utf-8",
            "date_format": "%Y-%m-%d",
            "datetime_format": "%Y-%m-%d %H:%M:%S",
            "float_thousand_separator": " ",
            "float_decimal_separator": ".",
            "advanced": False,
            "keep_matches": False,
            "import_skip_records": [],
            "import_set_empty_fields": [],
            "fallback_values": {},
            "name_create_enabled_fields": {},
        }
        wizard = self.finnish.env["base_import.import"].create(
            {
                "res_model": "kontakti.contact",
                "file": content,
                "file_name": "contacts.csv",
                "file_type": "text/csv",
            }
        )
        preview = wizard.parse_preview({**options})
        matched = [preview["matches"][column] for column in range(len(labels))]
        self.assertEqual(matched, [[fname] for fname in labels])
        result = wizard.execute_import(
            [path[0] for path in matched], list(labels.values()), options
        )
        self.assertFalse(result["messages"])
        return result["ids"]

    def test_what_is_exported_can_be_imported_and_is_the_same(self):
        """Both ways: ids and texts survive, nothing is created twice."""
        partner = self._create_partner("Virtanen Oy", phone="09 1")
        contact = self._create_contact(
            name="Offer",
            partner_id=partner.id,
            responsible_id=self.bertta.id,
            next_date=TODAY,
            duration=1.5,
            mailing_list=True,
        )
        paths = ["id", "name", "partner_id/id", "responsible_id/id", "next_date"]
        paths += ["duration", "mailing_list"]
        exported = contact.export_data(paths)["datas"]
        as_text = [[str(value) for value in exported[0]]]
        as_text[0][1] = "Offer, changed"
        count = self._contacts(self.anna).search_count([])
        result = self._contacts(self.anna).load(paths, as_text)
        self.assertFalse(result["messages"])
        self.assertEqual(result["ids"], contact.ids)
        self.assertEqual(self._contacts(self.anna).search_count([]), count)
        self.assertEqual(contact.name, "Offer, changed")
        self.assertEqual(contact.partner_id, partner)
        self.assertEqual(contact.responsible_id, self.bertta)
        self.assertEqual(contact.next_date, TODAY)
        self.assertEqual(contact.duration, 1.5)

    def test_an_imported_customer_brings_the_register_s_data(self):
        """S17: also when the file has a column of its own for the phone."""
        self._create_partner("Virtanen Oy", city="Turku", phone="09 1")
        result = self._contacts(self.anna).load(
            ["name", "partner_id", "phone"], [["Call", "Virtanen Oy", "112"]]
        )
        self.assertFalse(result["messages"])
        contact = self._contacts(self.anna).browse(result["ids"])
        contact.flush_recordset()
        self.assertEqual(contact.customer_name, "Virtanen Oy")
        self.assertEqual((contact.phone, contact.city), ("09 1", "Turku"))

    def _load_customers(self, names):
        rows = [["Call", name] for name in names]
        result = self._contacts(self.anna).load(["name", "partner_id"], rows)
        contacts = self._contacts(self.anna).browse(result["ids"] or [])
        return contacts, result["messages"]

    def test_customers_are_found_by_all_that_names_them(self):
        """By name, e-mail, reference or the company's name before the person's."""
        company = self._create_partner("Virtanen Oy", ref="V7", email="v@v.example.com")
        person = self._create_partner(
            "Liisa", parent_id=company.id, is_company=False, ref="L7"
        )
        names = ["Virtanen Oy", "V7", "v@v.example.com", "Virtanen Oy, Liisa", "L7", ""]
        contacts, messages = self._load_customers(names)
        self.assertFalse(messages)
        self.assertEqual(
            [contact.partner_id for contact in contacts],
            [company, company, company, person, person, company.browse()],
        )

    def test_customers_are_found_by_the_names_that_an_addon_adds(self):
        parent = self._create_partner("Kasviskori Oy")
        person = self._create_partner("Matti", is_company=False, parent_id=parent.id)
        model = self.env.registry["res.partner"]
        names = [*model._rec_names_search, "parent_id.city"]
        parent.city = "Kouvola"
        with patch.object(model, "_rec_names_search", names):
            contacts, messages = self._load_customers(["Kouvola"])
        self.assertFalse(messages)
        self.assertEqual(contacts.partner_id, person)

    def test_a_name_of_two_customers_is_warned_about(self):
        first = self._create_partner("Virtanen Oy")
        second = self._create_partner("Other Oy", ref="Virtanen Oy")
        contacts, messages = self._load_customers(["Virtanen Oy", "Virtanen Oy"])
        self.assertEqual(len(messages), 2)
        self.assertEqual({message["type"] for message in messages}, {"warning"})
        self.assertLessEqual(contacts.partner_id, first | second)
        self.assertEqual(len(contacts), 2)

    def test_a_name_of_no_customer_is_an_error(self):
        self._create_partner("Virtanen Oy")
        contacts, messages = self._load_customers(["Virtanen Oy", "Nobody Oy"])
        self.assertFalse(contacts)
        self.assertEqual([message["type"] for message in messages], ["error"])
        self.assertEqual(messages[0]["record"], 1)
        self.assertIn("Nobody Oy", messages[0]["message"])

    def test_another_company_s_customer_is_not_found(self):
        self._create_partner("Vieras Oy", company_id=self.other_company.id)
        contacts, messages = self._load_customers(["Vieras Oy"])
        self.assertFalse(contacts)
        self.assertTrue(messages)

    def test_customers_may_be_created_by_name(self):
        """Where the importer chose so; one, though two rows name it."""
        self.anna.group_ids += self.env.ref("base.group_partner_manager")
        contacts = self._contacts(
            self.anna, name_create_enabled_fields={"partner_id": True}
        )
        rows = [["Call", "Uusi Oy"], ["Call again", "Uusi Oy"]]
        result = contacts.load(["name", "partner_id"], rows)
        self.assertFalse(result["messages"])
        partner = contacts.browse(result["ids"]).partner_id
        self.assertEqual(partner.mapped("name"), ["Uusi Oy"])

    def test_a_row_may_follow_one_before_it(self):
        result = self._contacts(self.anna).load(
            ["name", "previous_id"], [["First call", ""], ["Second", "First call"]]
        )
        self.assertFalse(result["messages"])
        first, second = self._contacts(self.anna).browse(result["ids"])
        self.assertEqual(second.previous_id, first)

    def test_an_import_without_dates_and_people_takes_the_defaults(self):
        """S14"""
        result = self._contacts(self.bertta).load(["name"], [["One"], ["Two"]])
        contacts = self._contacts(self.bertta).browse(result["ids"])
        self.assertEqual(len(contacts), 2)
        for contact in contacts:
            self.assertEqual(contact.contacted_by_id, self.bertta)
            self.assertFalse(contact.responsible_id)
            self.assertEqual(contact.date, fields.Datetime.to_datetime(NOW))

    def test_nobody_imports_over_a_hidden_contact(self):
        """S8: the id in the file is somebody's personal contact event."""
        hidden = self._create_contact(self.anna, personal=True)
        row = hidden.export_data(["id", "name"])["datas"][0]
        for column, value in (("id", row[0]), (".id", str(hidden.id))):
            result = self._contacts(self.bertta).load(
                [column, "name"], [[value, "Mine now"]]
            )
            self.assertFalse(result["ids"])
            self.assertTrue(result["messages"])
            self.assertNotIn(hidden.name, str(result["messages"]))
        self.assertEqual(self._seen_by(self.anna, hidden).name, "Spring campaign")

    def _load_rows(self, fnames, *rows, company=None):
        contacts = self._contacts(self.anna)
        result = contacts.load(list(fnames), [list(row) for row in rows])
        self.assertFalse(result["messages"])
        loaded = contacts.browse(result["ids"])
        loaded.flush_recordset()
        return loaded

    def test_zeros_that_a_cell_of_numbers_has_lost_are_there_again(self):
        """By the row's country, else by that of the organisation."""
        self.company.country_id = self.env.ref("base.fi")
        germany = self.env.ref("base.de").name
        loaded = self._load_rows(
            ["name", "zip", "phone", "country_id"],
            ["A", "100", "401234567", ""],
            ["B", "1067", "358401234567", germany],
            ["C", "00100", "+358 40 1234567", "FI"],
            ["D", "100", "112", self.env.ref("base.se").name],
        )
        self.assertEqual(loaded.mapped("zip"), ["00100", "01067", "00100", "100"])
        phones = ["0401234567", "358401234567", "+358 40 1234567", "112"]
        self.assertEqual(loaded.mapped("phone"), phones)

    def test_without_a_country_a_number_stays_as_it_is(self):
        self.company.country_id = False
        loaded = self._load_rows(["name", "zip", "phone"], ["A", "100", "401234567"])
        self.assertEqual((loaded.zip, loaded.phone), ("100", "401234567"))

    def test_what_was_exported_as_csv_comes_back_as_it_was(self):
        """Odoo's CSV puts an apostrophe before what a spreadsheet would calculate."""
        texts = {"name": "=1+1", "phone": "+358 40 1234567", "customer_name": "-50 %"}
        contact = self._create_contact(**texts)
        fnames = ["id", *texts]
        rows = contact.export_data(fnames)["datas"]
        content = CSVExport().from_data([], fnames, rows)
        header, row = csv.reader(io.StringIO(content))
        self.assertEqual(row[1], "'=1+1")
        self.assertEqual(self._load_rows(header, row), contact)
        for fname, text in texts.items():
            self.assertEqual(contact[fname], text)

    def test_an_apostrophe_that_somebody_typed_stays(self):
        loaded = self._load_rows(["name", "phone"], ["'tis so", "’040 1"])
        self.assertEqual((loaded.name, loaded.phone), ("'tis so", "’040 1"))

    def test_the_sentence_for_a_text_too_long_for_a_workbook_is_no_text(self):
        """As Odoo's own writer writes it, in every language."""
        contact = self._create_contact(discussion="<p>%s</p>" % ("x" * 40_000))
        self.env["res.lang"]._activate_lang("sv_SE")
        for lang in ("en_US", "fi_FI", "sv_SE"):
            writer = ExportXlsxWriter.__new__(ExportXlsxWriter)
            writer.worksheet = Mock(xls_strmax=32_767)
            writer.write = Mock()
            writer.base_style = None
            fake = Mock(env=self.env(context={"lang": lang}))
            with patch("odoo.addons.web.controllers.export.request", fake):
                writer.write_cell(1, 0, "x" * 40_000)
            sentence = writer.write.call_args.args[2]
            rows = [["A", sentence], ["B", "<p>Short</p>"]]
            result = self.finnish.load(["name", "discussion"], rows)
            with self.subTest(lang=lang):
                self.assertFalse(result["ids"])
                [message] = result["messages"]
                self.assertEqual((message["type"], message["record"]), ("error", 0))
                self.assertIn("CSV", message["message"])
        self.assertIn("xxx", contact.discussion)

    def test_the_ready_file_has_cells_of_text_and_a_customer_column(self):
        """In each language the headings are those of the fields."""
        for lang, fname in (("en_US", ""), ("fi_FI", "_fi"), ("sv_SE", "_sv")):
            self.env["res.lang"]._activate_lang(lang)
            contacts = self.env["kontakti.contact"].with_context(lang=lang)
            labels = {
                one["string"]: name for name, one in contacts.fields_get().items()
            }
            path = file_path(
                f"kontakti_contact/static/xls/kontakti_contact{fname}.xlsx"
            )
            sheet = openpyxl.load_workbook(path).active
            columns = {
                labels[cell.value]: sheet.column_dimensions[cell.column_letter]
                for cell in sheet[1]
            }
            with self.subTest(lang=lang):
                self.assertIn("partner_id", columns)
                for name in (
                    "partner_id",
                    "zip",
                    "phone",
                    "customer_name",
                    "discussion",
                ):
                    self.assertEqual(columns[name].number_format, "@", name)

    def test_a_ready_file_is_offered(self):
        """The import screen offers a template that is in the addon."""
        (template,) = self._contacts(self.anna).get_import_templates()
        self.assertTrue(template["label"])
        path = template["template"]
        self.assertTrue(path.startswith("/kontakti_contact/static/"))
        self.assertTrue(file_path(path.lstrip("/")))


@tagged("post_install", "-at_install")
class TestExportToWorkbook(HttpCase, KontaktiCommon):
    """What a workbook cannot hold is said before it is lost."""

    def export(self, kind, contact, fname):
        self.authenticate(self.anna.login, self.anna.login)
        data = {
            "model": contact._name,
            "fields": [
                {"name": name, "label": name, "type": "char", "store": True}
                for name in ("name", fname)
            ],
            "ids": contact.ids,
            "domain": [],
            "groupby": [],
            "context": {},
            "import_compat": True,
        }
        with mute_logger("odoo.addons.web.controllers.export", "odoo.http"):
            return self.url_open(
                f"/web/export/{kind}",
                data={
                    "data": json.dumps(data),
                    "csrf_token": http.Request.csrf_token(self),
                },
            )

    def test_a_long_text_is_told_of_and_nothing_is_exported(self):
        contact = self._create_contact(discussion="<p>%s</p>" % ("x" * 40_000))
        refused = self.export("xlsx", contact, "discussion")
        self.assertEqual(refused.status_code, 500)
        self.assertIn("Spring campaign", refused.text)
        self.assertIn("CSV", refused.text)
        self.assertEqual(self.export("xlsx", contact, "phone").status_code, 200)
        whole = self.export("csv", contact, "discussion")
        self.assertEqual(whole.status_code, 200)
        self.assertIn("x" * 40_000, whole.text)

    def test_a_text_that_fits_is_exported(self):
        contact = self._create_contact(discussion="<p>%s</p>" % ("x" * 32_000))
        self.assertEqual(self.export("xlsx", contact, "discussion").status_code, 200)
