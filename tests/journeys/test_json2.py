"""S6-S14: the task list over JSON-2 with an API key, as outside clients call it."""

import pytest

GROUPS = "all late today week later undated unassigned".split()
MAKE_KEYS = """
import json
from datetime import timedelta
from odoo import fields
keys = {}
for login in ("aino", "ulla"):
    user = env["res.users"].search([("login", "=", login)])
    expiry = fields.Datetime.now() + timedelta(hours=1)
    keys[login] = env["res.users.apikeys"].with_user(user)._generate("rpc", login, expiry)
aino = env["res.users"].search([("login", "=", "aino")])
contacts = env["kontakti.contact"].with_user(aino)
today = aino._get_kontakti_today()
contacts.create([
    {"name": "A", "customer_name": "Järvi Oy", "next_date": today},
    {"name": "B", "customer_name": " JÄRVI oy", "next_date": today - timedelta(days=1)},
    {"name": "C", "customer_name": "Mäki", "personal": True},
    {"name": "D", "mailing_list": True, "state": "done"},
])
print("JSON:" + json.dumps(keys))
"""


@pytest.fixture(scope="module")
def keys(served):
    return served.run(MAKE_KEYS)


def test_the_task_list_has_the_shape_of_the_contract(site, keys):
    status, answer = site.json2(keys["aino"], "get_task_list")
    assert status == 200
    assert set(answer) == {"today", "sections"}
    sections = answer["sections"]
    groups = {s["key"]: [g["key"] for g in s["groups"]] for s in sections}
    assert list(groups) == ["personal", "mine", "organisation", "mailing_list"]
    assert groups["personal"] == groups["organisation"] == GROUPS
    assert groups["mine"] == GROUPS[:-1]
    assert groups["mailing_list"] == ["all"]
    for group in (group for section in sections for group in section["groups"]):
        assert {"key", "name", "customers", "contacts", "domain"} <= set(group)
        assert isinstance(group["customers"], int) and isinstance(
            group["contacts"], int
        )


def test_every_number_equals_a_count_with_its_domain(site, keys):
    _status, answer = site.json2(keys["aino"], "get_task_list")
    for section in answer["sections"]:
        for group in section["groups"]:
            found = site.json2(keys["aino"], "search_count", domain=group["domain"])
            assert found == (200, group["contacts"]), (section["key"], group["key"])


def test_customers_are_counted_without_regard_to_case_and_space(site, keys):
    _status, answer = site.json2(keys["aino"], "get_task_list")
    [organisation] = [
        section["groups"][0]
        for section in answer["sections"]
        if section["key"] == "organisation"
    ]
    assert (organisation["customers"], organisation["contacts"]) == (1, 2)


def test_a_user_without_kontakti_is_refused(site, keys):
    status, answer = site.json2(keys["ulla"], "get_task_list")
    assert status == 403
    assert "sections" not in answer


def test_a_caller_without_a_key_is_refused(site):
    status, _answer = site.json2(None, "get_task_list")
    assert status == 401


def test_a_contact_event_is_logged_and_done_from_outside(site, keys):
    status, ids = site.json2(
        keys["aino"], "create", vals_list=[{"name": "Ulkoa", "phone": "040"}]
    )
    assert status == 200
    assert site.json2(keys["aino"], "action_done", ids=ids) == (200, True)
    _status, rows = site.json2(keys["aino"], "read", ids=ids, fields=["state"])
    assert rows[0]["state"] == "done"
