from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException

from .common import TODAY, KontaktiCommon

CONTACT, LABELS = "kontakti.contact", "kontakti.label.print"
GONE = 2**31 - 1
# What only reads, of ours, with the arguments to try: it runs on a read replica.
READS = {
    CONTACT: {
        "action_open_follow_ups": [],
        "action_open_previous": [],
        "get_applications": [],
        "get_import_templates": None,
        "get_task_list": None,
        "get_task_list_customers": ("organisation", "all"),
        "get_task_list_ids": ("organisation", "all"),
        "web_read": [{"name": {}, "applications": {}, "due": {}}],
    },
    "kontakti.label.format": {"action_print_test_sheet": []},
    "res.partner": {
        "action_log_kontakti_contact": [],
        "action_open_kontakti_contacts": [],
    },
}
ODOO_READS = (
    "formatted_read_group formatted_read_grouping_sets get_formview_action get_views"
    " name_search read read_progress_bar search search_count search_fetch search_read"
    " web_name_search web_read_group web_search_read"
).split()


def is_routed_to_replica(model, method):
    """What Odoo's web client and JSON-2 go by (``_call_kw_readonly``)."""
    found = (getattr(cls, method, None) for cls in type(model).mro())
    return next((f._readonly for f in found if hasattr(f, "_readonly")), False)


@tagged("post_install", "-at_install")
class TestReplica(KontaktiCommon):
    """What only reads is routed to a read replica, and writes nothing there.

    On a real one: ``tests/replica``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls._create_contact(next_date=TODAY)
        cls.records = {
            CONTACT: cls.contact,
            "kontakti.label.format": cls.env["kontakti.label.format"].search(
                [], limit=1
            ),
            "res.partner": cls.env["res.partner"].create({"name": "Virtanen Oy"}),
        }

    def test_every_read_says_so(self):
        for model, methods in READS.items():
            for method in methods:
                with self.subTest(model=model, method=method):
                    self.assertTrue(is_routed_to_replica(self.env[model], method))

    def test_odoo_s_own_reads_are_routed_as_odoo_does(self):
        for method in ODOO_READS:
            with self.subTest(method=method):
                self.assertTrue(is_routed_to_replica(self.env[CONTACT], method))

    def test_what_writes_is_not(self):
        for method in ("action_done", "action_follow_up", "open_application", "write"):
            with self.subTest(method=method):
                self.assertFalse(is_routed_to_replica(self.env[CONTACT], method))

    def test_the_label_wizard_is_read_where_it_was_written(self):
        self.assertFalse(is_routed_to_replica(self.env[LABELS], "web_read"))

    def test_every_read_runs_on_a_read_only_cursor(self):
        for model, methods in READS.items():
            for method, args in methods.items():
                with self.subTest(model=model, method=method):
                    self._call_read_only(model, method, args)
        # and the cursor was indeed read-only only in between
        self._create_contact()

    def _call_read_only(self, model, method, args):
        records = self._seen_by(self.anna, self.records[model])
        if args is None or isinstance(args, tuple):
            records = records.browse()
        self.env["kontakti.pulse"]._count_noted()  # as what wrote it does
        self.env.flush_all()
        self.env.invalidate_all()
        with self.env.cr.savepoint(flush=False):
            self.env.cr.execute("SET TRANSACTION READ ONLY")
            getattr(records, method)(*(args or ()))


@tagged("post_install", "-at_install")
class TestReplicaBehind(KontaktiCommon, HttpCase):
    """What the replica does not know yet is asked from the primary."""

    freeze_time = None  # sessions live by the real clock

    def _web(self, method, *args):
        params = {"model": CONTACT, "method": method, "args": args, "kwargs": {}}
        return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    def test_a_contact_event_it_lacks_is_asked_from_the_primary(self):
        self.authenticate("kontakti_anna", "kontakti_anna")
        with self.assertLogs("odoo.http", "WARNING") as log:
            self.assertEqual(self._web("web_read", [GONE], {"name": {}}), [])
        self.assertIn("retrying with a read/write cursor", log.output[0])
        with self.assertLogs("odoo.http", "WARNING") as log:
            with self.assertRaisesRegex(JsonRpcException, "MissingError"):
                self._web("action_open_previous", [GONE])
        self.assertIn("retrying with a read/write cursor", log.output[0])

    def test_so_are_several_of_which_it_lacks_one(self):
        contact = self._create_contact(responsible_id=self.bertta.id)
        self.authenticate("kontakti_anna", "kontakti_anna")
        people = {"responsible_id": {"fields": {"display_name": {}}}}
        with self.assertLogs("odoo.http", "WARNING") as log:
            with self.assertRaisesRegex(JsonRpcException, "MissingError"):
                self._web("web_read", [contact.id, GONE], people)
        self.assertIn("retrying with a read/write cursor", log.output[0])

    def test_what_it_has_is_answered_there(self):
        contact = self._create_contact()
        self.authenticate("kontakti_anna", "kontakti_anna")
        with self.assertNoLogs("odoo.http", "WARNING"):
            found = self._web("web_read", contact.ids, {"name": {}})
        self.assertEqual(found[0]["id"], contact.id)
