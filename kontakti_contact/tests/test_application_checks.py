from unittest.mock import Mock, patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common_applications import ApplicationsCommon

HOOKS = ("values", "open", "finish", "hindrance")


@tagged("post_install", "-at_install")
class TestApplicationChecks(ApplicationsCommon):
    """What a manager types in Configuration is checked when it is saved."""

    def make(self, **vals):
        applications = self.env["kontakti.application"].with_user(self.manager)
        own = {"name": "Own", "code": "own", "res_model": "res.partner"}
        return applications.create({**own, "mode": "search", **vals})

    def assert_refused(self, **vals):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.make(**vals)
        application = self.make()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            application.write(vals)
        application.unlink()

    def test_a_code_cannot_run_into_a_method_of_ours(self):
        for code in (
            "document",  # _prepare_document_values, _finish_document
            "customer",
            "contact_person",
            "follow_up",
            "saved",  # _finish_saved
            "create",  # _open_create
            "search",
            "available",
        ):
            with self.subTest(code=code):
                self.assert_refused(code=code)

    def test_a_code_like_a_word_of_a_hook_is_an_ordinary_one(self):
        for code in ("hook", "application", "message_values", "values"):
            with self.subTest(code=code):
                application = self.make(
                    code=code, mode="create", partner_field="parent_id"
                )
                action = self._open(self.seller, code)
                self.assertEqual(action["res_model"], "res.partner")
                self.assertEqual(
                    action["context"]["default_parent_id"], self.customer.id
                )
                application.unlink()

    def test_no_method_but_a_hook_has_the_hooks_prefix(self):
        codes = self.env["kontakti.application"].search([]).mapped("code")
        hooks = {f"_application_{code}_{hook}" for code in codes for hook in HOOKS}
        contacts = self.env.registry["kontakti.contact"]
        named = {name for name in dir(contacts) if name.startswith("_application_")}
        self.assertEqual(named - hooks, set())
        self.assertTrue(named)

    def test_a_code_is_an_identifier(self):
        for code in ("My code", "x-y", "9x", "X", "__x", "a.b", "ä", "x\n", " "):
            with self.subTest(code=code):
                self.assert_refused(code=code)

    def test_a_free_code_and_the_shipped_ones_are_taken(self):
        self.assertTrue(self.make(code="help_desk_2"))
        for application in self.env["kontakti.application"].search([]):
            with self.subTest(code=application.code):
                application.with_user(self.manager).code = application.code
                application._check_code()

    def test_an_addon_may_have_methods_for_its_own_code(self):
        contacts = self.env.registry["kontakti.contact"]
        values = Mock(return_value={"name": "By the hook"})
        with patch.object(contacts, "_application_own_values", values, create=True):
            self.assertTrue(self.make(code="own", mode="create"))
            context = self._open(self.seller, "own")["context"]
        self.assertEqual(context["default_name"], "By the hook")

    def test_a_hook_by_its_former_name_is_called_and_told_its_new_one(self):
        contacts = self.env.registry["kontakti.contact"]
        former = Mock(return_value={"name": "By the former hook"})
        with patch.object(contacts, "_prepare_own_values", former, create=True):
            self.make(code="own", mode="create")
            with self.assertWarnsRegex(DeprecationWarning, "_application_own_values"):
                context = self._open(self.seller, "own")["context"]
        self.assertEqual(context["default_name"], "By the former hook")
        former.assert_called_once_with()

    def test_a_context_is_a_dictionary(self):
        for context in (
            "{",
            "[]",
            "5",
            "'x'",
            "{1: 2}",
            "{'a': unknown}",
            "{'a': 1 / 0}",
            "{'a': {1, 2}}",
            "__import__('os')",
        ):
            with self.subTest(context=context):
                self.assert_refused(context=context)
        for context in (False, "{}", "{'default_user_id': uid}"):
            self.make(context=context).unlink()

    def test_an_action_is_an_existing_window_action(self):
        for xmlid in (
            "base.no_such_action",
            "no_dot",
            "base.user_admin",
            "mail.action_client_messaging_menu",
            "kontakti_contact.kontakti_contact_view_form",
        ):
            with self.subTest(xmlid=xmlid):
                self.assert_refused(action_xmlid=xmlid)
                self.assert_refused(
                    fallback_res_model="res.partner", fallback_action_xmlid=xmlid
                )
        self.assertTrue(self.make(action_xmlid="base.action_partner_form"))

    def test_the_action_of_what_is_not_installed_is_not_known_yet(self):
        self.assertTrue(
            self.make(res_model="no.such.model", action_xmlid="no_such.action")
        )

    def test_a_message_works_by_any_code_and_model(self):
        for place, (model, xmlid) in enumerate(
            (
                ("mail.compose.message", False),
                ("mail.compose.message", "mail.action_email_compose_message_wizard"),
                ("res.partner", False),
                ("res.partner", "base.action_partner_form"),
            )
        ):
            with self.subTest(model=model, xmlid=xmlid):
                vals = {"res_model": model, "action_xmlid": xmlid}
                self.make(code=f"letter_{place}", mode="message", **vals)
                action = self._open(self.seller, f"letter_{place}")
                self.assertEqual(action["res_model"], "mail.compose.message")
                self.assertEqual(action["target"], "new")
                self.assertEqual([kind for _view, kind in action["views"]], ["form"])
                context = action["context"]
                self.assertEqual(context["default_partner_ids"], self.customer.ids)
