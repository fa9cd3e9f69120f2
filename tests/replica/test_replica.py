"""Reads run on a real read replica, by its own statistics; writes on the primary."""

import pytest

from kontakti_setup.machine import databases
from replica import calls, proof


def test_the_replica_is_one(site):
    for server, is_replica in ((site.pair.standby, True), (site.pair.primary, False)):
        with databases.cursor(server.settings(), site.db) as cr:
            cr.execute("SELECT pg_is_in_recovery()")
            assert cr.fetchone()[0] is is_replica
    assert site.pair.replication()["state"] == "streaming"


def test_every_read_runs_on_the_replica_alone(site, client):
    """Take away one ``@api.readonly``, or write while reading, and it fails."""
    traces = [proof.trace(site, call) for call in calls.reads(client)]
    elsewhere = [found for found in traces if not proof.is_on_replica(found)]
    assert not elsewhere
    assert len(traces) > 20
    assert sum(found["replica"]["ours"] for found in traces) > 20


def test_a_write_goes_to_the_primary_and_arrives(site, client):
    call = calls.Call("log", lambda: calls.log(client, "Arrives"))
    found = proof.trace(site, call)
    assert found["primary"]["written"] and not found["falls_back"]
    site.pair.catch_up()
    with databases.cursor(site.pair.standby.settings(), site.db) as cr:
        cr.execute("SELECT name FROM kontakti_contact WHERE id = %s", [found["answer"]])
        assert cr.fetchone() == ("Arrives",)


def test_a_preview_of_labels_reads_the_addresses_on_the_replica(site, client):
    """The wizard, just written, is on the primary; the contact events are not asked there."""
    *_others, found = [proof.trace(site, call) for call in calls.writes(client)]
    assert found["answer"]["label_count"] > 5
    assert found["contact_events"]["replica"]
    assert not found["contact_events"]["primary"]


@pytest.fixture
def paused(site):
    """The replica stands still: whatever is written now, it does not know."""
    with site.pair.paused():
        yield


def organisation(client):
    sections = client.web(calls.CONTACT, "get_task_list")["sections"]
    [found] = [one for one in sections if one["key"] == "organisation"]
    return found["groups"][0]["contacts"]


def test_what_one_has_just_made_opens_however_far_the_replica_is_behind(
    paused, site, client
):
    before = organisation(client)
    contact = calls.log(client, "Too new")
    spec = {"name": {}}
    found = client.web(calls.CONTACT, "web_read", [contact], specification=spec)
    assert found == [{"id": contact, "name": "Too new"}]
    assert client.web(calls.CONTACT, "get_applications", [contact])
    menu = client.web(calls.LINK, "get_links_menu", calls.CONTACT, contact)
    assert menu["can_edit"]
    action = client.web(calls.CONTACT, "action_follow_up", [contact])
    follow_up = [action["res_id"]]
    found = client.web(calls.CONTACT, "web_read", follow_up, specification=spec)
    assert found[0]["name"] == "Too new"
    # and numbers are those of the replica, until it has caught up
    assert organisation(client) == before


def test_labels_of_one_just_made_are_previewed_and_printed(paused, client):
    address = {"street": "Uusikatu 1", "zip": "00100", "city": "HELSINKI"}
    values = {"name": "Labels", "customer_name": "Uusi Oy", **address}
    contact = client.web(
        calls.CONTACT, "web_save", [], values, specification={"name": {}}
    )[0]["id"]
    wizard = client.web(calls.CONTACT, "action_print_labels", [contact])["res_id"]
    assert calls.preview(client, wizard)["label_count"] == 1
    action = client.web("kontakti.label.print", "action_print", [wizard])
    assert client.get(action["url"]).startswith(b"%PDF")


def test_a_primary_that_waits_for_the_replica_shows_everybody_what_was_written(
    site, client, colleague
):
    """``synchronous_commit = remote_apply``: what the sizing page advises."""
    site.pair.wait_for_standby(True)
    try:
        before = organisation(colleague)
        for number in range(1, 21):
            calls.log(client)
            assert organisation(colleague) == before + number
    finally:
        site.pair.wait_for_standby(False)
