import csv
import io
from datetime import timedelta

import openpyxl
from pypdf import PdfReader

from odoo import fields
from odoo.tests import HttpCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..wizards.labels import kontakti_label_print_files
from .common_labels import LabelsCommon


@tagged("post_install", "-at_install")
class TestLabelFiles(LabelsCommon):
    """The export equals the labels; long PDFs are made part by part (S4)."""

    def _read_csv(self, wizard):
        text = wizard._get_addresses("csv").decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text)))

    def _read_xlsx(self, wizard):
        book = openpyxl.load_workbook(io.BytesIO(wizard._get_addresses("xlsx")))
        return [[cell.value or "" for cell in row] for row in book.active.iter_rows()]

    def _create_mixed(self):
        return (
            self._create_address("Öljy Oy", 3, contact_person="Maija")
            + self._create_address("Ahti Oy", 1)
            + self._create_address("Ahti Toinen", 1, date="2026-01-01 10:00:00")
            + self._create_address("Nowhere Oy", 4, street=False, zip=False)
            + self._create_address(
                "Haus GmbH", 2, country_id=self.env.ref("base.de").id
            )
        )

    def test_the_files_hold_the_labels_in_their_order(self):
        wizard = self._open_wizard(self._create_mixed())
        labels = [label.address for label in wizard._make_plan().labels]
        self.assertEqual(len(labels), 3)
        for rows in (self._read_csv(wizard), self._read_xlsx(wizard)):
            header, *body = rows
            self.assertEqual(header[0], "Name")
            self.assertEqual(
                [[text for text in row[8:] if text] for row in body], labels
            )
            self.assertEqual(
                body[1][:8],
                [
                    "Öljy Oy",
                    "Maija",
                    "Mannerheimintie 3",
                    "",
                    "00003",
                    "HELSINKI",
                    "",
                    "Finland",
                ],
            )

    def test_a_finn_s_csv_has_semicolons_and_names_countries_in_finnish(self):
        """As spreadsheets there open it; the printed lines are for the post abroad."""
        self.env["res.lang"]._activate_lang("fi_FI")
        contacts = self._create_address("Kivi Oy", 1)
        contacts += self._create_address(
            "Haus; GmbH", 2, country_id=self.env.ref("base.de").id
        )
        self.anna.lang = "fi_FI"
        wizard = self._open_wizard(contacts)
        text = wizard._get_addresses("csv").decode("utf-8-sig")
        header, *body = csv.reader(io.StringIO(text), delimiter=";")
        self.assertIn("Maa", header)
        countries = [row[header.index("Maa")] for row in body]
        self.assertEqual(sorted(countries), ["Saksa", "Suomi"])
        [abroad] = [row for row in body if row[0] == "Haus; GmbH"]
        self.assertIn("GERMANY", abroad)

    def test_a_postal_code_keeps_its_zeros_in_a_workbook(self):
        wizard = self._open_wizard(self._create_address(zip="00100"))
        self.assertEqual(self._read_xlsx(wizard)[1][4], "00100")

    def test_no_name_becomes_a_formula(self):
        for name in ("=1+1", "+358", "-1", "@SUM(A1)"):
            with self.subTest(name=name):
                wizard = self._open_wizard(self._create_address(name))
                self.assertEqual(self._read_csv(wizard)[1][0], f"'{name}")
                content = wizard._get_addresses("xlsx")
                book = openpyxl.load_workbook(io.BytesIO(content))
                cell = book.active.cell(2, 1)
                self.assertEqual((cell.value, cell.data_type), (name, "s"))

    def test_a_long_pdf_is_made_in_parts_and_equals_the_short_one(self):
        contacts = self.env["kontakti.contact"].union(
            *(self._create_address(f"Customer {n:03}", n) for n in range(1, 61))
        )
        whole = self._open_wizard(contacts, first_place=5)
        expected = [self._texts(page) for page in self._print(whole)]
        self.patch(kontakti_label_print_files, "LABELS_IN_PART", 24)
        wizard = self._open_wizard(contacts, first_place=5)
        action = wizard.action_print()
        self.assertEqual(action["tag"], "kontakti_contact.print_labels")
        self.assertEqual(action["params"], {"id": wizard.id, "total": 60})
        answers = [wizard.print_part(number) for number in range(3)]
        self.assertEqual([answer["done"] for answer in answers], [20, 44, 60])
        self.assertEqual(
            [bool(answer["url"]) for answer in answers], [False, False, True]
        )
        pages = self._read(wizard._get_pdf())
        self.assertEqual([self._texts(page) for page in pages], expected)
        self.assertFalse(wizard._get_parts())
        root = pages[0].indirect_reference.pdf.trailer["/Root"]
        self.assertEqual(root["/ViewerPreferences"]["/PrintScaling"], "/None")

    def test_a_download_holds_the_organisations_that_were_chosen(self):
        """The address of the file does not tell them."""
        here = self._create_address("Here Oy", 1, self.both, mailing_list=True)
        self._create_address(
            "There Oy",
            2,
            self.both,
            mailing_list=True,
            company_id=self.other_company.id,
        )
        labels = self._contacts(self.both).env["kontakti.label.print"]
        chosen = labels.with_context(allowed_company_ids=here.company_id.ids)
        wizard = chosen.browse(chosen.action_open_mailing_list()["res_id"])
        wizard.action_export_csv()
        downloading = labels.browse(wizard.id)
        self.assertEqual(len(downloading.env.companies), 2)
        names = [row[0] for row in self._read_csv(downloading)[1:]]
        self.assertEqual(names, ["Here Oy"])

    def test_a_contact_deleted_while_printing_leaves_its_label_empty(self):
        contacts = self.env["kontakti.contact"].union(
            *(self._create_address(f"Customer {n:03}", n) for n in range(1, 31))
        )
        self.patch(kontakti_label_print_files, "LABELS_IN_PART", 24)
        wizard = self._open_wizard(contacts)
        wizard.action_print()
        wizard.print_part(0)
        contacts.filtered(lambda contact: contact.zip == "00026").unlink()
        wizard = self._seen_by(self.anna, wizard)
        wizard.print_part(1)
        texts = [
            text for text, *_place in self._texts(self._read(wizard._get_pdf())[1])
        ]
        self.assertEqual(len(texts), 5 * 3)
        self.assertNotIn("Customer 026", texts)

    def test_the_files_go_with_the_wizard(self):
        wizard = self._open_wizard(self._create_address())
        wizard.action_print()
        self.env.flush_all()
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", wizard._name), ("res_field", "!=", False)])
        )
        self.assertTrue(files)
        wizard.sudo().unlink()
        self.assertFalse(files.exists())


@tagged("post_install", "-at_install")
class TestLabelHttp(LabelsCommon, HttpCase):
    """The addresses of the files, for their user and nobody else (S8)."""

    freeze_time = None  # sessions live by the real clock

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")

    def _log_in(self, user):
        login = user.login
        self.authenticate(login, login + "x" * (8 - len(login)))

    def test_the_browser_gets_a_named_pdf_to_show(self):
        wizard = self._open_wizard(self._create_address())
        url = wizard.action_print()["url"]
        self._log_in(self.anna)
        answer = self.url_open(url)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("inline", answer.headers["Content-Disposition"])
        self.assertIn("Address%20labels%20", answer.headers["Content-Disposition"])
        self.assertEqual(len(PdfReader(io.BytesIO(answer.content)).pages), 1)

    def test_the_browser_downloads_the_addresses(self):
        wizard = self._open_wizard(self._create_address())
        self._log_in(self.anna)
        for action, start in (
            (wizard.action_export_csv(), b"\xef\xbb\xbf"),
            (wizard.action_export_xlsx(), b"PK"),
        ):
            answer = self.url_open(action["url"])
            self.assertTrue(answer.content.startswith(start))
            self.assertIn("attachment", answer.headers["Content-Disposition"])

    def test_a_program_gets_them_with_an_api_key(self):
        """As over JSON-2, without a session; with another's key or a wrong one not."""
        wizard = self._open_wizard(self._create_address("Secret Oy"))
        pages = [
            wizard.action_print()["url"],
            wizard.action_export_csv()["url"],
            wizard.action_export_xlsx()["url"],
            self.sheet.action_print_test_sheet()["url"],
        ]
        keys = {user: self._make_key(user) for user in (self.anna, self.bertta)}
        for page in pages:
            with self.subTest(page=page):
                answer = self._fetch(page, keys[self.anna])
                self.assertEqual(answer.status_code, 200)
                self.assertEqual(self._fetch(page, "wrong").status_code, 401)
        for page in pages[:3]:
            with self.subTest(page=page), mute_logger("odoo.http"):
                self.assertGreaterEqual(
                    self._fetch(page, keys[self.bertta]).status_code, 400
                )

    def _make_key(self, user):
        expiry = fields.Datetime.now() + timedelta(hours=1)
        keys = self.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "labels", expiry)

    def _fetch(self, page, key):
        self.opener.cookies.clear()
        headers = {"Authorization": f"Bearer {key}", "X-Odoo-Database": get_db_name()}
        return self.url_open(page, headers=headers, allow_redirects=False)

    def test_the_test_sheet_opens(self):
        self._log_in(self.anna)
        answer = self.url_open(self.sheet.action_print_test_sheet()["url"])
        self.assertTrue(answer.content.startswith(b"%PDF"))

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_else_gets_them(self):
        wizard = self._open_wizard(self._create_address("Secret Oy"))
        wizard.action_print()
        document = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", wizard._name), ("res_field", "=", "document")])
        )
        self.env.flush_all()
        pages = [
            f"/kontakti/labels/{wizard.id}/labels.pdf",
            f"/kontakti/labels/{wizard.id}/addresses.csv",
            f"/kontakti/labels/{wizard.id}/addresses.xlsx",
            f"/web/content/kontakti.label.print/{wizard.id}/document",
            f"/web/content/{document.id}",
        ]
        for user in (self.bertta, self.manager, self.employee, self.portal):
            self._log_in(user)
            for page in pages:
                with self.subTest(user=user.login, page=page):
                    answer = self.url_open(page)
                    self.assertGreaterEqual(answer.status_code, 400)
                    self.assertNotIn("Secret", answer.text)
        self.logout()
        for page in pages:
            answer = self.url_open(page)
            self.assertNotIn(b"%PDF", answer.content)
            self.assertNotIn("Secret", answer.text)
