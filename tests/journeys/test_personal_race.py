"""S8: what a colleague adds while the owner makes a contact event personal stays out.

Whichever of the two is first: what the colleague has added becomes the owner's or goes,
or the colleague is refused. Nothing is left beside it.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

CONTACT = "kontakti.contact"
ROUNDS = 6
REFUSED = (403, 404, 422)
PREPARE = """
import json
from datetime import timedelta
from odoo import fields
keys = []
for login in ("aino", "eino"):
    user = env["res.users"].search([("login", "=", login)])
    expiry = fields.Datetime.now() + timedelta(hours=1)
    keys.append(
        env["res.users.apikeys"].with_user(user)._generate("rpc", "race", expiry))
print("JSON:" + json.dumps([
    *keys,
    env["ir.model"]._get_id("kontakti.contact"),
    env.ref("mail.mail_activity_data_todo").id,
    user.id,
    user.partner_id.id,
]))
"""
MAKE = """
import json
aino = env["res.users"].search([("login", "=", "aino")])
contacts = env["kontakti.contact"].with_user(aino).create(
    [{{"name": f"Race {{n}}", "customer_name": "Kisa Oy"}} for n in range({count})])
print("JSON:" + json.dumps(contacts.ids))
"""
LEFT = """
import json
ids = {ids!r}
eino = env["res.users"].search([("login", "=", "eino")])
everything = dict(active_test=False)
on = lambda model, field="res_model": env[model].with_context(**everything).search(
    [(field, "=", "kontakti.contact"), ("res_id", "in", ids)])
messages = on("mail.message", "model")
activities = on("mail.activity")
events = env["calendar.event"].with_context(**everything).search(
    [("kontakti_contact_id", "in", ids)])
print("JSON:" + json.dumps({{
    "personal": len(env["kontakti.contact"].search(
        [("id", "in", ids), ("personal", "=", True)])),
    "activities": len(activities.filtered(
        lambda a: eino in (a.user_id, a.create_uid))),
    "followers": len(on("mail.followers")),
    "follow-ups": env["kontakti.contact"].search_count([("previous_id", "in", ids)]),
    "events": len(events.filtered(lambda e: e.privacy != "private")),
    "notifications": len(messages.notification_ids),
    "messages": len(messages.filtered(lambda m: not m.kontakti_owner_id)),
    "scheduled": len(on("mail.scheduled.message", "model")),
}}))
"""


@pytest.fixture(scope="module")
def racers(served):
    names = ("owner", "colleague", "model", "todo", "user", "partner")
    return dict(zip(names, served.run(PREPARE), strict=True))


def plan_activity(contact_id, racers):
    values = {"res_model_id": racers["model"], "res_id": contact_id}
    values |= {"activity_type_id": racers["todo"], "user_id": racers["user"]}
    return "mail.activity", "create", {"vals_list": [values]}


def follow(contact_id, racers):
    arguments = {"ids": [contact_id], "partner_ids": [racers["partner"]]}
    return CONTACT, "message_subscribe", arguments


def follow_up(contact_id, racers):
    values = {"name": "Next", "previous_id": contact_id}
    return CONTACT, "create", {"vals_list": [values]}


def ask_for_calendar_event(contact_id, racers):
    vals = {"calendar_request": "entry"}
    return CONTACT, "write", {"ids": [contact_id], "vals": vals}


def write_message(contact_id, racers):
    arguments = {"ids": [contact_id], "body": "Look", "message_type": "comment"}
    return CONTACT, "message_post", {**arguments, "partner_ids": [racers["partner"]]}


def schedule_message(contact_id, racers):
    values = {"model": CONTACT, "res_id": contact_id, "body": "Later"}
    values |= {"author_id": racers["partner"], "scheduled_date": "2099-01-01 08:00:00"}
    return "mail.scheduled.message", "create", {"vals_list": [values]}


ADDITIONS = (
    plan_activity,
    follow,
    follow_up,
    ask_for_calendar_event,
    write_message,
    schedule_message,
)


def make_personal(contact_id):
    return CONTACT, "write", {"ids": [contact_id], "vals": {"personal": True}}


def at_once(site, calls):
    """Make the calls (key, wait, model, method, arguments) at once: their statuses."""
    barrier = threading.Barrier(len(calls))

    def post(key, wait, model, method, arguments):
        barrier.wait(30)
        time.sleep(wait)
        return site.json2(key, method, on=model, **arguments)

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(post, *c) for c in calls]]


@pytest.mark.parametrize("add", ADDITIONS, ids=lambda add: add.__name__)
def test_nothing_slips_in_beside_a_contact_event_made_personal(site, racers, add):
    ids = site.run(MAKE.format(count=ROUNDS))
    for place, contact_id in enumerate(ids):
        waits = (0, 0.02 * (place - 1)) if place else (0.02, 0)
        owner, colleague = at_once(
            site,
            [
                (racers["owner"], waits[0], *make_personal(contact_id)),
                (racers["colleague"], max(waits[1], 0), *add(contact_id, racers)),
            ],
        )
        assert owner[0] == 200, owner
        assert colleague[0] == 200 or colleague[0] in REFUSED, colleague
    left = site.run(LEFT.format(ids=ids))
    assert left.pop("personal") == ROUNDS
    assert not any(left.values()), left
