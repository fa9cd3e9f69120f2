from odoo.tests import tagged

from odoo.addons.kontakti_contact.tests import test_js


@tagged("post_install", "-at_install")
class TestJs(test_js.TestJs):
    """Back and the Links menu, as a desktop and as a phone sees them."""

    suite = "@kontakti_contact_links"
