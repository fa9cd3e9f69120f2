from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_privacy import SECRET, PrivacyCommon

OUR_MODULES = "odoo.addons.kontakti_contact."
# What a client may call on the models of Kontakti, with the arguments to try. On the
# ids of a hidden contact event each must refuse, or be a method of no record (None)
# that tells nothing. A new public method belongs here before it goes anywhere.
METHODS = {
    "kontakti.contact": {
        "action_create_customer": [],
        "action_create_documents": ["calendar"],
        "action_done": [],
        "action_end_repeat": [],
        "action_follow_up": [],
        "action_hand_over_cell": None,
        "action_log_and_plan": [{"discussion": "<p>Mine</p>"}],
        "action_log_new": None,
        "action_no_answer": [],
        "action_open_calendar_event": [],
        "action_open_customer": [],
        "action_open_log_and_plan": [],
        "action_open_follow_ups": [],
        "action_open_previous": [],
        "action_postpone": [1],
        "action_print_labels": [],
        "action_put_on_mailing_list": [],
        "action_reopen": [],
        "action_restore_next_dates": None,
        "action_take_off_mailing_list": [],
        "action_undo_follow_up": None,
        "action_undo_log_and_plan": None,
        "action_undo_no_answer": None,
        "copy_data": [],
        "create": None,
        "export_data": None,  # on a hidden one's id: below, with Odoo's own
        "get_analysis": None,
        "get_applications": [],
        "get_customer_history": None,  # the customer may be seen; the history is searched
        "get_history": [],
        "formatted_read_group": None,
        "formatted_read_grouping_sets": None,
        "get_import_templates": None,
        "share_live_numbers": None,
        "get_log_defaults": None,
        "get_own_task_list": None,
        "get_task_list": None,
        "get_task_list_customers": None,
        "get_task_list_ids": None,
        "load": None,
        "message_post": [],
        "mail_allowed_qweb_expressions": None,
        "open_application": ["message"],
        "save_document": ["calendar", {"name": "Meeting"}, {"name": {}}],
        "read_progress_bar": None,
        "unlink": [],
        "web_read": [{"name": {}}],
        "web_save_multi": [[{"name": "Mine"}], {"name": {}}],
        "write": [{"name": "Mine"}],
    },
    "kontakti.bulk": {"action_confirm": []},
    "kontakti.customer.create": {"action_create_anyway": [], "action_use": []},
    "kontakti.hand.over": {"action_hand_over": None},
    "kontakti.label.format": {"action_print_test_sheet": None},
    "kontakti.label.print": {
        "action_export_csv": [],
        "action_export_xlsx": [],
        "action_open_mailing_list": None,
        "action_print": [],
        "action_print_test_sheet": [],
        "print_part": [0],
        "web_read": [{"source": {}, "skipped": {}}],
    },
    "calendar.event": {"create": None, "write": None},
    "mail.activity": {"create": None, "write": None},
    "mail.message": {"create": None, "read": None, "write": None},
    "res.company": {"write": None},
    "res.groups": {"unlink": None, "write": None},
    "res.partner": {
        "action_log_kontakti_contact": None,
        "action_open_kontakti_contacts": None,
        "action_plan_kontakti_contacts": None,
        "action_print_kontakti_labels": None,
        "action_put_on_kontakti_mailing_list": None,
        "action_take_off_kontakti_mailing_list": None,
    },
    "res.users": {"write": None},
}
# what Odoo gives every model and every mail.thread: method, arguments
ODOO_METHODS = [
    ("read", [["name"]]),
    ("web_read", [{"name": {}, "message_ids": {"fields": {"body": {}}}}]),
    ("web_save", [{"name": "Mine"}, {"name": {}}]),
    ("export_data", [["name", "customer_name", "id"]]),
    ("copy", []),
    ("copy_data", []),
    ("get_metadata", []),
    ("get_external_id", []),
    ("message_post", []),
    ("message_subscribe", [[]]),
    ("message_unsubscribe", [[]]),
    ("message_get_followers", []),
    ("message_get_suggested_recipients", []),
    ("activity_schedule", ["mail.mail_activity_data_todo"]),
    ("activity_reschedule", [["mail.mail_activity_data_todo"]]),
    ("activity_feedback", [["mail.mail_activity_data_todo"]]),
    ("activity_unlink", [["mail.mail_activity_data_todo"]]),
    ("get_formview_action", []),
    ("web_resequence", [{"name": {}}]),
    ("onchange", [{"phone": "1"}, ["phone"], {"name": {}, "phone": {}}]),
    ("action_archive", []),
    ("name_create", ["x"]),
]


@tagged("post_install", "-at_install")
class TestAccessMethods(PrivacyCommon):
    """Every method a client may call, on a hidden contact event's id (S8)."""

    def _own_public_methods(self, model):
        """Names of the public methods that our addons give ``model``."""
        return {
            name
            for cls in type(self.env[model]).mro()
            if cls.__module__.startswith(OUR_MODULES)
            and ".tests." not in cls.__module__
            for name, value in vars(cls).items()
            if callable(value)
            and not name.startswith("_")
            and not getattr(value, "_api_private", False)
        }

    def test_the_table_covers_every_public_method_of_ours(self):
        """Fails when a method is added: try it on a hidden contact event first."""
        for model in self.env:
            if self.env[model]._abstract:
                continue
            with self.subTest(model=model):
                covered = set(METHODS.get(model, ()))
                self.assertEqual(self._own_public_methods(model), covered)

    def _call(self, user, record, method, args):
        """Call as the web client does, with nothing of others in the cache."""
        model = self._seen_by(user, record.browse())
        result = call_kw(model, method, [record.ids, *args], {})
        self.env.flush_all()
        return result

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models.unlink")
    @mute_logger("odoo.addons.base.models.ir_model")
    def test_every_method_refuses_a_hidden_contact_event(self):
        records = {
            "kontakti.contact": self.contact,
            "kontakti.bulk": self.bulk,
            "kontakti.customer.create": self.wizard,
            "kontakti.label.print": self.labels,
        }
        for model, record in records.items():
            for method, args in METHODS[model].items():
                if args is None:
                    continue
                for user in self.outsiders:
                    with self.subTest(method=method, user=user.login):
                        with self.assertRaises(AccessError) as refusal:
                            self._call(user, record, method, args)
                        self.assertNotIn(SECRET, str(refusal.exception))

    def test_the_owner_may_call_them_all(self):
        """Otherwise the test above would pass with any broken method."""
        for method, args in METHODS["kontakti.contact"].items():
            if args is None or method in ("unlink", "action_create_customer"):
                continue
            with self.subTest(method=method):
                self._call(self.anna, self.contact, method, args)
        with self.assertRaises(UserError) as refusal:
            self._call(self.anna, self.contact, "action_create_customer", [])
        self.assertNotIsInstance(refusal.exception, AccessError)
        self._call(self.anna, self.contact, "unlink", [])
        self.assertFalse(self.contact.exists())

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models", "odoo.sql_db")
    @mute_logger("odoo.addons.base.models.ir_model")
    def test_odoo_s_own_methods_tell_and_change_nothing(self):
        before = self._state_of_contact()
        model = type(self.contact)
        for method, args in ODOO_METHODS:
            if not hasattr(model, method):
                continue
            for user in self.outsiders:
                with self.subTest(method=method, user=user.login):
                    if getattr(getattr(model, method), "_api_model", False):
                        continue
                    shown = None
                    try:
                        with self.env.cr.savepoint():
                            shown = self._call(user, self.contact, method, args)
                    except Exception as refusal:  # noqa: BLE001
                        self.assertNotIn(SECRET, str(refusal))
                    self.assertNotIn(SECRET, str(shown))
                    self.assertNotIn("create_date", str(shown))
                    self.assertEqual(self._state_of_contact(), before)

    def _state_of_contact(self):
        self.env.flush_all()
        self.env.invalidate_all()
        contact = self.contact.sudo()
        return (
            contact.read(["name", "state", "next_date", "write_date", "partner_id"]),
            contact.message_ids.ids,
            contact.message_partner_ids.ids,
            contact.activity_ids.ids,
            self.env["kontakti.contact"].sudo().search_count([]),
        )

    def test_a_crooked_undo_changes_nothing(self):
        """The ids of action_restore_next_dates come from the client."""
        for user in self.outsiders:
            with self.assertRaises(AccessError):
                self._contacts(user).action_restore_next_dates(
                    {str(self.contact.id): "2026-01-01"}
                )

    def test_the_chain_of_a_visible_contact_does_not_lead_to_a_hidden_one(self):
        follow_up = self._seen_by(self.bertta, self.shared_follow_up)
        self.assertFalse(follow_up.previous_id)
        self.assertNotIn("res_id", follow_up.action_open_previous())

    def test_a_partner_s_buttons_open_only_what_may_be_seen(self):
        """S8: the action is a domain; the rules decide what it finds."""
        action = self.partner.with_user(self.bertta).action_open_kontakti_contacts()
        found = self._contacts(self.bertta).search(action["domain"])
        self.assertFalse(found)
        self.assertTrue(self._contacts(self.anna).search(action["domain"]))
