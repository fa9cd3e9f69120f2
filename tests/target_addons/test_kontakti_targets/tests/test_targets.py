from odoo.tests import tagged

from odoo.addons.kontakti_contact.tests import test_applications
from odoo.addons.kontakti_contact.tests.common import KONTAKTI_USER
from odoo.addons.kontakti_contact.tests.common_applications import ApplicationsCommon


@tagged("post_install", "-at_install")
class TestTargets(ApplicationsCommon):
    """With every target addon installed no row of the transfer table is missing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {group for *_row, group in test_applications.ROWS.values() if group}
        cls.everything = cls._create_user(
            "everything", ",".join([KONTAKTI_USER, *sorted(groups)])
        )

    def _rows(self, user):
        """The rows of the table that the menu shows, without integrators' own."""
        return [code for code in self._codes(user) if code in test_applications.ORDER]

    def test_whoever_may_do_everything_sees_all_seventeen_rows(self):
        """S16, T1-T17."""
        self.assertEqual(len(test_applications.ORDER), 17)
        self.assertEqual(self._rows(self.everything), test_applications.ORDER)

    def test_all_seventeen_rows_open(self):
        """T1-T17, but the till, which needs a session (test_application_pos.py)."""
        contact = self._seen_by(self.everything, self.contact)
        for code, model, _group in test_applications.ROWS.values():
            with self.subTest(code=code):
                if code == "pos":
                    continue
                choice = "entry" if code == "calendar" else None
                action = contact.open_application(code, choice)
                self.assertEqual(action["res_model"], model)

    def test_whoever_has_kontakti_alone_sees_only_what_is_everybodys(self):
        """S16."""
        everybodys = [
            code
            for code, _model, group in test_applications.ROWS.values()
            if group is test_applications.EVERYBODY
        ]
        self.assertEqual(sorted(self._rows(self.anna)), sorted(everybodys))
        self.assertLess(len(everybodys), 17)
