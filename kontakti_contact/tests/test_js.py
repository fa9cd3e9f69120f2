from odoo.tests import HttpCase, tagged


def hoot_id(name):
    """Return the id that Hoot gives to the suite called ``name``.

    >>> hoot_id("@web/core")
    'e39ce9ba'
    """
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


def is_fatal(message):
    """Hoot reports a failed test as an error and goes on: wait for its summary."""
    return "[HOOT]" not in message


@tagged("post_install", "-at_install")
class TestJs(HttpCase):
    """The unit tests of the web client part, as a desktop and as a phone sees it."""

    suite = "@kontakti_contact"

    def run_suite(self, preset):
        suite = hoot_id(self.suite)
        query = f"headless&loglevel=2&preset={preset}&timeout=15000&id={suite}"
        self.browser_js(
            f"/web/tests?{query}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=is_fatal,
        )

    def test_unit_tests_pass_on_a_desktop(self):
        self.run_suite("desktop")

    def test_unit_tests_pass_on_a_phone(self):
        self.browser_size = "375x667"
        self.touch_enabled = True
        self.run_suite("mobile")
