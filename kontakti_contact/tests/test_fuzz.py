from odoo.tests import freeze_time, tagged

from .common import NOW
from .common_fuzz import FuzzCommon

CONTACT = "kontakti.contact"
LABELS = "kontakti.label.print"
TIMES_OF_OURS = 13
TIMES_OF_ODOO_S = 4
LEAST_CALLS = 5_000


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestFuzz(FuzzCommon):
    """Whatever a client sends, it gets a result or a sentence, and no traceback."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_partner("Kivi Oy", email="info@kivi.example.com")
        cls.contact = cls._create_contact(
            partner_id=cls.customer.id, next_date="2026-11-20", mailing_list=True
        )
        cls.typed = cls._create_contact(
            customer_name="Mäki Oy",
            street="Katu 1",
            zip="00100",
            city="HELSINKI",
            mailing_list=True,
            previous_id=cls.contact.id,
        )
        both = (cls.contact + cls.typed).with_user(cls.anna)
        cls.labels = both.env[LABELS].browse(both.action_print_labels()["res_id"])
        cls.dialog = both.env["kontakti.customer.create"].create(
            {"contact_id": cls.typed.id}
        )
        cls.sheet = cls.env["kontakti.label.format"].search([], limit=1)
        cls.tag = cls.env["kontakti.tag"].create({"name": "Spring"})
        cls.examples = {
            CONTACT: cls.contact,
            LABELS: cls.labels,
            "kontakti.customer.create": cls.dialog,
            "kontakti.label.format": cls.sheet,
            "kontakti.tag": cls.tag,
            "kontakti.purpose": cls.env["kontakti.purpose"].search([], limit=1),
            "kontakti.channel": cls.env["kontakti.channel"].search([], limit=1),
            "kontakti.application": cls.env["kontakti.application"].search([], limit=1),
            "res.partner": cls.customer,
            "calendar.event": cls.env["calendar.event"].create(
                {"name": "Visit", "start": NOW, "stop": NOW}
            ),
        }
        cls.values = {
            CONTACT: {
                "name": "Offer",
                "customer_name": "Joki Oy",
                "duration": 1.5,
                "next_date": "2026-12-01",
                "tag_ids": [[6, 0, cls.tag.ids]],
                "partner_id": cls.customer.id,
                "calendar_request": "entry",
                "personal": True,
                "discussion": "<p>Yes</p>",
                "repeat_interval": 2,
                "repeat_unit": "months",
            },
            LABELS: {
                "first_place": 2,
                "sender": "Us",
                "printed_ids": [1],
                "companies": cls.company.ids,
                "source": "mailing_list",
            },
            "kontakti.customer.create": {"contact_id": cls.typed.id},
            "kontakti.label.format": {
                "name": "Own",
                "paper": "custom",
                "paper_width": 100.0,
                "paper_height": 100.0,
                "columns": 1,
                "rows": 1,
                "label_width": 50.0,
                "label_height": 50.0,
                "gap_x": 0.0,
            },
            "kontakti.tag": {"name": "Autumn", "color": 3},
            "kontakti.purpose": {"name": "Selling", "sequence": 1},
            "kontakti.channel": {"name": "Fax", "icon": "fa-fax", "sequence": 1},
            "kontakti.application": {
                "name": "Own",
                "code": "own",
                "res_model": "res.partner",
                "context": "{}",
                "sequence": 1,
            },
            "calendar.event": {"customer_id": cls.customer.id, "customer_name": "A"},
            "res.partner": {"name": "Puu Oy"},
        }

    def _right_calls(self):
        """Return right calls: ``{model: {method: (arguments, named arguments)}}``."""
        dates = {str(self.contact.id): "2026-11-23", str(self.typed.id): False}
        names = ["name", "partner_id", "duration"]
        planned = {
            "discussion": "<p>Yes</p>",
            "duration": 0.5,
            "date": "2026-11-23 10:00:00",
            "next_date": "2026-11-30",
        }
        logged = {"done": self.contact.id, "next": False}
        rows = [["A", "Kivi Oy", "1"], ["B", "", "2"]]
        read = {"name": {}, "customer_name": {}, "tag_ids": {"fields": {"name": {}}}}
        read_event = {"name": {}, "partner_ids": {"fields": {"name": {}}}}
        vals = self.values[CONTACT]
        return {
            CONTACT: {
                "action_create_customer": ([], {}),
                "action_create_documents": (["calendar"], {}),
                "action_done": ([], {}),
                "action_end_repeat": ([], {}),
                "action_follow_up": ([], {}),
                "action_hand_over_cell": (["organisation", "all"], {}),
                "action_log_and_plan": ([planned], {}),
                "action_log_new": ([{"name": "Call", **planned}], {}),
                "action_no_answer": ([], {"days": 1}),
                "action_open_calendar_event": ([], {}),
                "action_open_follow_ups": ([], {}),
                "action_open_log_and_plan": ([], {}),
                "action_open_previous": ([], {}),
                "action_postpone": ([], {"days": 1}),
                "action_print_labels": ([], {}),
                "action_put_on_mailing_list": ([], {}),
                "action_reopen": ([], {}),
                "action_restore_next_dates": ([dates], {}),
                "action_undo_log_and_plan": ([logged], {}),
                "action_undo_no_answer": ([dates], {}),
                "action_take_off_mailing_list": ([], {}),
                "action_undo_follow_up": ([{"made": [], "closed": []}], {}),
                "create": ([[vals]], {}),
                "get_applications": ([], {}),
                "get_import_templates": ([], {}),
                "share_live_numbers": ([0], {}),
                "get_log_defaults": (["res.partner", self.customer.id], {}),
                "get_own_task_list": ([], {}),
                "get_task_list": ([], {}),
                "get_task_list_customers": (["organisation", "all"], {"offset": 0}),
                "get_task_list_ids": (["organisation", "all"], {}),
                "load": ([names, rows], {}),
                "mail_allowed_qweb_expressions": ([], {}),
                "open_application": ([], {"code": "message", "choice": None}),
                "save_document": (
                    [],
                    {
                        "code": "calendar",
                        "values": {"name": "Visit"},
                        "specification": read_event,
                        "is_own_save": True,
                    },
                ),
                "unlink": ([], {}),
                "web_read": ([read], {}),
                "web_save_multi": ([[{"duration": 1}]], {"specification": read}),
                "write": ([vals], {}),
            },
            "kontakti.customer.create": {
                "action_create_anyway": ([], {}),
                "action_use": ([], {}),
            },
            "kontakti.label.format": {"action_print_test_sheet": ([], {})},
            LABELS: {
                "action_export_csv": ([], {}),
                "action_export_xlsx": ([], {}),
                "action_open_mailing_list": ([], {}),
                "action_print": ([], {}),
                "action_print_test_sheet": ([], {}),
                "print_part": ([], {"number": 0}),
                "web_read": ([{"skipped": {}, "page": {}}], {}),
            },
            "res.partner": {
                "action_log_kontakti_contact": ([], {}),
                "action_open_kontakti_contacts": ([], {}),
                "action_print_kontakti_labels": ([], {}),
                "action_put_on_kontakti_mailing_list": ([], {}),
                "action_take_off_kontakti_mailing_list": ([], {}),
            },
        }

    def _odoo_calls(self, vals):
        """Return right calls of what Odoo gives every model: ``{method: (…)}``."""
        domain, one = [["name", "ilike", "x"]], {"name": {}}
        spec = dict.fromkeys(vals, {})
        own = [[name, "=", value] for name, value in vals.items()]
        return {
            "create": ([[vals]], {}),
            "write": ([vals], {}),
            "web_save": ([], {"vals": vals, "specification": spec}),
            "copy": ([], {"default": vals}),
            "onchange": ([vals, [], spec], {}),
            "default_get": ([list(vals)], {}),
            "read": ([list(vals)], {}),
            "web_search_read": (
                [],
                {"domain": own, "specification": spec, "limit": 5, "order": "id"},
            ),
            "search_count": ([domain], {}),
            "web_read_group": (
                [],
                {"domain": domain, "groupby": ["write_uid"], "aggregates": ["__count"]},
            ),
            "name_search": (["x"], {"domain": domain, "limit": 5}),
            "name_create": (["x"], {}),
            "load": ([list(vals), [["A"] * len(vals)]], {}),
            "export_data": ([list(vals)], {}),
            "web_name_search": (["x", one], {}),
        }

    def test_nothing_that_a_client_sends_ends_in_a_traceback(self):
        ours = self._make_own_calls("kontakti_contact", self._right_calls())
        odoo_s = self._make_odoo_calls(
            {model: self._odoo_calls(vals) for model, vals in self.values.items()}
        )
        special = {
            CONTACT: {
                "search": ([[["task_list_cell", "=", "organisation.all"]]], {}),
                "web_search_read": (
                    [[["due", "in", ["late", False]]], {"due": {}, "duration": {}}],
                    {},
                ),
                "web_read_group": (
                    [[], ["commercial_partner_id"], ["__count", "duration:sum"]],
                    {"limit": 1, "order": "customer_name"},
                ),
                "message_subscribe": ([self.manager.partner_id.ids], {}),
                "message_post": ([], {"body": "x"}),
                "update_field_translations": (["name", {"en_US": "x"}], {}),
            },
            "kontakti.tag": {
                "update_field_translations": (["name", {"en_US": "x"}], {}),
            },
        }
        special = self._make_odoo_calls(special)
        done = self._fuzz(ours, TIMES_OF_OURS)
        done += self._fuzz([*odoo_s, *special], TIMES_OF_ODOO_S)
        self.assertGreaterEqual(done, LEAST_CALLS)
