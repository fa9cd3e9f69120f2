"""Real installs, updates and uninstalls in databases of their own."""

import re
import shutil

import pytest
from checklog_odoo.checklog import do_checklog

from kontakti_setup import paths

ADDONS = paths.addons()
NAMES = ",".join(ADDONS)
OURS = re.compile(r"kontakti", re.IGNORECASE)
PROBLEM = re.compile(r" (WARNING|ERROR|CRITICAL) ")
UNINSTALL = """
names = {names!r}
modules = env["ir.module.module"].search([("name", "in", names)])
modules.button_immediate_uninstall()
"""
LEFTOVERS = """
names = {names!r}
cr = env.cr
queries = {{
    "module": ["SELECT name FROM ir_module_module WHERE name = ANY(%s)"
               " AND state != 'uninstalled'", [names]],
    "record": ["SELECT module || '.' || name FROM ir_model_data"
               " WHERE module = ANY(%s)", [names]],
    "model": ["SELECT model FROM ir_model WHERE model LIKE 'kontakti.%%'", []],
    "field": ["SELECT model || '.' || name FROM ir_model_fields"
              " WHERE name LIKE '%%kontakti%%'", []],
    "table": ["SELECT tablename FROM pg_tables WHERE tablename LIKE '%%kontakti%%'", []],
    "column": ["SELECT table_name || '.' || column_name"
               " FROM information_schema.columns"
               " WHERE column_name LIKE '%%kontakti%%'", []],
    "index": ["SELECT indexname FROM pg_indexes WHERE indexname LIKE '%%kontakti%%'"
              " AND schemaname = 'public'", []],
    "parameter": ["SELECT key FROM ir_config_parameter WHERE key LIKE '%%kontakti%%'", []],
    "attachment": ["SELECT name FROM ir_attachment"
                   " WHERE res_model LIKE 'kontakti.%%'", []],
    "message": ["SELECT id::text FROM mail_message WHERE model LIKE 'kontakti.%%'", []],
    "activity": ["SELECT id::text FROM mail_activity"
                 " WHERE res_model LIKE 'kontakti.%%'", []],
}}
for kind, (query, args) in queries.items():
    cr.execute(query, args)
    for row in cr.fetchall():
        print("LEFT", kind, row[0])
print("LOOKED")
"""
DEMO_RECORDS = """
print("DEMO", env["ir.model.data"].search_count(
    [("module", "in", {names!r}), ("name", "=like", "%demo%")]))
"""

pytestmark = pytest.mark.skipif(not ADDONS, reason="allowed: no addon yet")


def problems(log):
    """Warnings and errors about our addons, with the lines that follow them."""
    blocks = re.split(r"\n(?=\d{4}-\d\d-\d\d )", log)
    return [
        block for block in blocks if PROBLEM.search(block) and OURS.search(_said(block))
    ]


def _said(block):
    """A log entry without the name of the database, which is ours too."""
    return re.sub(r"^(\S+ \S+ \S+ \w+) \S+", r"\1", block)


def checked(kontakti, *args, db, **options):
    done = kontakti.odoo(*args, db=db, **options)
    assert done.returncode == 0, done.stdout[-5000:]
    assert not problems(done.stdout)
    return done


def test_the_log_is_read_right():
    """What these tests rely on: ours is found, Odoo's own and the database's is not."""
    ours = "2026-01-01 10:00:00,1 12 WARNING kontakti_x odoo.addons.kontakti_contact: a"
    other = "2026-01-01 10:00:00,2 12 WARNING kontakti_x odoo.addons.sale: b"
    calm = "2026-01-01 10:00:00,3 12 INFO kontakti_x odoo.addons.kontakti_contact: c"
    traced = other + "\n  File kontakti_contact/models/res_users.py"
    assert problems("\n".join([ours, other, calm])) == [ours]
    assert problems("\n".join([calm, traced])) == [traced]


def test_install_and_update_say_nothing(kontakti, tmp_path):
    """Nor does anybody else: the log is read by OCA's checklog-odoo too."""
    database = kontakti.clone_base("install")
    log = tmp_path / "odoo.log"
    for option in ("-i", "-u"):
        log.write_text(checked(kontakti, option, NAMES, db=database).stdout)
        do_checklog(log, [], echo=False)
    kontakti.drop(database)


def test_install_with_demo_data_says_nothing(kontakti):
    database = kontakti.clone_base("demo")
    kontakti.shell(database, "env['ir.module.module'].search([]).demo = True")
    checked(kontakti, "-i", NAMES, "--with-demo", db=database)
    printed = kontakti.shell(database, DEMO_RECORDS.format(names=ADDONS))
    assert int(printed.split("DEMO")[1].split()[0]) > 0
    kontakti.drop(database)


def test_update_of_what_is_installed_says_nothing(kontakti):
    database = kontakti.clone("update")
    checked(kontakti, "-u", NAMES, db=database)
    kontakti.drop(database)


def test_uninstall_leaves_nothing(kontakti):
    database = kontakti.clone_base("uninstall")
    checked(kontakti, "-i", NAMES, db=database)
    printed = kontakti.shell(database, UNINSTALL.format(names=ADDONS))
    assert not problems(printed)
    left = kontakti.shell(database, LEFTOVERS.format(names=ADDONS))
    assert "LOOKED" in left
    assert not [line for line in left.splitlines() if line.startswith("LEFT")]
    kontakti.drop(database)


COMPANION = "kontakti_contact_links"
WORKS = """
customer = env["res.partner"].create({"name": "Kivi Oy"})
contact = env["kontakti.contact"].create({"name": "Offer", "partner_id": customer.id})
action = contact.action_create_documents("quotation")
order = env["sale.order"].browse(action["res_id"])
[note] = [body for body in contact.message_ids.mapped("body") if "sale.order" in body]
linked = env["kontakti.link"].search_count([]) if "kontakti.link" in env else None
print("WORKS", order.name in note, linked)
"""
COMPANION_LEFT = """
env.cr.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'kontakti_link%%'"
               " UNION SELECT model FROM ir_model WHERE model LIKE 'kontakti.link%%'"
               " UNION SELECT name FROM ir_model_data WHERE module = %s",
               ["kontakti_contact_links"])
print("LEFT", [name for (name,) in env.cr.fetchall()])
"""
LINK_TICKETS = """
contact = env["kontakti.contact"].create({"name": "Broken axe"})
partner = env["res.partner"].create({"name": "Kivi Oy"})
tickets = env["test.kontakti.ticket"].create([{"name": "One"}, {"name": "Two"}])
env["kontakti.link"].link(contact, tickets)
env["kontakti.link"].link(partner, tickets)
env["kontakti.link"].link(contact, partner)
"""
AFTER_TICKETS = """
contact = env["kontakti.contact"].search([("name", "=", "Broken axe")])
menu = env["kontakti.link"].get_links_menu("kontakti.contact", contact.id)
traces = [body for body in contact.message_ids.mapped("body") if "deleted" in body]
print("AFTER", "test.kontakti.ticket" in env, menu["count"],
      [row["model"] for row in menu["links"]], env["kontakti.link"].search_count([]),
      len(traces), "Ticket (2)" in traces[0])
env["res.partner"].search([("name", "=", "Kivi Oy")]).unlink()
print("STILL", env["kontakti.link"].search_count([]))
"""
MERGE_LEADS = """
leads = env["crm.lead"].create([{"name": "One"}, {"name": "Two"}])
contacts = env["kontakti.contact"].create([{"name": "A"}, {"name": "B"}])
for contact, lead in zip(contacts, leads):
    env["kontakti.link"].link(contact, lead)
merged = leads.merge_opportunity()
env.flush_all()
env.invalidate_all()
rows = env["kontakti.link"].get_links("crm.lead", merged.id)
print("MERGED", len(leads.exists()), {row["id"] for row in rows} == set(contacts.ids),
      env["kontakti.link"].search_count([]),
      any("deleted" in body for body in contacts.message_ids.mapped("body")))
"""
AFTER_LEADS = """
contacts = env["kontakti.contact"].search([("name", "in", ["A", "B"])])
bodies = contacts.message_ids.mapped("body")
print("AFTER", "crm.lead" in env, env["kontakti.link"].search_count([]),
      len([body for body in bodies if "deleted" in body]))
"""


def test_kontakti_contact_works_alone_and_the_companion_may_come_later(kontakti):
    """Without it the note in the chatter names the document; with it there is a link."""
    database = kontakti.clone_base("alone")
    checked(kontakti, "-i", "kontakti_contact", db=database)
    checked(kontakti, "-u", "kontakti_contact", db=database)
    assert "WORKS True None" in kontakti.shell(database, WORKS)
    checked(kontakti, "-i", COMPANION, db=database)
    checked(kontakti, "-u", COMPANION, db=database)
    assert "WORKS False 1" in kontakti.shell(database, WORKS)
    kontakti.drop(database)


def test_without_its_companion_kontakti_contact_works_on_and_it_can_come_back(kontakti):
    database = kontakti.clone("companion")
    assert "WORKS False 1" in kontakti.shell(database, WORKS)
    printed = kontakti.shell(database, UNINSTALL.format(names=[COMPANION]))
    assert not problems(printed)
    assert "LEFT []" in kontakti.shell(database, COMPANION_LEFT)
    checked(kontakti, "-u", "kontakti_contact", db=database)
    assert "WORKS True None" in kontakti.shell(database, WORKS)
    checked(kontakti, "-i", COMPANION, db=database)
    assert "WORKS False 1" in kontakti.shell(database, WORKS)
    kontakti.drop(database)


def test_an_uninstalled_addons_links_go_and_contact_events_say_so(kontakti):
    database = kontakti.clone("linked")
    kontakti.shell(database, LINK_TICKETS)
    printed = kontakti.shell(database, UNINSTALL.format(names=["test_kontakti"]))
    assert not problems(printed)
    after = kontakti.shell(database, AFTER_TICKETS)
    assert "AFTER False 1 ['res.partner'] 1 1 True" in after
    assert "STILL 0" in after
    kontakti.drop(database)


def test_links_follow_merged_leads_and_go_with_crm(kontakti):
    """Odoo's merge of leads is no merge of partners; crm is no dependency of ours."""
    database = kontakti.clone("leads")
    checked(kontakti, "-i", "crm", db=database)
    assert "MERGED 1 True 2 False" in kontakti.shell(database, MERGE_LEADS)
    printed = kontakti.shell(database, UNINSTALL.format(names=["crm"]))
    assert not problems(printed)
    assert "AFTER False 0 2" in kontakti.shell(database, AFTER_LEADS)
    kontakti.drop(database)


def test_addons_copied_into_an_existing_odoo(kontakti, tmp_path):
    """The README's way for an Odoo that runs already: copy, set addons_path, install."""
    for name in ADDONS:
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(paths.CHECKOUT / name, tmp_path / name, ignore=ignore)
    database = kontakti.clone_base("existing")
    done = kontakti.odoo("-i", NAMES, db=database, addons_path=tmp_path)
    assert done.returncode == 0, done.stdout[-5000:]
    assert not problems(done.stdout)
    with kontakti.serve(database, addons_path=tmp_path) as server:
        assert server.url
    assert not problems(server.log())
    kontakti.drop(database)
