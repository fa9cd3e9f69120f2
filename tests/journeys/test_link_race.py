"""S36: two requests linking the same records at once make one link, and both succeed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

ROUNDS = 5
RACERS = 3
CONTACT, PARTNER = "kontakti.contact", "res.partner"
PREPARE = """
import json
from datetime import timedelta
from odoo import fields
aino = env["res.users"].search([("login", "=", "aino")])
expiry = fields.Datetime.now() + timedelta(hours=1)
key = env["res.users.apikeys"].with_user(aino)._generate("rpc", "link race", expiry)
contacts = env["kontakti.contact"].with_user(aino).create(
    [{{"name": f"Race {{n}}"}} for n in range({count})])
partners = env["res.partner"].create([{{"name": f"P {{n}}"}} for n in range(3)])
print("JSON:" + json.dumps([key, contacts.ids, partners.ids]))
"""
COUNT_LINKS = """
import json
links = env["kontakti.link"]
print("JSON:" + json.dumps([
    links.search_count(links._get_links_domain("kontakti.contact", [contact_id]))
    for contact_id in {ids!r}]))
"""


@pytest.fixture(scope="module")
def prepared(served):
    return served.run(PREPARE.format(count=2 * ROUNDS))


def post(site, key, barrier, **arguments):
    """Call link_between over JSON-2 at the moment the others do; return the answer."""
    barrier.wait(30)
    return site.json2(key, "link_between", on="kontakti.link", **arguments)[1]


def race(site, key, argument_lists):
    barrier = threading.Barrier(len(argument_lists))
    with ThreadPoolExecutor(len(argument_lists)) as pool:
        calls = [
            pool.submit(post, site, key, barrier, **arguments)
            for arguments in argument_lists
        ]
        return [call.result() for call in calls]


def ends(model, res_id, other_model, other_id):
    return {
        "model": model,
        "res_id": res_id,
        "other_model": other_model,
        "other_id": other_id,
    }


def test_racing_links_of_one_pair_from_both_ends_are_one_link(site, prepared):
    key, contacts, (partner, *_others) = prepared
    for contact in contacts[:ROUNDS]:
        calls = [ends(CONTACT, contact, PARTNER, partner)] * (RACERS - 1)
        calls.append(ends(PARTNER, partner, CONTACT, contact))
        assert race(site, key, calls) == [True] * RACERS
    assert site.run(COUNT_LINKS.format(ids=contacts[:ROUNDS])) == [1] * ROUNDS


def test_racing_links_with_many_lose_none(site, prepared):
    """Of three each links two: a pair that one has just made stops no other."""
    key, contacts, partners = prepared
    for contact in contacts[ROUNDS:]:
        calls = [
            ends(CONTACT, contact, PARTNER, [partners[n], partners[(n + 1) % 3]])
            for n in range(3)
        ]
        assert race(site, key, calls) == [True] * 3
    assert site.run(COUNT_LINKS.format(ids=contacts[ROUNDS:])) == [3] * ROUNDS
