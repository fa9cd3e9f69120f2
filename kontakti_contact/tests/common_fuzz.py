"""Calls of public methods with wrong arguments, thousands of them, always the same."""

import copy
import inspect
import json
import logging
import math
import os
import re
import traceback
from collections import Counter
from random import Random

import psycopg2

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessDenied, UserError
from odoo.service.model import call_kw
from odoo.tools import json_default, mute_logger

from odoo.addons.rpc.controllers.xmlrpc import OdooMarshaller

from ..tools.checked import is_id
from .common import KontaktiCommon

# KONTAKTI_FUZZ_SEED tries other calls, KONTAKTI_FUZZ_TIMES so many times more of them
SEED = int(os.environ.get("KONTAKTI_FUZZ_SEED", "20261126"))
TIMES = int(os.environ.get("KONTAKTI_FUZZ_TIMES", "1"))
_logger = logging.getLogger(__name__)
OUR_MODULES = re.compile(r"odoo\.addons\.kontakti_contact")
OURS = re.compile(r"/kontakti_contact\w*/(?!tests/)")
EXECUTES = re.compile(r"/odoo/(sql_db|orm/environments)\.py$")
PROPER = (UserError, AccessDenied, psycopg2.IntegrityError)  # Odoo words the last
LOGGERS = (
    "odoo.addons",
    "odoo.models",
    "odoo.orm",
    "odoo.sql_db",
    "odoo.tools",
    "odoo.domains",
    "odoo.service",
    "py.warnings",
)
NUMBERS = [
    math.nan,
    math.inf,
    -math.inf,
    0,
    -1,
    1.5,
    7,
    2**31,
    2**63,
    10**30,
    1e300,
    True,
]
TEXTS = [
    "",
    "x",
    "7",
    "nan",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30 25:00:00",
    "a\x00b",
    "\ud800",
    "\x1b\x7f\x85",
    "%s{}'\"<b>",
    "organisation.late.x",
    "personal.all.a\x00b",
    "#1",
    "__class__",
    "kontakti.contact",
    "🙂" * 300,
    "x" * 100_000,
]
SHAPES = [
    None,
    False,
    [],
    {},
    [[]],
    [None],
    ["x"],
    [math.nan],
    {"a": 1},
    {"id": math.nan},
    {1: {2: [3]}},
    [[6, 0, ["x"]]],
    [[0, 0, {"name": "\x00"}]],
    [["name", "=", "a\x00b"]],
    ["&", "|"],
]
IDS = [
    None,
    False,
    True,
    0,
    -1,
    5.5,
    "1",
    "x",
    [],
    [0],
    ["x"],
    [None],
    [2**31],
    [10**30],
    [math.nan],
    [[1, 2]],
    {"a": 1},
]
# What these hand on to Odoo's create is Odoo's to check, as it is in a call of create.
HAND_ON = {("kontakti.contact", "save_document")}
CONTEXT = {
    "lang": ["fi_FI", "xx", 5, None, "\x00"],
    "tz": ["Nowhere/Never", 5, None, "\x00"],
    "active_test": [False, "x", math.nan],
    "allowed_company_ids": [[], "x", 5, [10**9], [None]],
    "_import_limit": ["x", -1, math.nan, None],
    "name_create_enabled_fields": ["x", 5, {"partner_id": True}],
    "kontakti_known_names": [5, {}, "x"],
    "kontakti_put_off": [5, [], "x"],
    "default_kontakti_origin": [
        5,
        {"contact_id": True, "code": "invoice"},
        {"contact_id": 10**30, "code": 5},
        {"contact_id": "x", "code": "\x00"},
        {"code": []},
    ],
    "import_file": [True],
}


class Mutator:
    """Makes wrong arguments of right ones; the same ones for the same seed."""

    def __init__(self, seed=SEED):
        self.random = Random(seed)

    def value(self):
        """Return a value that is right for little."""
        kind = self.random.choice((NUMBERS, NUMBERS, TEXTS, TEXTS, SHAPES))
        return copy.deepcopy(self.random.choice(kind))

    def mutated(self, value):
        """Return ``value`` with one part of it replaced, dropped or added."""
        is_container = isinstance(value, list | dict) and value
        if not is_container or self.random.random() < 0.25:
            return self.value()
        changed = copy.deepcopy(value)
        keys = list(changed) if isinstance(changed, dict) else range(len(changed))
        key = self.random.choice(list(keys))
        what = self.random.random()
        if what < 0.1:
            del changed[key]
        elif what < 0.15 and isinstance(changed, dict):
            changed[self.value_of_key()] = changed.pop(key)
        else:
            changed[key] = self.mutated(changed[key])
        return changed

    def value_of_key(self):
        return self.random.choice([0, "x", "a\x00b", "\ud800", None, "10" * 3000])

    def call(self, ids, args, kwargs, names=()):
        """Return ``(ids, args, kwargs)`` of which one or two parts are wrong.

        :param ids: of the records, ``None`` for a method of no record
        :param names: fields whose defaults a context may give
        """
        args, kwargs = copy.deepcopy(args), copy.deepcopy(kwargs)
        for _time in range(self.random.choice((1, 1, 2))):
            what = self.random.random()
            if what < 0.12 and ids is not None:
                ids = copy.deepcopy(self.random.choice(IDS))
            elif what < 0.25:
                kwargs = {**kwargs, "context": self._context(names)}
            elif what < 0.3:
                args = [*args, self.value()]
            elif kwargs.keys() - {"context"} and (not args or what < 0.6):
                key = self.random.choice(sorted(kwargs.keys() - {"context"}))
                kwargs[key] = self.mutated(kwargs[key])
            elif args:
                args = self.mutated(args)
                args = args if isinstance(args, list) else [args]
        return ids, args, kwargs

    def _context(self, names):
        key = self.random.choice([*CONTEXT, "default"])
        if key != "default" or not names:
            return {key: self.random.choice(CONTEXT.get(key, [None]))}
        return {f"default_{self.random.choice(names)}": self.value()}


class FuzzCommon(KontaktiCommon):
    """Calls methods as the web client does, and says what is wrong with the answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._create_user("admin", "base.group_system")
        cls.superuser = cls.env["res.users"].browse(SUPERUSER_ID)
        cls.users = [cls.anna, cls.manager, cls.employee, cls.admin, cls.superuser]
        cls.mutator = Mutator()

    def _find_own_methods(self, addon):
        """Return the public methods that ``addon`` defines, ``{(model, name): alone}``.

        ``alone``: whether no other addon's class has a method of that name.
        """
        prefix = f"odoo.addons.{addon}."
        found = {}
        for model in self.examples:
            classes = type(self.env[model]).mro()
            own = [cls for cls in classes if cls.__module__.startswith(prefix)]
            for name in {name for cls in own for name in vars(cls)}:
                definitions = [vars(cls)[name] for cls in classes if name in vars(cls)]
                is_public = callable(definitions[0]) and not name.startswith("_")
                if is_public and not any(map(_is_private, definitions)):
                    found[model, name] = not any(
                        name in vars(cls) and not OUR_MODULES.match(cls.__module__)
                        for cls in classes
                    )
        return found

    def _make_own_calls(self, addon, right):
        """Return calls of every public method of ``addon``.

        :param right: ``{model: {method: (arguments, named arguments)}}``; a method that
            is not there is called with arguments that are guessed
        """
        calls = []
        for (model, name), alone in sorted(self._find_own_methods(addon).items()):
            method = getattr(type(self.env[model]), name)
            args, kwargs = right.get(model, {}).get(name) or self._guess(method)
            alone = alone and (model, name) not in HAND_ON
            calls.append(
                (model, name, self._ids_for(model, method), args, kwargs, alone)
            )
        return calls

    def _make_odoo_calls(self, right):
        """Return calls of methods of Odoo's: as ``right`` has them."""
        return [
            (
                model,
                name,
                self._ids_for(model, getattr(type(self.env[model]), name)),
                *arguments,
                False,
            )
            for model, methods in right.items()
            for name, arguments in methods.items()
        ]

    def _ids_for(self, model, method):
        is_of_model = getattr(method, "_api_model", False)
        return None if is_of_model else self.examples[model].ids

    def _guess(self, method):
        """Return arguments for a method that no example is written for."""
        parameters = list(inspect.signature(method).parameters.values())[1:]
        named = [
            one.name for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD
        ]
        return [], {name: self.mutator.value() for name in named}

    def _fuzz(self, calls, times):
        """Call each of ``calls`` ``times`` as each user; return how many calls it was.

        :param calls: ``[(model, method, ids or None, args, kwargs, is ours)]``
        """
        done, faults = 0, Counter()
        examples = {}
        with mute_logger(*LOGGERS):
            for model, method, ids, args, kwargs, is_ours in calls:
                names = sorted(self.env[model]._fields)
                for user in self.users * times * TIMES:
                    call = self.mutator.call(ids, args, kwargs, names)
                    fault = self._try(user, model, method, call, is_ours)
                    done += 1
                    if fault:
                        key = (model, method, fault)
                        faults[key] += 1
                        examples.setdefault(key, (user.login, call))
        _logger.info("%s calls, seed %s", done, SEED)
        self.assertFalse(faults, self._describe(faults, examples))
        return done

    def _describe(self, faults, examples):
        lines = [f"KONTAKTI_FUZZ_SEED={SEED}:"]
        for key, count in faults.most_common():
            shown = ascii(examples[key])
            lines.append(f"{count} x {key}: {shown[:300]}")
        return "\n".join(lines)

    def _try(self, user, model, method, call, is_ours):
        """Call, undo it; return what is wrong with the answer, or nothing."""
        ids, args, kwargs = call
        before = [] if ids is None else [ids]
        savepoint = self.env.cr.savepoint()
        try:
            records = self.env[model].with_user(user)
            result = call_kw(records, method, [*before, *args], kwargs)
            self.env.flush_all()
            self.env.cr.precommit.run()
            return self._find_fault_of_result(result) if is_ours else None
        except PROPER:
            return None
        except Exception as error:  # noqa: BLE001
            is_sane = _are_sane(ids) and "context" not in kwargs
            return self._find_fault(error, is_ours and is_sane)
        finally:
            savepoint.close(rollback=True)
            self._forget_caches()

    def _forget_caches(self):
        """Forget what was cached of what has been undone."""
        registry = self.env.registry
        if registry.cache_invalidated:
            registry.clear_cache(*registry.cache_invalidated)
            registry.cache_invalidated.clear()

    def _find_fault_of_result(self, result):
        """Return why JSON-RPC, JSON-2 or XML-RPC cannot carry ``result``."""
        try:
            text = json.dumps(result, default=json_default, allow_nan=False)
            OdooMarshaller(allow_none=False).dumps([result])
        except Exception as error:  # noqa: BLE001
            return f"result: {error!r}"
        if json.loads(text) != json.loads(json.dumps(_with_text_keys(result))):
            return "result: keys that are not text"
        return None

    def _find_fault(self, error, is_ours):
        """Return where we let a raw error through, or nothing when Odoo did.

        :param is_ours: whether the method is ours alone and the ids and the context
            are right: then any raw error is a fault. (With ids or a context that are
            wrong Odoo itself fails, in whatever it is called for.)
        """
        frames = traceback.extract_tb(error.__traceback__)
        if isinstance(error, psycopg2.Error):
            while EXECUTES.search(frames[-1].filename):
                frames.pop()
        ours = [frame for frame in frames if OURS.search(frame.filename)]
        is_fault = ours and (is_ours or ours[-1] is frames[-1])
        if not is_fault and "kontakti" not in _said_by_database(error):
            return None
        place = f"{ours[-1].filename}:{ours[-1].lineno}" if ours else "an index of ours"
        return f"{place}: {ascii(error)[:150]}"


def _is_private(definition):
    return getattr(definition, "_api_private", False)


def _said_by_database(error):
    """Return what PostgreSQL says of an index or constraint, if it does."""
    is_limit = isinstance(error, psycopg2.errors.ProgramLimitExceeded)
    return str(error) if is_limit else ""


def _are_sane(ids):
    values = ids if isinstance(ids, list) else [ids]
    return ids is None or all(map(is_id, values))


def _with_text_keys(value):
    """Return ``value`` where a key that is not text makes a difference."""
    if isinstance(value, dict):
        return {
            key if isinstance(key, str) else f"?{key}": _with_text_keys(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_with_text_keys(inner) for inner in value]
    if value is None or isinstance(value, str | int | float):
        return value
    return json_default(value)
