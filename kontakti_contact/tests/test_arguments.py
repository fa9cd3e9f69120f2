import json
import math
from xmlrpc.client import dumps

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY, KontaktiCommon

CONTACT = "kontakti.contact"
NOT_WHOLE = (math.nan, math.inf, 1.5, 10**9, 10**30, "1", "", None, True, [], {})
NO_IDS = ("x", "", "-1", "0", "1.5", "9" * 5000, None, True, 1.5, math.nan, 10**30, "²")


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestArguments(KontaktiCommon):
    """Arguments that are wrong are answered by a sentence."""

    def test_days_that_are_no_days_postpone_nothing(self):
        contact = self._create_contact(next_date=TODAY)
        for days in (*NOT_WHOLE, 0, -1):
            with self.subTest(days=days), self.assertRaises(UserError):
                contact.action_postpone(days)
        self.assertEqual(contact.next_date, TODAY)

    def test_after_the_last_day_of_the_calendar_none_is_postponed(self):
        last = self._create_contact(next_date="9999-12-31")
        other = self._create_contact(next_date=TODAY)
        with self.assertRaisesRegex(UserError, "calendar ends"):
            with self.env.cr.savepoint():
                (other + last).action_postpone(1)
        self.assertEqual(other.next_date, TODAY)
        self.assertEqual(last.next_date, fields.Date.to_date("9999-12-31"))

    def test_what_postpone_returns_every_protocol_can_carry(self):
        contact = self._create_contact(next_date=TODAY)
        before = contact.action_postpone(1)
        self.assertEqual(before, {str(contact.id): "2026-11-23"})
        self.assertEqual(json.loads(json.dumps(before)), before)
        self.assertIn(f"<name>{contact.id}</name>", dumps((before,)))
        self._contacts(self.anna).action_restore_next_dates(before)
        self.assertEqual(contact.next_date, TODAY)

    def test_dates_to_restore_that_are_none_restore_nothing(self):
        contact = self._create_contact(next_date=TODAY)
        key = str(contact.id)
        contacts = self._contacts(self.anna)
        wrong = [5, "x", None, [], [[contact.id, "2026-01-01"]]]
        wrong += [{key: "2026-01-01", no_id: False} for no_id in NO_IDS]
        wrong += [
            {key: day} for day in (5, True, math.nan, "x", "2026-02-30", [1], {1: 2})
        ]
        for dates in wrong:
            with self.subTest(dates=ascii(dates)[:60]), self.assertRaises(UserError):
                contacts.action_restore_next_dates(dates)
        self.assertEqual(contact.next_date, TODAY)

    def test_a_cell_that_is_no_text_is_a_clear_error(self):
        for name in (5, True, 1.5, "a\x00b", "organisation.all.\x00", "\ud800"):
            with self.subTest(name=ascii(name)), self.assertRaises(UserError):
                self._contacts(self.anna).search([("task_list_cell", "=", name)])

    def test_customers_of_a_cell_begin_at_a_whole_number(self):
        contacts = self._contacts(self.anna)
        for offset in (*NOT_WHOLE[:3], 10**30, "x", None, -1):
            with self.subTest(offset=offset), self.assertRaises(UserError):
                contacts.get_task_list_customers("organisation", "all", offset=offset)
        for cell in ((5, None), ([], {}), ("organisation", math.nan)):
            with self.assertRaises(UserError):
                contacts.get_task_list_customers(*cell)

    def test_a_document_of_no_kind_is_a_clear_error(self):
        contact = self._create_contact(partner_id=self._create_partner().id)
        for code in (5, None, [], {}, ["calendar"], math.nan, "\x00"):
            with self.subTest(code=code), self.assertRaises(UserError):
                contact.action_create_documents(code)

    def test_a_method_of_one_record_says_so(self):
        two = self._create_contact() + self._create_contact()
        for contacts in (two, two.browse()):
            with self.assertRaisesRegex(UserError, "exactly one"):
                contacts.open_application("message")
            with self.assertRaisesRegex(UserError, "exactly one"):
                contacts.action_create_customer()
        with self.assertRaisesRegex(UserError, "exactly one"):
            self.env["res.partner"].action_log_kontakti_contact()
        with self.assertRaisesRegex(UserError, "exactly one"):
            self.env["kontakti.label.format"].action_print_test_sheet()
        with self.assertRaisesRegex(UserError, "exactly one"):
            self.env["kontakti.label.print"].print_part(0)
        with self.assertRaisesRegex(UserError, "exactly one"):
            self.env["kontakti.customer.create"].action_use()

    def test_labels_keep_lists_of_ids_and_nothing_else(self):
        wizard = self.env["kontakti.label.print"].with_user(self.anna).create({})
        for fname in ("printed_ids", "companies"):
            for value in (
                "x",
                5,
                {"a": math.nan},
                ["x"],
                [math.nan],
                [[1]],
                [True],
                [0],
            ):
                with self.subTest(fname=fname, value=value):
                    with self.assertRaises(ValidationError):
                        wizard.write({fname: value})
                    with self.assertRaises(ValidationError):
                        wizard.create({fname: value})
        wizard.companies = self.other_company.ids
        with self.assertRaises(AccessError):
            wizard._get_addresses("csv")

    def test_a_part_of_the_labels_that_there_is_not_is_a_clear_error(self):
        wizard = self.env["kontakti.label.print"].with_user(self.anna).create({})
        wizard.printed_ids = self._create_contact().ids
        for number in (*NOT_WHOLE, 1, -1):
            with self.subTest(number=number), self.assertRaises(UserError):
                wizard.print_part(number)
        self.assertEqual(wizard.print_part(0)["done"], 1)

    def test_labels_for_what_can_be_no_record_are_a_clear_error(self):
        """The superuser, whom no rule stops before the database does."""
        for model, method in (
            (CONTACT, "action_print_labels"),
            ("res.partner", "action_print_kontakti_labels"),
        ):
            records = self.env[model].browse([2**31])
            with self.assertRaises(UserError):
                getattr(records, method)()

    def test_an_import_of_what_is_no_table_is_odoo_s_to_refuse(self):
        """Ours looks names up in what is a table, and leaves the rest alone."""
        contacts = self._contacts(self.anna)
        for columns, data in (
            (["name", "partner_id"], 5),
            (["name", "partner_id"], [5, ["A"]]),
            (["name", "partner_id"], [["A", {"a": 1}], ["B", "\x00"]]),
            (None, [["A"]]),
        ):
            self.assertEqual(contacts._find_named_customers(columns, data), {})

    def test_a_client_s_context_knows_no_names_of_a_file(self):
        contacts = self._contacts(self.anna, kontakti_known_names=5)
        result = contacts.load(["name", "channel_id"], [["A", "No such channel"]])
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])

    def test_the_origin_of_a_form_that_is_none_registers_nothing(self):
        for origin in (
            {"contact_id": True, "code": "quotation"},
            {"contact_id": 10**30, "code": []},
            {"contact_id": math.nan, "code": {}},
        ):
            partners = self.env["res.partner"].with_user(self.anna)
            partners = partners.with_context(default_kontakti_origin=origin)
            [saved] = partners.web_save({"name": "Puu Oy"}, {"name": {}})
            self.assertEqual(saved["name"], "Puu Oy")


@tagged("post_install", "-at_install")
class TestArgumentsHttp(KontaktiCommon, HttpCase):
    """The same as a client's bytes: NaN in JSON, keys and numbers in XML-RPC."""

    freeze_time = None  # sessions live by the real clock

    def setUp(self):
        super().setUp()
        self.contact = self._create_contact(next_date=TODAY, duration=1)
        login = self.anna.login
        self.password = login + "x" * (8 - len(login))
        self.authenticate(login, self.password)

    def _post(self, method, args):
        """Return the answer to a call whose JSON may hold NaN and Infinity."""
        params = {"model": CONTACT, "method": method, "args": args, "kwargs": {}}
        answer = self.url_open(
            f"/web/dataset/call_kw/{CONTACT}/{method}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        self.assertNotIn("NaN", answer.text)
        self.assertNotIn("Infinity", answer.text)
        return answer.json()

    @mute_logger("odoo.http")
    def test_wrong_numbers_over_http_are_user_errors(self):
        ids, spec = self.contact.ids, {"duration": {}}
        calls = [
            ("action_postpone", [ids, value]) for value in (math.nan, 10**9, 1.5, "x")
        ]
        for value in (math.nan, math.inf, -math.inf):
            calls += [
                ("create", [{"name": "A", "duration": value}]),
                ("write", [ids, {"duration": value}]),
                ("web_save", [ids, {"duration": value}, spec]),
                ("onchange", [[], {"duration": value}, ["duration"], spec]),
                ("get_task_list_customers", ["organisation", "all", value]),
                ("action_restore_next_dates", [{str(ids[0]): value}]),
            ]
        for method, args in calls:
            with self.subTest(method=method, args=args):
                error = self._post(method, args)["error"]["data"]
                self.assertIn(
                    error["name"].rpartition(".")[2], ("UserError", "ValidationError")
                )
        self.assertEqual(
            self._post("read", [ids, ["duration"]])["result"][0]["duration"], 1
        )

    def test_postpone_and_its_undo_work_over_xmlrpc(self):
        login = [self.env.cr.dbname, self.anna.id, self.password]
        arguments = [self.contact.ids, 1]
        before = self.xmlrpc_object.execute_kw(
            *login, CONTACT, "action_postpone", arguments
        )
        self.assertEqual(before, {str(self.contact.id): "2026-11-23"})
        self.xmlrpc_object.execute_kw(
            *login, CONTACT, "action_restore_next_dates", [before]
        )
        self.contact.invalidate_recordset()
        self.assertEqual(self.contact.next_date, TODAY)
