"""S18, S36: linking, deleting and merging the same records at once leaves no orphan.

Two requests linking the same records at once make one link, and both succeed.
"""

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


# In one process: the order of the two transactions is then what a test says it is.
TWO_AT_ONCE = """
import json
from concurrent.futures import ThreadPoolExecutor, TimeoutError
from odoo import SUPERUSER_ID, api

made = env["kontakti.contact"].create({{"name": "At once"}})
gone, kept = env["res.partner"].create([{{"name": "Gone"}}, {{"name": "Kept"}}])
env["kontakti.link"].link(made, env.ref("base.main_partner"))  # the model has links
ids = (made.id, gone.id, kept.id)
env.cr.commit()

def begin():
    # a transaction of another worker, whose view of the database is now
    other = api.Environment(env.registry.cursor(), SUPERUSER_ID, {{}})
    records = (other["kontakti.contact"].browse(ids[0]),
               *other["res.partner"].browse(ids[1:]))
    other.cr.execute("SELECT 1 FROM res_partner LIMIT 1")
    return other, records

def end(other):
    other.flush_all()
    other.cr.commit()
    other.cr.close()

def link(other, contact, gone, kept):
    other["kontakti.link"].link(contact, gone)

def delete(other, contact, gone, kept):
    gone.unlink()

def merge(other, contact, gone, kept):
    other["base.partner.merge.automatic.wizard"]._merge((gone + kept).ids, kept)

def run_second():
    try:
        {second}(two, *others)
        end(two)
    except Exception as error:
        two.cr.close()
        return type(error).__name__
    return "done"

one, records = begin()
two, others = begin()
{first}(one, *records)
with ThreadPoolExecutor(1) as pool:
    waiting = pool.submit(run_second)
    try:
        waited = not waiting.result(3)
    except TimeoutError:
        waited = True
    end(one)
    told = waiting.result(30)

env.cr.rollback()
env.invalidate_all()
links = env["kontakti.link"]
env.cr.execute("SELECT count(*) FROM kontakti_link WHERE %s IN"
               " ((source_model, source_id), (target_model, target_id))",
               [("res.partner", ids[1])])
contact = env["kontakti.contact"].browse(ids[0])
print("JSON:" + json.dumps({{
    "waited": waited, "told": told, "of the gone": env.cr.fetchone()[0],
    "of the kept": links.search_count(links._get_links_domain("res.partner", [ids[2]])),
    "notes": len([body for body in contact.message_ids.mapped("body")
                  if "was deleted" in body])}}))
"""
ORPHANS = """
import json
ids = {ids!r}
env.cr.execute("SELECT count(*) FROM kontakti_link WHERE"
               " target_model = 'res.partner' AND target_id = ANY(%s)"
               " OR source_model = 'res.partner' AND source_id = ANY(%s)", [ids, ids])
print("JSON:" + json.dumps([env.cr.fetchone()[0],
                            len(env["res.partner"].browse(ids).exists())]))
"""
MORE_PARTNERS = """
import json
from datetime import timedelta
from odoo import fields
expiry = fields.Datetime.now() + timedelta(hours=1)
admin = env.ref("base.user_admin")
key = env["res.users.apikeys"].with_user(admin)._generate("rpc", "link race", expiry)
partners = env["res.partner"].create([{{"name": f"Q {{n}}"}} for n in range({count})])
print("JSON:" + json.dumps([key, partners.ids]))
"""

UNDONE = """
import json
contact = env["kontakti.contact"].create({"name": "Kept"})
partners = env["res.partner"].create([{"name": "Kept"}, {"name": "Other"}])
env["kontakti.link"].link(contact, partners)
env.cr.commit()
for undone in (
    lambda: partners.unlink(),
    lambda: env["base.partner.merge.automatic.wizard"]._merge(partners.ids, partners[0]),
):
    try:
        with env.cr.savepoint():
            undone()
            raise ZeroDivisionError
    except ZeroDivisionError:
        env.cr.commit()
links = env["kontakti.link"]
found = links.search(links._get_links_domain("kontakti.contact", contact.ids))
print("JSON:" + json.dumps([len(partners.exists()), len(found)]))
"""


def at_once(site, first, second):
    """Let `second` begin before `first` has ended; return what became of both."""
    return site.run(TWO_AT_ONCE.format(first=first, second=second))


def test_who_deletes_what_another_is_linking_waits_and_takes_the_link_along(site):
    told = at_once(site, "link", "delete")
    assert told == {
        "waited": True,
        "told": "done",
        "of the gone": 0,
        "of the kept": 0,
        "notes": 1,
    }


def test_who_links_what_another_is_deleting_waits_and_is_tried_again(site):
    """Odoo tries the request again: the record is gone then, and it says so."""
    told = at_once(site, "delete", "link")
    assert (told["waited"], told["told"]) == (True, "SerializationFailure")
    assert told["of the gone"] == 0


def test_a_link_made_during_a_merge_follows_to_the_record_that_is_kept(site):
    told = at_once(site, "link", "merge")
    assert (told["waited"], told["told"]) == (True, "done")
    assert (told["of the gone"], told["of the kept"]) == (0, 1)
    assert told["notes"] == 0


def test_who_links_what_another_is_merging_is_tried_again(site):
    told = at_once(site, "merge", "link")
    assert (told["waited"], told["told"]) == (True, "SerializationFailure")
    assert (told["of the gone"], told["of the kept"]) == (0, 0)


def test_linking_and_deleting_over_the_network_leaves_no_orphan(site, prepared):
    key, contacts, _partners = prepared
    admin_key, partners = site.run(MORE_PARTNERS.format(count=2 * ROUNDS))
    barrier = threading.Barrier(2)

    def delete(partner):
        barrier.wait(30)
        return site.json2(admin_key, "unlink", on=PARTNER, ids=[partner])[0]

    def link(partner):
        barrier.wait(30)
        pair = ends(CONTACT, contacts[0], PARTNER, partner)
        return site.json2(key, "link_between", on="kontakti.link", **pair)[0]

    with ThreadPoolExecutor(2) as pool:
        for partner in partners:
            calls = [pool.submit(call, partner) for call in (delete, link)]
            deleted, linked = [call.result() for call in calls]
            assert deleted == 200
            assert linked in {200, 403}
    assert site.run(ORPHANS.format(ids=partners)) == [0, 0]


def test_a_deletion_or_merge_that_is_undone_keeps_the_links(site):
    assert site.run(UNDONE) == [2, 2]
