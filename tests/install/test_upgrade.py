"""What people had in a version landed before is theirs, and as private, after -u."""

import json
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import history
import pytest
from test_install import NAMES, checked

from kontakti_setup import paths

RULES = paths.CHECKOUT / "kontakti_contact/security/kontakti_contact_rules.xml"

INSTALL = """
env["ir.module.module"].update_list()
names = {names!r}
env["ir.module.module"].search([("name", "in", names)]).button_immediate_install()
env.transaction.reset()
"""
# "Secret" is in all that is personal, and in nothing else.
FILL = """
from datetime import timedelta
from odoo import fields
from odoo.tests import new_test_user

def user(login, group):
    group = f"kontakti_contact.group_kontakti_{group},base.group_partner_manager"
    return new_test_user(env, login=login, groups=group, email=f"{login}@example.com")

ada, eve, boss = user("ada", "user"), user("eve", "user"), user("boss", "manager")
applications = env["kontakti.application"].with_user(boss)
applications.search([("code", "=", "quotation")]).write({"name": "Offers", "sequence": 3})
applications.search([("code", "=", "message")]).write(
    {"company_ids": [(6, 0, env.company.ids)], "icon": "fa-star"})
applications.search([("code", "=", "calendar")]).active = False

company = env["res.partner"].create({
    "name": "Kivi Oy", "is_company": True, "phone": "+358 40 123 4567",
    "email": "kivi@example.com", "street": "Kivitie 1", "zip": "40100", "city": "Laukaa"})
today = fields.Date.today()
tomorrow, yesterday = today + timedelta(1), today - timedelta(1)
text = "<p>%s</p>"
contacts = env["kontakti.contact"].with_user(ada)
registered, done, typed, secret, secret_registered = contacts.create([
    {"name": "Offer", "partner_id": company.id, "next_date": tomorrow, "duration": 0.5,
     "discussion": text % "Wants an offer", "responsible_id": eve.id,
     "mailing_list": True, "calendar_request": "booking"},
    {"name": "First call", "partner_id": company.id, "next_date": yesterday,
     "actions": text % "Send a list"},
    {"name": "Typed", "customer_name": "Matti Meri", "phone": "0401234567",
     "email": "matti@example.com", "street": "Meritie 2", "city": "Turku"},
    {"name": "Secret plan", "personal": True, "customer_name": "Secret Saari",
     "phone": "040 7654321", "discussion": text % "Secret talk", "next_date": today,
     "calendar_request": "entry"},
    {"name": "Secret visit", "personal": True, "partner_id": company.id,
     "actions": text % "Secret list", "next_date": yesterday,
     "calendar_request": "booking"},
])
done.action_done()
typed.action_follow_up()
registered.message_post(body="Shared word", subtype_xmlid="mail.mt_comment")
secret.message_post(body="Secret word", subtype_xmlid="mail.mt_comment")
secret.activity_schedule("mail.mail_activity_data_todo", summary="Secret task")
env["ir.attachment"].with_user(ada).create({
    "name": "Secret.txt", "raw": b"Secret", "res_model": secret._name, "res_id": secret.id})
links = env["kontakti.link"].with_user(ada)
links.link(registered, company)
links.link(secret_registered, company)
"""
LOOK = """
import json
FIELDS = ["name", "state", "personal", "mailing_list", "customer_name", "phone", "email",
    "street", "city", "next_date", "duration", "discussion", "actions", "partner_id",
    "contacted_by_id", "responsible_id", "previous_id", "message_ids"]
EVENT = ["name", "start", "stop", "show_as", "customer_id", "customer_name", "notes"]
company = env["res.partner"].search([("name", "=", "Kivi Oy")])

def look(login):
    env.invalidate_all()
    me = env["res.users"].search([("login", "=", login)])
    mine = env(user=me.id)
    contacts = mine["kontakti.contact"].search([], order="id")
    rows = contacts.read(FIELDS)
    hung = [("res_model", "=", "kontakti.contact")]
    sections = contacts.get_task_list()["sections"]
    return {
        "contacts": rows,
        "messages": contacts.message_ids.sorted("id").mapped("body"),
        "all messages": mine["mail.message"].search(
            [("model", "=", "kontakti.contact")], order="id").mapped("body"),
        "files": mine["ir.attachment"].search(hung).mapped("name"),
        "activities": mine["mail.activity"].search(hung).mapped("summary"),
        "links": {contact.name: [row["name"] for row in
            mine["kontakti.link"].get_links(contact._name, contact.id)]
            for contact in contacts},
        "back": [row["name"] for row in
            mine["kontakti.link"].get_links("res.partner", company.id)],
        "events": mine["calendar.event"].search([], order="id").read(EVENT),
        "found": mine["calendar.event"].search_count(
            [("customer_name", "ilike", "Secret")]),
        "found by customer": mine["calendar.event"].search_count(
            [("customer_id", "=", company.id)]),
        "numbers": {f"{section['key']}.{group['key']}": [
            group["customers"], group["contacts"]]
            for section in sections for group in section["groups"]},
    }

applications = env["kontakti.application"].with_context(active_test=False).search([])
rules = env["ir.rule"].search([("model_id.model", "=", "kontakti.contact")])
print("SEEN" + json.dumps({
    "rules": {name.split(".")[1]: rules.browse(id).domain_force
        for id, name in rules.get_external_id().items()},
    "applications": {one.code: [one.name, one.sequence, one.active, one.icon,
        one.company_ids.ids] for one in applications},
    **{login: look(login) for login in ("ada", "eve", "boss")}}, default=str))
"""
RELEASED = history.released() if not history.missing() else {}

MISSING = history.missing() or "allowed: no version was landed before this one"
pytestmark = pytest.mark.skipif(not RELEASED, reason=MISSING)
each_version = pytest.mark.parametrize("label", RELEASED)


def seen(printed):
    line = next(line for line in printed.splitlines() if "SEEN" in line)
    return json.loads(line.split("SEEN", 1)[1])


def upgrade(kontakti, commit, folder):
    """Install what was landed, fill it and upgrade it: what is seen before and after."""
    old = history.unpack(commit, folder)
    database = kontakti.clone_base("upgrade")
    begin = INSTALL.format(names=history.ADDONS) + FILL + LOOK
    before = seen(kontakti.shell(database, begin, addons_path=old))
    checked(kontakti, "-u", NAMES, db=database)
    after = seen(kontakti.shell(database, LOOK))
    kontakti.drop(database)
    return before, after


@pytest.fixture(scope="module")
def upgraded(request, kontakti, tmp_path_factory):
    """The upgrades asked for, by label: two at once, each an Odoo of its own."""
    asked = [item for item in request.session.items if "upgraded" in item.fixturenames]
    pool = ThreadPoolExecutor(2)
    yield {
        label: pool.submit(upgrade, kontakti, commit, tmp_path_factory.mktemp("old"))
        for label, commit in RELEASED.items()
        if any(item.callspec.params["label"] == label for item in asked)
    }
    pool.shutdown(cancel_futures=True)


@each_version
def test_what_people_had_is_theirs_after_the_upgrade(label, upgraded):
    before, after = upgraded[label].result()
    for login in ("ada", "eve", "boss"):
        assert after[login]["contacts"] == before[login]["contacts"]
        for kind in ("messages", "files", "activities", "links", "back"):
            assert after[login][kind] == before[login][kind], (login, kind)
        numbers = after[login]["numbers"]
        assert before[login]["numbers"].items() <= numbers.items(), login
    assert after["ada"]["events"] == before["ada"]["events"]
    assert after["ada"]["events"][2]["customer_name"] == "Kivi Oy"


@each_version
def test_a_managers_applications_are_as_edited_after_the_upgrade(label, upgraded):
    before, after = upgraded[label].result()
    assert before["applications"].items() <= after["applications"].items()
    offers, message = (after["applications"][key] for key in ("quotation", "message"))
    assert offers[:3] == ["Offers", 3, True]
    assert (message[3], len(message[4])) == ("fa-star", 1)
    assert not after["applications"]["calendar"][2]


@each_version
def test_what_was_personal_is_private_after_the_upgrade(label, upgraded):
    _before, after = upgraded[label].result()
    assert json.dumps(after["ada"]).count("Secret") > 10
    assert (after["ada"]["found"], after["ada"]["found by customer"]) == (1, 2)
    for login in ("eve", "boss"):
        assert len(after[login]["contacts"]) == 4
        assert "Secret" not in json.dumps(after[login])
        assert (after[login]["found"], after[login]["found by customer"]) == (0, 1)


@each_version
def test_the_record_rules_are_those_shipped_after_the_upgrade(label, upgraded):
    _before, after = upgraded[label].result()
    shipped = {
        record.get("id"): record.findtext("field[@name='domain_force']")
        for record in ElementTree.parse(RULES).iter("record")
    }
    found = {name: shipped.get(name) for name in after["rules"]}
    assert after["rules"] == found
    assert "kontakti_contact_rule_company_create" in found
