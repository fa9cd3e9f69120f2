import io
import json
import zipfile
from datetime import datetime, timedelta

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_privacy import SECRET, PrivacyCommon

CONTACT = "kontakti.contact"


@tagged("post_install", "-at_install")
class TestAccessHttp(PrivacyCommon, HttpCase):
    """Nothing of a hidden contact event through Odoo's web routes (S8)."""

    freeze_time = None  # sessions live by the real clock

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.thread = {"thread_model": CONTACT, "thread_id": cls.contact.id}
        shared = cls._create_contact(cls.bertta)
        cls.shared_thread = {"thread_model": CONTACT, "thread_id": shared.id}
        cls.messages = cls.contact.sudo().message_ids
        cls.attachments = (
            cls.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", CONTACT), ("res_id", "=", cls.contact.id)])
        )

    def _log_in(self, user):
        login = user.login
        self.authenticate(login, login + "x" * (8 - len(login)))

    def _call(self, route, params):
        answer = self.make_jsonrpc_request(route, params)
        return json.dumps(answer, ensure_ascii=False)

    def _try_call(self, route, params):
        try:
            return self._call(route, params)
        except Exception as refusal:  # noqa: BLE001  its text is looked at instead
            return str(refusal)

    def _call_kw(self, method, *args, model=CONTACT, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return f"/web/dataset/call_kw/{model}/{method}", params

    def _json_calls(self):
        """Yield (route, params, whether the owner must see the secret)."""
        ids = self.contact.ids
        name = {"name": {}, "display_name": {}}
        yield *self._call_kw("read", ids, ["name"]), True
        yield *self._call_kw("web_read", ids, specification=name), True
        yield *self._call_kw("search_read", [], ["name"]), True
        yield *self._call_kw("web_search_read", domain=[], specification=name), True
        yield *self._call_kw("name_search", SECRET), True
        yield *self._call_kw("export_data", ids, ["name"]), True
        yield *self._call_kw("get_task_list_customers", "personal", "all"), True
        yield (
            *self._call_kw("formatted_read_group", [], ["name"], ["__count"]),
            True,
        )
        yield (
            *self._call_kw("web_read_group", [], ["name"], ["__count"]),
            True,
        )
        yield (
            *self._call_kw(
                "onchange",
                [],
                {"previous_id": ids[0]},
                [],
                {"previous_id": {"fields": name}},
                model=CONTACT,
            ),
            True,
        )
        yield *self._call_kw("message_get_followers", ids), False
        yield (
            *self._call_kw(
                "get_activity_data", CONTACT, [], model="mail.activity", limit=9
            ),
            False,
        )
        request = ["chatter", "followers", "attachments", "activities"]
        fetch = ["mail.thread", {**self.thread, "request_list": request}]
        yield "/mail/data", {"fetch_params": [fetch]}, True
        yield "/mail/data", {"fetch_params": ["systray_get_activities"]}, False
        yield "/mail/thread/messages", self.thread, True
        yield "/mail/inbox/messages", {}, False
        yield "/mail/history/messages", {}, False
        yield "/mail/starred/messages", {}, False
        for message in self.messages:
            params = {"model_name": CONTACT, "message_id": message.id}
            content = {"message_id": message.id, "update_data": {"body": "x"}}
            answered = {"message_id": message.id, **self.shared_thread}
            yield "/mail/thread/recipients", answered, False
            yield "/mail/link_preview", params, False
            yield "/mail/message/update_content", content, False

    def _pages(self):
        """Yield addresses a browser may ask for."""
        for attachment in self.attachments:
            yield f"/web/content/{attachment.id}"
            yield f"/web/content/{attachment.id}?download=true"
            yield f"/web/image/{attachment.id}"
            yield f"/web/content/ir.attachment/{attachment.id}/raw"
        yield f"/mail/view?model={CONTACT}&res_id={self.contact.id}"
        yield f"/odoo/{CONTACT}/{self.contact.id}"
        for message in self.messages:
            yield f"/mail/message/{message.id}"

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.sql_db")
    @mute_logger("odoo.addons.base.models.ir_model")
    def test_the_web_client_s_calls_answer_without_it(self):
        for user in self.colleagues + self.employee + self.portal:
            self._log_in(user)
            for route, params, _owner_sees in self._json_calls():
                with self.subTest(user=user.login, route=route):
                    self.assertNotIn(SECRET, self._try_call(route, params))
        self._log_in(self.anna)
        for route, params, owner_sees in self._json_calls():
            if owner_sees:
                with self.subTest(user="anna", route=route):
                    self.assertIn(SECRET, self._call(route, params))

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    @mute_logger("odoo.addons.base.models.ir_model")
    def test_files_and_pages_are_closed(self):
        shown = {}
        for user in (self.bertta, self.manager, self.employee, self.portal, self.anna):
            self._log_in(user)
            for address in self._pages():
                page = self.url_open(address)
                shown.setdefault(user, []).append(SECRET in page.text + str(page.url))
        self.logout()
        anonymous = [SECRET in self.url_open(address).text for address in self._pages()]
        self.assertTrue(any(shown.pop(self.anna)), "the owner reads the own file")
        for user, pages in shown.items():
            self.assertFalse(any(pages), user.login)
        self.assertFalse(any(anonymous))

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_no_zip_of_its_files(self):
        for user, expected in ((self.bertta, False), (self.anna, True)):
            self._log_in(user)
            data = {
                "file_ids": ",".join(map(str, self.attachments.ids)),
                "zip_name": "all.zip",
                "csrf_token": Request.csrf_token(self),
            }
            content = self.url_open("/mail/attachment/zip", data=data).content
            names = []
            if zipfile.is_zipfile(io.BytesIO(content)):
                names = zipfile.ZipFile(io.BytesIO(content)).namelist()
            self.assertEqual(SECRET in str(names), expected, user.login)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.sql_db")
    @mute_logger("odoo.addons.base.models.ir_model")
    def test_json_2_answers_without_it(self):
        ids = self.contact.ids
        for user in self.colleagues + self.employee + self.anna:
            key = self._create_api_key(user)
            for model, method, body in [
                (CONTACT, "read", {"ids": ids, "fields": ["name"]}),
                (CONTACT, "search_read", {"domain": [], "fields": ["name"]}),
                (CONTACT, "name_search", {"name": SECRET}),
                (CONTACT, "export_data", {"ids": ids, "fields_to_export": ["name"]}),
                (CONTACT, "copy", {"ids": ids}),
                ("mail.message", "search_read", {"fields": ["body"]}),
                ("ir.attachment", "search_read", {"fields": ["name", "raw"]}),
                ("mail.activity", "search_read", {"fields": ["summary"]}),
            ]:
                with self.subTest(user=user.login, model=model, method=method):
                    answer = self.url_open(
                        f"/json/2/{model}/{method}",
                        data=json.dumps(body),
                        headers={
                            "Authorization": f"bearer {key}",
                            "X-Odoo-Database": self.env.cr.dbname,
                            "Content-Type": "application/json",
                        },
                    )
                    if user != self.anna:
                        self.assertNotIn(SECRET, answer.text)
                    elif method != "copy":
                        self.assertIn(SECRET, answer.text)

    def _create_api_key(self, user):
        keys = self.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "test", datetime.now() + timedelta(hours=1))
