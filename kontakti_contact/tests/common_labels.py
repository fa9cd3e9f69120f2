import io

from pypdf import PdfReader

from odoo.tests import freeze_time

from .common import NOW, KontaktiCommon

POINTS_IN_MM = 72 / 25.4
TOLERANCE = 0.3  # millimetres, what the requirement allows


@freeze_time(NOW)
class LabelsCommon(KontaktiCommon):
    """Contact events with addresses, and PDFs read back in millimetres from the top."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_others_contacts_aside()
        sheets = cls.env["kontakti.label.format"].with_context(active_test=False)
        sheets.search([]).active = True
        cls._use_shipped("kontakti_label_format_data.xml")
        cls.finland = cls.env.ref("base.fi")
        cls.company.country_id = cls.finland
        cls.sheet = cls.env.ref("kontakti_contact.kontakti_label_format_a4_3x8_70_37")

    @classmethod
    def _create_address(cls, name="Virtanen Oy", number=1, user=None, **vals):
        """Return a contact event of a typed customer with an address of its own."""
        return cls._create_contact(
            user,
            **{
                "customer_name": name,
                "street": f"Mannerheimintie {number}",
                "zip": f"{number:05}",
                "city": "HELSINKI",
                **vals,
            },
        )

    def _open_wizard(self, contacts, user=None, **vals):
        """Return the wizard that ``user`` opened for ``contacts``."""
        user = user or self.anna
        contacts = self._seen_by(user, contacts)
        action = contacts.action_print_labels()
        wizard = contacts.env["kontakti.label.print"].browse(action["res_id"])
        wizard.write({"format_id": self.sheet.id, **vals})
        return wizard

    def _print(self, wizard):
        """Return the pages of the PDF that the wizard makes."""
        wizard.action_print()
        return self._read(wizard._get_pdf())

    def _read(self, content):
        return PdfReader(io.BytesIO(content)).pages

    def _names(self, wizard):
        """Return the first line of each label, in order."""
        return [label.address[0] for label in wizard._make_plan().labels]

    def _reasons(self, wizard):
        """Return ``{reason: names}`` of who gets no label."""
        return {
            group["reason"]: [item["name"] for item in group["items"]]
            for group in wizard.skipped
        }

    def _texts(self, page):
        """Return ``[(text, left, top, size)]`` of a page, in mm; size in points."""
        height = float(page.mediabox.height)
        found = []

        def keep(text, matrix, text_matrix, _font, size):
            if text.strip():
                left = (text_matrix[4] + matrix[4]) / POINTS_IN_MM
                top = (height - text_matrix[5] - matrix[5]) / POINTS_IN_MM
                found.append((text.strip(), left, top, size))

        page.extract_text(visitor_text=keep)
        return found
