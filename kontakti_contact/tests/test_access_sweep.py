from itertools import product

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_privacy import SECRET, PrivacyCommon

NEWEST = 25
# the owner's own name for it all; else the sweep would pass by finding nothing
OWNER_FINDS = {
    "calendar.event",
    "ir.attachment",
    "kontakti.contact",
    "kontakti.customer.create",
    "mail.activity",
    "mail.message",
}
TEXTS = ("char", "text", "html")
RELATIONAL = ("many2one", "many2many", "one2many")


@tagged("post_install", "-at_install")
class TestAccessSweep(PrivacyCommon):
    """Every model, every field: nothing of a hidden contact event anywhere (S8)."""

    def _models(self, env):
        """The concrete models of ``env``, archived records included."""
        for name in sorted(env):
            if not env[name]._abstract:
                env.invalidate_all()
                yield env[name].with_context(active_test=False)

    def _try(self, env, function, *args, **kwargs):
        """Return what ``function`` says, None when it refuses or cannot."""
        try:
            with env.cr.savepoint(flush=False):
                return function(*args, **kwargs)
        except Exception:  # noqa: BLE001  any refusal will do here
            return None

    def _read_all(self, env, records):
        """Return rows of every readable field; one by one when some cannot be read."""
        fnames = list(self._try(env, records.fields_get) or ())
        rows = self._try(env, records.read, fnames)
        if rows is None:
            parts = (self._try(env, records.read, [fname]) for fname in fnames)
            rows = [row for part in parts for row in part or ()]
        return rows

    def _sweep(self, user):
        """Return ``{model: ids}`` of what ``user`` finds the secret in, by search."""
        env = self.env(user=user)
        found = {}
        for model in self._models(env):
            newest_first = {"order": "id desc", "limit": NEWEST}
            records = self._try(env, model.search, [], **newest_first)
            if not records:
                continue
            for row in self._read_all(env, records):
                if SECRET in str(row):
                    found.setdefault(model._name, set()).add(row["id"])
        return found

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db", "odoo.models")
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.http")
    def test_nobody_finds_it_by_searching_and_the_owner_does(self):
        self.assertGreaterEqual(self._sweep(self.anna).keys(), OWNER_FINDS)
        for user in self.outsiders:
            with self.subTest(user=user.login):
                self.assertEqual(self._sweep(user), {})

    def _answering(self, user):
        """Return the (model, field) that ``user`` finds the secret in, by asking."""
        env = self.env(user=user)
        found = set()
        for model in self._models(env):
            for fname, field in model._fields.items():
                if field.type in TEXTS and field._description_searchable:
                    # some models answer any word, having no name
                    for word in (SECRET, f"{SECRET} nobody wrote"):
                        if self._try(env, model.search_count, [(fname, "ilike", word)]):
                            found ^= {(model._name, fname)}
        return found

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db", "odoo.models")
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.http")
    def test_no_search_for_the_secret_answers_whoever_has_every_right(self):
        answers = {name for name, _fname in self._answering(self.anna)}
        self.assertGreaterEqual(answers, {"kontakti.contact", "mail.message"})
        self.assertEqual(self._answering(self.every_right), set())

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db", "odoo.models")
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.http")
    def test_nobody_reads_it_by_guessing_ids(self):
        secrets = self._sweep(self.env.ref("base.user_root"))
        self.assertGreaterEqual(secrets.keys(), OWNER_FINDS)
        readers = {
            "read": lambda record, fname: record.read([fname]),
            "web_read": lambda record, fname: record.web_read({fname: {}}),
            "export_data": lambda record, fname: record.export_data([fname]),
        }
        for user in self.colleagues + self.employee:
            env = self.env(user=user)
            for name, ids in secrets.items():
                for fname in env[name]._fields:
                    env.invalidate_all()
                    for record in env[name].browse(ids):
                        for how, reader in readers.items():
                            shown = self._try(env, reader, record, fname)
                            self.assertNotIn(
                                SECRET, str(shown), (user.login, name, fname, how)
                            )

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db", "odoo.models")
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.http")
    def test_no_relation_of_any_model_tells_its_name(self):
        """Odoo reads the name of a many2one as superuser, also in an onchange."""
        secrets = self._sweep(self.env.ref("base.user_root"))
        env = self.env(user=self.bertta)
        named_for_owner = 0
        for model in self._models(env):
            for fname, field in model._fields.items():
                if field.type not in RELATIONAL:
                    continue
                for record_id in secrets.get(field.comodel_name, ()):
                    value = record_id if field.type == "many2one" else [(4, record_id)]
                    args = (
                        {fname: value},
                        [],
                        {fname: {"fields": {"display_name": {}}}},
                    )
                    env.invalidate_all()
                    shown = self._try(env, model.onchange, *args)
                    self.assertNotIn(SECRET, str(shown), (model._name, fname))
                    env.invalidate_all()
                    own = self._try(env, model.with_user(self.anna).onchange, *args)
                    named_for_owner += SECRET in str(own)
        self.assertGreater(named_for_owner, 5, "the doors were not tried")

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db", "odoo.models")
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.http")
    def test_no_dialog_opened_on_it_tells_of_it(self):
        """Composers, schedulers and other dialogs take the record by its id."""
        ids, model = self.contact.ids, self.contact._name
        active = {"active_model": model, "active_id": ids[0], "active_ids": ids}
        one = {"default_res_model": model, "default_res_id": ids[0]}
        many = {"default_model": model, "default_res_model": model}
        contexts = [
            {**active, **one},
            {**active, **many, "default_res_ids": ids},
            {**active, **many, "default_res_ids": str(ids)},
        ]
        told_owner = set()
        for user in self.colleagues + self.anna:
            env = self.env(user=user)
            dialogs = [dialog for dialog in self._models(env) if dialog._transient]
            for dialog, context in product(dialogs, contexts):
                env.invalidate_all()
                opened = dialog.with_context(**context)
                fnames = dict.fromkeys(opened._fields, {})
                shown = str(self._try(env, opened.onchange, {}, [], fnames))
                if SECRET in shown or self.partner.name in shown:
                    self.assertEqual(user, self.anna, (dialog._name, context))
                    told_owner.add(dialog._name)
        self.assertIn("mail.compose.message", told_owner)

    def test_the_name_is_hidden_even_when_read_as_superuser_for_a_colleague(self):
        for user, name in ((self.anna, f"{SECRET} subject"), (self.bertta, False)):
            hidden = self._seen_by(user, self.contact).sudo()
            self.assertEqual(hidden.display_name, name)
        self.assertEqual(
            self.contact.with_user(self.env.ref("base.user_root")).display_name,
            f"{SECRET} subject",
        )

    def test_a_stored_relation_to_it_has_no_name_either(self):
        """S8: bertta makes records of her own that point at guessed ids."""
        message = self.contact.sudo().message_ids.filtered("subject")[:1]
        self.assertIn(SECRET, message.subject)
        mine = self._create_contact(self.bertta)
        for model, vals, fname in [
            (
                "mail.message",
                {"model": mine._name, "res_id": mine.id, "parent_id": message.id},
                "parent_id",
            ),
            (
                "kontakti.contact",
                {"name": "x", "personal": True, "previous_id": self.contact.id},
                "previous_id",
            ),
        ]:
            with self.subTest(model=model):
                try:
                    record = self.env[model].with_user(self.bertta).create(vals)
                except AccessError:
                    continue
                record = self._seen_by(self.bertta, record)
                self.assertNotIn(SECRET, str(record.read([fname])))
