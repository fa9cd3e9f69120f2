from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..tools.labels.pdf import draw_labels, fit
from .common_labels import POINTS_IN_MM, TOLERANCE, LabelsCommon

# label (columns x rows of width x height) as the sheets are sold, and its first place
SHIPPED = {
    "a4_3x7_63_38": (3, 7, 63.5, 38.1, 7.2, 15.1, 66.0, 38.1),
    "a4_3x8_70_37": (3, 8, 70, 37, 0, 0.5, 70, 37),
    "a4_3x8_70_36": (3, 8, 70, 36, 0, 4.5, 70, 36),
    "a4_3x8_64_34": (3, 8, 63.5, 33.9, 7.2, 12.9, 66.0, 33.9),
    "a4_3x9_70_32": (3, 9, 70, 32, 0, 4.5, 70, 32),
    "a4_3x10_70_30": (3, 10, 70, 29.7, 0, 0, 70, 29.7),
    "a4_4x10_53_30": (4, 10, 52.5, 29.7, 0, 0, 52.5, 29.7),
    "a4_2x7_99_38": (2, 7, 99.1, 38.1, 4.65, 15.1, 101.6, 38.1),
    "a4_2x8_99_34": (2, 8, 99.1, 33.9, 4.65, 12.9, 101.6, 33.9),
    "a4_2x4_99_68": (2, 4, 99.1, 67.7, 4.65, 13.1, 101.6, 67.7),
    "a4_2x4_105_74": (2, 4, 105, 74, 0, 0.5, 105, 74),
    "letter_3x10": (3, 10, 66.7, 25.4, 4.8, 12.7, 69.85, 25.4),
}
PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}


@tagged("post_install", "-at_install")
class TestLabelPdf(LabelsCommon):
    """The PDF read back: every label is where the sheet has it (S4)."""

    def _nominal(self, name, place):
        """Return the page, left and top of a label from the sheet's printed sizes."""
        columns, rows, _width, _height, left, top, across, down = SHIPPED[name]
        page, on_page = divmod(place - 1, columns * rows)
        row, column = divmod(on_page, columns)
        return page, left + column * across, top + row * down

    def test_every_shipped_sheet_is_in_the_table(self):
        sheets = self.env["kontakti.label.format"].search([])
        found = {
            name.rpartition("_format_")[2]
            for names in sheets._get_external_ids().values()
            for name in names
            if name.startswith("kontakti_contact.")
        }
        self.assertEqual(found, set(SHIPPED))

    def test_each_label_is_within_a_third_of_a_millimetre_of_its_place(self):
        contacts = self.env["kontakti.contact"].union(
            *(
                self._create_address(f"Customer {number:03}", number)
                for number in range(1, 44)
            )
        )
        for name in SHIPPED:
            for first in (1, 5):
                with self.subTest(sheet=name, first=first):
                    self._check_sheet(contacts, name, first)

    def _check_sheet(self, contacts, name, first):
        sheet = self.env.ref(f"kontakti_contact.kontakti_label_format_{name}")
        sheet.write({"offset_x": 0, "offset_y": 0})  # as shipped, whatever the printer
        pages = self._print(
            self._open_wizard(contacts, format_id=sheet.id, first_place=first)
        )
        columns, rows, width, height = SHIPPED[name][:4]
        self.assertEqual(
            len(pages), -(-(first - 1 + len(contacts)) // (columns * rows))
        )
        self._check_paper(pages, PAPERS["letter" if "letter" in name else "a4"])
        lines = [
            (number, *text)
            for number, page in enumerate(pages)
            for text in self._texts(page)
        ]
        self.assertEqual(len(lines), 3 * len(contacts))
        for place in range(first, first + len(contacts)):
            page, left, top = self._nominal(name, place)
            block = lines[3 * (place - first) :][:3]
            number = place - first + 1
            self.assertEqual(
                [line[1] for line in block],
                [
                    f"Customer {number:03}",
                    f"Mannerheimintie {number}",
                    f"{number:05} HELSINKI",
                ],
            )
            self._check_block(sheet, block, page, left, top, width, height)

    def _check_paper(self, pages, paper):
        for page in pages:
            size = (page.mediabox.width, page.mediabox.height)
            for measured, wanted in zip(size, paper, strict=True):
                self.assertAlmostEqual(
                    float(measured) / POINTS_IN_MM, wanted, delta=0.1
                )

    def _check_block(self, sheet, block, page, left, top, width, height):
        """The block begins at the left edge and is in the middle of the height."""
        for number, _text, line_left, _top, size in block:
            self.assertEqual(number, page)
            self.assertAlmostEqual(
                line_left, left + sheet.padding, delta=TOLERANCE, msg=block
            )
            self.assertEqual(size, block[0][4])
        size = block[0][4]
        first_top = block[0][3] - 0.9 * size / POINTS_IN_MM
        last_bottom = block[-1][3] + 0.25 * size / POINTS_IN_MM
        middle = (first_top + last_bottom) / 2
        self.assertAlmostEqual(middle, top + height / 2, delta=TOLERANCE)

    def test_the_printer_offset_moves_everything(self):
        contact = self._create_address()
        before = self._texts(self._print(self._open_wizard(contact))[0])
        self.sheet.write({"offset_x": 1.5, "offset_y": -2})
        again = self._open_wizard(contact, first_place=1)
        after = self._texts(self._print(again)[0])
        for old, new in zip(before, after, strict=True):
            self.assertAlmostEqual(new[1] - old[1], 1.5, places=2)
            self.assertAlmostEqual(new[2] - old[2], -2, places=2)

    def test_a_long_address_shrinks_and_stays_inside_its_label(self):
        long = "Pohjois-Karjalan keskussairaalan ja terveyspalvelujen kuntayhtymä"
        contact = self._create_address(
            long,
            contact_person="Hankintapäällikkö Maija-Liisa Meikäläinen-Virtanen",
            street="Ståhlbergin puistokatu 123 B huone 4567, 3. kerros, sisäpiha",
        )
        for name in SHIPPED:
            with self.subTest(sheet=name):
                sheet = self.env.ref(f"kontakti_contact.kontakti_label_format_{name}")
                wizard = self._open_wizard(contact, format_id=sheet.id, first_place=5)
                texts = self._texts(self._print(wizard)[0])
                words = " ".join(text for text, *_place in texts).split()
                self.assertEqual(words[:2], ["Pohjois-Karjalan", "keskussairaalan"])
                self.assertIn(long, " ".join(words))
                self.assertEqual(words[-2:], ["00001", "HELSINKI"])
                self._check_inside(wizard, name, texts)

    def _check_inside(self, wizard, name, texts):
        width, height = SHIPPED[name][2:4]
        _page, left, top = self._nominal(name, 5)
        for line in wizard.page["labels"][0]["lines"]:
            self.assertGreaterEqual(line["left"], 0)
            self.assertLessEqual(line["left"] + line["width"], width)
            self.assertGreaterEqual(line["size"], 4)
        for _text, line_left, line_top, size in texts:
            self.assertGreaterEqual(line_left, left)
            self.assertGreaterEqual(line_top - 0.9 * size / POINTS_IN_MM, top)
            self.assertLessEqual(line_top + 0.25 * size / POINTS_IN_MM, top + height)

    def test_letters_of_many_scripts_can_be_read_back(self):
        for text in (
            "Åke Öhman, Äänekoski",
            "Čeněk Šťastný",
            "Ķēniņš Āboliņš, Žemaitė Ąžuolas",
            "Đorđe Łukasz Ștefan Győző",
            "Київ, Щорса Ёлкин",
            "Αθήνα Παπαδόπουλος",
            "Հայաստան",
            "საქართველო",
        ):
            with self.subTest(text=text):
                contact = self._create_address(text)
                texts = self._texts(self._print(self._open_wizard(contact))[0])
                self.assertEqual(texts[0][0], text)

    def test_a_label_with_letters_no_font_has_is_not_printed_as_boxes(self):
        contact = self._create_address("קפה תל אביב")
        wizard = self._open_wizard(contact + self._create_address("Virtanen Oy", 2))
        self.assertEqual(self._names(wizard), ["Virtanen Oy"])
        self.assertEqual(self._reasons(wizard), {"letters": ["קפה תל אביב"]})

    def test_user_text_is_text_and_nothing_else(self):
        name = "<b>Tom & (Jerry) \\) Tj</b> %s"
        contact = self._create_address(name)
        texts = self._texts(self._print(self._open_wizard(contact))[0])
        self.assertEqual(texts[0][0], name)

    def test_the_sender_is_a_small_line_above_the_address(self):
        contact = self._create_address()
        wizard = self._open_wizard(
            contact, with_sender=True, sender="Kontakti Oy, PL 1"
        )
        sender, *address = self._texts(self._print(wizard)[0])
        self.assertEqual(sender[0], "Kontakti Oy, PL 1")
        self.assertEqual(len(address), 3)
        self.assertLess(sender[3], address[0][3])
        self.assertLess(sender[2], address[0][2])

    def test_the_pdf_is_printed_at_full_size(self):
        """Viewers are told not to shrink the page."""
        reader_pages = self._print(self._open_wizard(self._create_address()))
        root = reader_pages[0].indirect_reference.pdf.trailer["/Root"]
        self.assertEqual(root["/ViewerPreferences"]["/PrintScaling"], "/None")

    def test_the_preview_is_what_is_printed(self):
        contacts = self._create_address("A Oy", 1) + self._create_address("B Oy", 2)
        self._check_preview(self._open_wizard(contacts, first_place=4))
        self.sheet.font_size = 6  # of the sender, too
        self._check_preview(
            self._open_wizard(contacts, with_sender=True, sender="Kontakti Oy")
        )

    def _check_preview(self, wizard):
        printed = self._texts(self._print(wizard)[0])
        shown = [
            (line["text"], label["left"] + line["left"], label["top"] + line["base"])
            for label in wizard.page["labels"]
            for line in label["lines"]
        ]
        self.assertEqual(len(shown), len(printed))
        for (text, left, top), (found, at_left, at_top, _size) in zip(
            shown, printed, strict=True
        ):
            self.assertEqual(text, found)
            self.assertAlmostEqual(left, at_left, places=2)
            self.assertAlmostEqual(top, at_top, places=2)

    def test_a_label_that_vanished_leaves_its_place_empty(self):
        sheet = self.sheet._get_sheet()
        lines = fit(sheet, ["Virtanen Oy"])
        content = draw_labels(sheet, [[], lines], 0, "x")
        self.assertTrue(content.startswith(b"%PDF"))


@tagged("post_install", "-at_install")
class TestLabelFormat(LabelsCommon):
    """Own sheets: managers describe them, and impossible ones are refused (S4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")

    def _create_format(self, **vals):
        formats = self.env["kontakti.label.format"].with_user(self.manager)
        return formats.with_context(lang="en_US").create({"name": "Own", **vals})

    def test_a_manager_describes_an_own_sheet_on_own_paper(self):
        sheet = self._create_format(
            paper="custom",
            paper_width=100,
            paper_height=50,
            columns=1,
            rows=1,
            label_width=90,
            label_height=40,
            margin_left=5,
            margin_top=5,
        )
        pages = self._print(
            self._open_wizard(self._create_address(), format_id=sheet.id)
        )
        self.assertAlmostEqual(float(pages[0].mediabox.width), 100 * POINTS_IN_MM, 2)
        self.assertAlmostEqual(float(pages[0].mediabox.height), 50 * POINTS_IN_MM, 2)

    def test_labels_that_do_not_fit_are_refused_with_the_measures(self):
        for vals, words in (
            ({"columns": 4}, "280.0 mm of 210.0 mm"),
            ({"rows": 9}, "333.0 mm of 297.0 mm"),
            ({"margin_left": 1}, "211.0 mm of 210.0 mm"),
            ({"columns": 0}, "at least one column"),
            ({"label_width": 0}, "width and a height"),
            ({"gap_x": -1}, "cannot be negative"),
            ({"padding": 20}, "no room for text"),
            ({"font_size": 1}, "between 4 and 72"),
            ({"offset_x": 100}, "at most 20 mm"),
            ({"paper": "custom", "paper_width": 0}, "width and a height"),
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError) as refusal:
                self._create_format(**vals)
            self.assertIn(words, str(refusal.exception))

    def test_the_test_sheet_has_an_outline_and_a_number_for_each_label(self):
        content = self.sheet.with_user(self.anna)._get_test_sheet()
        page = self._read(content)[0]
        numbers = [text for text, *_place in self._texts(page)]
        self.assertEqual(numbers[:24], [str(number) for number in range(1, 25)])
        self.assertIn("100 mm", numbers[24])
        drawn = page.get_contents().get_data().count(b" re")
        self.assertEqual(drawn, 24)

    def test_a_test_sheet_of_labels_too_small_for_a_number_has_outlines(self):
        self.sheet.write({"label_height": 10, "padding": 4.5})
        texts = self._texts(self._read(self.sheet._get_test_sheet())[0])
        self.assertFalse([text for text, *_place in texts if text.isdecimal()])

    def test_the_name_says_the_size(self):
        sheet = self.env.ref("kontakti_contact.kontakti_label_format_a4_3x7_63_38")
        for lang, name in (
            ("en_US", "A4 3 × 7 (Avery L7160): 63.5 × 38.1 mm"),
            ("fi_FI", "A4 3 × 7 (Avery L7160): 63,5 × 38,1 mm"),
        ):
            self.assertEqual(sheet.with_context(lang=lang).display_name, name)
