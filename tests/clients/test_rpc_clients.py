"""Every public method over JSON-RPC, JSON-2 and XML-RPC, by the clients people use.

`./setup/test tests/clients -s` prints the table method × client.
"""

import json

import pytest
from rpc_calls import CALLS, CONTACT, contact
from rpc_clients import CLIENTS

MAKE_PERSON = """
import json
from datetime import timedelta
from odoo import fields
groups = '''kontakti_contact.group_kontakti_manager sales_team.group_sale_salesman
    base.group_partner_manager base.group_allow_export'''
user = env["res.users"].create({
    "name": "Liisa", "login": "liisa", "password": "liisaliisa", "lang": "fi_FI",
    "tz": "Europe/Helsinki", "email": "liisa@kontakti.example",
    "group_ids": [(6, 0, [env.ref(name).id for name in groups.split()])],
})
expiry = fields.Datetime.now() + timedelta(hours=1)
key = env["res.users.apikeys"].with_user(user)._generate("rpc", "clients", expiry)
person = {"uid": user.id, "login": "liisa", "password": "liisaliisa", "key": key}
"""
# What the addons give their own models, and what is theirs alone on Odoo's.
FIND_METHODS = """
OURS = ("odoo.addons.kontakti_contact.", "odoo.addons.kontakti_contact_links.")
is_ours = lambda cls: cls.__module__.startswith(OURS)
methods = []
for model in env.registry:
    if env[model]._abstract:
        continue
    classes = type(env[model]).mro()
    names = {model, "kontakti.link.cache.mixin"}
    own = [cls for cls in classes if is_ours(cls) and vars(cls)["_name"] in names]
    for name in {name for cls in own for name in vars(cls) if name[0] != "_"}:
        definitions = [vars(cls)[name] for cls in classes if name in vars(cls)]
        from_odoo = [c for c in classes if name in vars(c) and not is_ours(c)]
        is_odoo_s = from_odoo and not model.startswith("kontakti.")
        is_private = any(getattr(d, "_api_private", False) for d in definitions)
        if callable(definitions[0]) and not is_private and not is_odoo_s:
            methods.append([model, name])
print("JSON:" + json.dumps({"person": person, "methods": sorted(methods)}))
"""
answered = {}


@pytest.fixture(scope="module")
def served(kontakti):
    """A server, what it lets call, and who calls."""
    db = kontakti.clone("clients")
    output = kontakti.shell(db, MAKE_PERSON + FIND_METHODS)
    [line] = [line for line in output.splitlines() if line.startswith("JSON:")]
    with kontakti.serve(db) as server:
        yield {"url": server.url, "db": db, **json.loads(line[5:])}
    _print_table()


@pytest.fixture(params=list(CLIENTS))
def name(request):
    return request.param


@pytest.fixture
def client(served, name):
    return CLIENTS[name](served["url"], served["db"], served["person"])


def _print_table():
    print(f"\n| method | {' | '.join(CLIENTS)} |")
    print(f"|---|{'---|' * len(CLIENTS)}")
    for model, methods in CALLS.items():
        for method in methods:
            cells = (answered.get((model, method, name), "-") for name in CLIENTS)
            print(f"| `{model}.{method}` | {' | '.join(cells)} |")


def test_every_public_method_is_called(served):
    """A new one is written into `rpc_calls.py`; one that is gone is taken out."""
    called = sorted([model, name] for model, own in CALLS.items() for name in own)
    assert called == served["methods"]


def try_call(client, model, method, call):
    """Return what is wrong with the answer; nothing when it answers."""
    try:
        answer = call.make_on(client, model, method)
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {error}"[-600:]
    return "answers nothing" if answer is None else None


def test_every_public_method_answers(client, name):
    failed = {}
    for model, methods in CALLS.items():
        for method, call in methods.items():
            fault = try_call(client, model, method, call)
            answered[model, method, name] = "fails" if fault else "yes"
            if fault:
                failed[f"{model}.{method}"] = fault
    assert not failed, json.dumps(failed, indent=1)


def test_what_is_postponed_is_moved_once(client):
    ids = contact(client, next_date="2200-01-10")
    before = client.call(CONTACT, "action_postpone", ids, days=7)
    assert before == {str(ids[0]): "2200-01-10"}
    assert client.read(CONTACT, ids, "next_date") == "2200-01-17"
    client.call(CONTACT, "action_restore_next_dates", dates=before)
    assert client.read(CONTACT, ids, "next_date") == "2200-01-10"


def test_a_call_repeated_because_its_answer_was_lost_postpones_once(client):
    ids = contact(client, next_date="2200-01-10")
    known = {str(ids[0]): "2200-01-10"}
    for _time in range(2):
        answer = client.call(CONTACT, "action_postpone", ids, days=7, dates=known)
        assert answer == known
    assert client.read(CONTACT, ids, "next_date") == "2200-01-17"


def test_a_follow_up_asked_for_twice_is_one(client):
    ids = contact(client)
    actions = [client.call(CONTACT, "action_follow_up", ids) for _time in range(2)]
    assert actions[0]["res_id"] == actions[1]["res_id"]
