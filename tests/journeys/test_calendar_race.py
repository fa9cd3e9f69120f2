"""S22: two saves racing on the same contact event create one calendar event."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

ROUNDS = 5
RACERS = 3
PREPARE = """
import json
from datetime import timedelta
from odoo import fields
aino = env["res.users"].search([("login", "=", "aino")])
expiry = fields.Datetime.now() + timedelta(hours=1)
key = env["res.users.apikeys"].with_user(aino)._generate("rpc", "race", expiry)
contacts = env["kontakti.contact"].with_user(aino).create(
    [{{"name": f"Race {{n}}", "customer_name": "Kisa Oy"}} for n in range({count})])
print("JSON:" + json.dumps([key, contacts.ids]))
"""
COUNT_EVENTS = """
import json
events = env["calendar.event"]
print("JSON:" + json.dumps([
    [len(events.search([("kontakti_contact_id", "=", contact_id)])),
     len(env["kontakti.contact"].browse(contact_id).message_ids.filtered(
         lambda m: "calendar.event" in (m.body or ""))),
     env["kontakti.contact"].browse(contact_id).calendar_request or ""]
    for contact_id in {ids!r}]))
"""


@pytest.fixture(scope="module")
def prepared(served):
    return served.run(PREPARE.format(count=2 * ROUNDS + 2))


def post(site, key, method, barrier=None, **arguments):
    """Call kontakti.contact over JSON-2 at the moment the others do; return status."""
    if barrier:
        barrier.wait(30)
    return site.json2(key, method, **arguments)[0]


def race(site, key, method, argument_lists):
    barrier = threading.Barrier(len(argument_lists))
    with ThreadPoolExecutor(len(argument_lists)) as pool:
        calls = [
            pool.submit(post, site, key, method, barrier, **arguments)
            for arguments in argument_lists
        ]
        return [call.result() for call in calls]


def test_racing_saves_of_one_contact_event_create_one_event(site, prepared):
    key, ids = prepared
    raced = ids[:ROUNDS]
    for contact_id in raced:
        vals = {"calendar_request": "entry"}
        saves = [{"ids": [contact_id], "vals": vals}] * RACERS
        assert race(site, key, "write", saves) == [200] * RACERS
    assert site.run(COUNT_EVENTS.format(ids=raced)) == [[1, 1, ""]] * ROUNDS


def test_racing_web_saves_of_one_form_create_one_event(site, prepared):
    """A form open twice, saved at once, each with a change of its own."""
    key, ids = prepared
    raced = ids[ROUNDS : 2 * ROUNDS]
    for contact_id in raced:
        saves = [
            {
                "ids": [contact_id],
                "vals": {"calendar_request": "booking", "phone": str(number)},
                "specification": {"calendar_request": {}},
            }
            for number in range(RACERS)
        ]
        assert race(site, key, "web_save", saves) == [200] * RACERS
    assert site.run(COUNT_EVENTS.format(ids=raced)) == [[1, 1, ""]] * ROUNDS


def test_different_requests_of_one_contact_event_are_both_fulfilled(site, prepared):
    """An entry and a booking asked for one after the other are two requests."""
    key, ids = prepared
    for kind in ("entry", "booking"):
        vals = {"calendar_request": kind}
        assert post(site, key, "write", ids=ids[-1:], vals=vals) == 200
    assert site.run(COUNT_EVENTS.format(ids=ids[-1:])) == [[2, 2, ""]]


def test_a_request_made_again_on_purpose_is_fulfilled_again(site, prepared):
    """Within ten seconds, as somebody does who needs two bookings."""
    key, ids = prepared
    again = ids[-2:-1]
    for _time in range(2):
        vals = {"calendar_request": "booking"}
        assert post(site, key, "write", ids=again, vals=vals) == 200
        time.sleep(3)
    assert site.run(COUNT_EVENTS.format(ids=again)) == [[2, 2, ""]]
