import json
import re

from psycopg2 import Error as DatabaseError

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_links import CONTACT, LINK, LinksCommon

OUR_MODULES = "odoo.addons.kontakti_contact_links."
# Public methods that our addon gives a model, and that a client may call. Those of
# kontakti.link are tried below, on a hidden link; a new one belongs there first.
PUBLIC = {
    LINK: {
        "create",
        "get_links",
        "get_links_count",
        "get_links_menu",
        "link_between",
        "unlink_between",
    },
    "ir.module.module": {"module_uninstall"},
    "kontakti.application": {"create", "write", "unlink"},
    "kontakti.link.model": {"create", "write", "unlink"},
}
# of every mail.thread: what it adds is told of in test_link_life
THREADS = {"message_change_thread"}
FIELDS = ["source_model", "source_id", "target_model", "target_id"]
READ_ALL = {field: {} for field in [*FIELDS, "display_name", "create_date"]}
DEEP = {**READ_ALL, "source_id": {"fields": {"display_name": {}}}}
PROGRESS = {"field": "source_model", "colors": {CONTACT: "success"}}
GROUPS = ["target_model", "create_uid"]


@tagged("post_install", "-at_install")
class TestLinkMethods(LinksCommon):
    """Every way to read a link, as a user without rights to one end (S8, S18).

    With a hidden link in the database each must answer what it answers without it,
    and something else to who may see it: otherwise the way was not tried.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env[LINK].search([]).unlink()  # all that are found are ours
        cls.personal = cls._create_contact(name="Secret", personal=True)
        cls.foreign = cls._create_contact(cls.stranger, name="Secret")
        cls.order = cls._create_order(note="Secret")
        cls._link(cls.contact, cls.customer)
        # the hidden end, who may see it, and who may not
        cls.hidden = [
            (cls.personal, cls.anna, cls.bertta + cls.admin),
            (cls.foreign, cls.both, cls.manager),
            (cls.order, cls.seller, cls.bertta + cls.clerk),
        ]

    def searches(self, record):
        """Ways that take no id of a link: name, method, arguments."""
        here, there = self._end(self.contact), self._end(record)
        domains = {
            "all": [],
            "of the visible end": [
                ("source_model", "=", here[0]),
                ("source_id", "=", here[1]),
            ],
            "by guessing the hidden end": [
                ("target_model", "=", there[0]),
                ("target_id", "in", [there[1], 10**8]),
            ],
            "by negation": ["!", ("target_model", "=", "res.partner")],
            "by name": [("display_name", "ilike", LINK)],
            "by who made it": [("create_uid", "!=", False)],
            "any id": [("id", ">", 0)],
        }
        for what, domain in domains.items():
            for method, *args in (
                ("search", domain),
                ("search_count", domain),
                ("search_count", domain, 2),
                ("search_read", domain, FIELDS),
                ("web_search_read", domain, DEEP),
                ("web_search_read", domain, READ_ALL, 0, 1, None, 2),
                ("formatted_read_group", domain, GROUPS, ["__count", "id:array_agg"]),
                ("formatted_read_group", domain, [], ["__count", "id:max"]),
                (
                    "formatted_read_grouping_sets",
                    domain,
                    [["target_model"], []],
                    ["__count"],
                ),
                ("web_read_group", domain, ["target_model"], ["__count"]),
                ("read_progress_bar", domain, "target_model", PROGRESS),
            ):
                yield f"{method} {what}", method, args
        yield "get_links", "get_links", [*here]
        yield "get_links_count", "get_links_count", [*here]
        yield "get_links_menu", "get_links_menu", [*here]
        yield "get_links from there", "get_links", [*there]
        yield "get_links_count from there", "get_links_count", [*there]
        yield "menu from there", "get_links_menu", [*there]

    def by_id(self, link, record):
        """Ways that take the id of a link, or its ends, to read, copy or change it."""
        here, there = self._end(self.contact), self._end(record)
        values = dict(zip(FIELDS, [*here, *there], strict=True))
        for method, *args in (
            ("read", FIELDS),
            ("read", []),
            ("web_read", DEEP),
            ("export_data", ["id", ".id", *FIELDS]),
            ("get_metadata",),
            ("copy",),
            ("copy_data",),
            ("write", {"target_id": 1}),
            ("web_save", {"target_id": 1}, READ_ALL),
            ("unlink",),
            ("web_resequence", READ_ALL),
            ("onchange", {}, [], READ_ALL),
        ):
            yield f"{method} {args}", method, [link.ids, *args]
        yield "create", "create", [values]
        yield "web_save", "web_save", [[], values, READ_ALL]
        yield "load", "load", [FIELDS, [[str(v) for v in values.values()]]]
        yield "link_between", "link_between", [*here, *there]
        yield "unlink_between", "unlink_between", [*there, *here]

    def ask(self, user, method, args):
        """Return what the client is told, and leave everything as it was."""

        class UndoError(Exception):
            pass

        chosen = (user.company_ids & (self.company + self.other_company)).ids
        said = None
        try:
            with self.cr.savepoint():
                links = self._links(user)
                context = {"context": {"allowed_company_ids": chosen}}
                said = call_kw(links, method, list(args), context)
                self.env.flush_all()
                raise UndoError
        except UndoError:
            return json.dumps(said, default=str, sort_keys=True)
        except (AccessError, MissingError, UserError, DatabaseError) as refusal:
            return f"{type(refusal).__name__}: {refusal}"

    def without_id(self, text, link):
        """Return what was told with a word for the link's id, the user's left alone."""
        return re.sub(rf"(?<!\(id=)\b{link.id}\b", "LINK", text)

    @mute_logger("odoo.sql_db", "odoo.models.unlink", "odoo.addons.base.models.ir_rule")
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.orm.models")
    def test_no_search_tells_of_a_hidden_link(self):
        for record, insider, outsiders in self.hidden:
            link = self._link(self.contact, record)
            with_link = self.ask_all(insider + outsiders, record)
            link.sudo().unlink()
            without = self.ask_all(insider + outsiders, record)
            for (user, way), shown in with_link.items():
                with self.subTest(way=way, user=user.login, hidden=record._name):
                    if user == insider:
                        self.assertNotEqual(shown, without[user, way])
                    else:
                        self.assertEqual(shown, without[user, way])
                        self.assertNotIn("Secret", shown)

    def ask_all(self, users, record):
        return {
            (user, way): self.ask(user, method, args)
            for way, method, args in self.searches(record)
            for user in users
        }

    @mute_logger("odoo.sql_db", "odoo.models.unlink", "odoo.addons.base.models.ir_rule")
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.orm.models", "odoo.models")
    def test_no_method_tells_of_a_hidden_link_by_its_id_or_ends(self):
        """A hidden link answers as one whose other end does not exist."""
        missing = self.env["res.partner"].create({"name": "Soon gone"})
        broken = self._link(self.contact, missing)
        self.env.cr.execute("DELETE FROM res_partner WHERE id = %s", [missing.id])
        for record, _insider, outsiders in self.hidden:
            link = self._link(self.contact, record)
            without = self._prepared_pairs(link, record, broken, missing)
            for user in outsiders:
                for way, method, args, other_args in without:
                    with self.subTest(way=way, user=user.login, hidden=record._name):
                        shown = self.ask(user, method, args)
                        other = self.ask(user, method, other_args)
                        self.assertEqual(
                            self.without_id(shown, link), self.without_id(other, broken)
                        )
                        self.assertNotIn("Secret", shown)
                        self.assertNotIn('"create_date":', shown)
            self.assertTrue(link.exists())

    def _prepared_pairs(self, link, record, broken, missing):
        hidden = self.by_id(link, record)
        gone = self.by_id(broken, missing)
        return [
            (way, method, args, other_args)
            for (way, method, args), (_way, _method, other_args) in zip(
                hidden, gone, strict=True
            )
        ]

    @mute_logger("odoo.sql_db", "odoo.models.unlink", "odoo.addons.base.models.ir_rule")
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.orm.models", "odoo.models")
    def test_who_may_see_a_link_is_told_something_else(self):
        """Otherwise the test above would pass with any broken method."""
        alike = set()
        for record, insider, _outsiders in self.hidden:
            link = self._link(self.contact, record)
            for way, method, args in self.by_id(link, record):
                told = self.ask(insider, method, args)
                if told == self.ask(self.bertta, method, args):
                    alike.add(way.split()[0])
        # nobody writes links, and a new record's form tells of no other
        self.assertLessEqual(alike, {"write", "web_save", "onchange", "web_resequence"})

    def test_the_table_covers_every_public_method_of_ours(self):
        """Fails when a method is added: try it on a hidden link first."""
        thread = type(self.env["mail.thread"])
        for name in self.env:
            model = self.env[name]
            if model._abstract:
                continue
            expected = PUBLIC.get(name, set())
            if issubclass(type(model), thread):
                expected = expected | THREADS
            with self.subTest(model=name):
                self.assertEqual(self._own_public_methods(model), expected)

    def test_arguments_that_are_none_are_refused_in_words(self):
        """Never by an error of the database or of Python."""
        here = self._end(self.contact)
        models = (True, 5, 1.5, None, float("nan"), ["res.partner"], {}, b"res.partner")
        ids = (
            True,
            1.5,
            float("nan"),
            float("inf"),
            "7",
            "x",
            {},
            [[7]],
            [True],
            ["7"],
        )
        pages = (-1, True, 2**31, 10**30, 1.5, float("nan"), "5", [], {})
        calls = [
            *(("get_links", *here, page) for page in pages),
            *(("get_links", *here, None, page) for page in pages),
        ]
        for method in ("get_links", "get_links_count", "get_links_menu"):
            calls += [(method, model, self.contact.id) for model in models]
            calls += [(method, CONTACT, wrong) for wrong in (*ids, [7])]
        for method in ("link_between", "unlink_between"):
            calls += [(method, model, 7, *here) for model in models]
            calls += [(method, *here, model, 7) for model in models]
            calls += [(method, CONTACT, wrong, *here) for wrong in ids]
            calls += [(method, *here, CONTACT, wrong) for wrong in ids]
        for method, *args in calls:
            with (
                self.subTest(method=method, args=args),
                self.assertRaises(UserError) as caught,
                self.cr.savepoint(),
            ):
                self._call(self.anna, method, *args)
            self.assertRegex(str(caught.exception), "must be|whole number")

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_ids_and_models_of_nothing_are_answered_as_a_missing_record(self):
        here = self._end(self.contact)
        for end in (
            *((CONTACT, res_id) for res_id in (False, 0, -1, 2**31, 10**30)),
            ("no.such.model", 1),
            ("no\x00model", 1),
            ("mail.thread", 1),
        ):
            with self.subTest(end=end):
                self.assertEqual(self._call(self.anna, "get_links", *end), [])
                self.assertEqual(self._call(self.anna, "get_links_count", *end), 0)
                menu = self._call(self.anna, "get_links_menu", *end)
                self.assertEqual((menu["count"], menu["models"]), (0, []))
                for pair in ((*here, *end), (*end, *here)):
                    self.assertIs(self._call(self.anna, "unlink_between", *pair), False)
                with self.assertRaises(AccessError), self.cr.savepoint():
                    self._call(self.anna, "link_between", *end, *here)

    def test_a_new_link_with_values_that_name_no_record_is_refused_in_words(self):
        good = dict(
            zip(FIELDS, [*self._end(self.contact), "res.partner", 1], strict=True)
        )
        for user in (self.anna, self.env.ref("base.user_root")):
            for vals in (
                *(
                    {**good, name: value}
                    for name in FIELDS
                    for value in ([], {}, None, 1.5)
                ),
                {},
                "x",
                [],
            ):
                links = self._links(user).sudo(user != self.anna)
                with self.subTest(vals=vals), self.assertRaises(ValidationError):
                    links.create([vals])

    def test_every_public_method_is_tried_on_a_hidden_link(self):
        link = self._link(self.contact, self.personal)
        tried = {method for _way, method, _args in self.searches(self.personal)}
        tried |= {method for _way, method, _args in self.by_id(link, self.personal)}
        self.assertLessEqual(PUBLIC[LINK], tried)

    def _own_public_methods(self, model):
        return {
            name
            for cls in type(model).mro()
            if cls.__module__.startswith(OUR_MODULES)
            and ".tests." not in cls.__module__
            for name, value in vars(cls).items()
            if callable(value)
            and not name.startswith("_")
            and not getattr(value, "_api_private", False)
        }
