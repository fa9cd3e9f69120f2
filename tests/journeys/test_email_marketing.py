"""S8, S10: Odoo's Email Marketing mails the mailing list and no personal contact event.

With the real addon: what it puts in the outgoing queue is read back.
"""

import ast
from email.utils import parseaddr

import pytest
from web_site import Site

GROUPS = "kontakti_contact.group_kontakti_user mass_mailing.group_mass_mailing_user"
PREPARE = """
import json
for login in ("mirja", "outi"):
    env["res.users"].create({
        "name": login.capitalize(), "login": login, "password": login * 2,
        "lang": "fi_FI", "tz": "Europe/Helsinki", "email": login + "@kontakti.example",
        "tour_enabled": False,
        "group_ids": [(6, 0, [env.ref(name).id for name in GROUPS.split()])],
    })
outi = env["res.users"].search([("login", "=", "outi")])
partner = env["res.partner"].create({"name": "Kivi Oy", "is_company": True,
    "email": "info@kivi.example"})
contacts = env["kontakti.contact"].with_user(outi)
def make(customer, **vals):
    return contacts.create({"name": "Campaign", "customer_name": customer, **vals})
make("Typed Oy", email="typed@list.example", mailing_list=True, contact_person="Pia")
for number in range(3):
    make("Kivi", name=f"Event {number}", partner_id=partner.id, mailing_list=True)
make("Done Oy", email="done@list.example", mailing_list=True, state="done")
make("Off Oy", email="off@list.example")
make("Black Oy", email="Black <BLACK@list.example>", mailing_list=True)
make("No e-mail Oy", mailing_list=True)
secret = make("Zsalaisuus", email="secret@list.example", mailing_list=True,
    personal=True)
abroad = env["res.company"].create({"name": "Another company"})
make("Abroad Oy", email="abroad@list.example", mailing_list=True).sudo().company_id = abroad
make("Two Oy", email="two@list.example, black@list.example", mailing_list=True)
shared = contacts.search([("customer_name", "=", "Typed Oy")])
env["mail.blacklist"].create({"email": "black@list.example"})
env["ir.config_parameter"].set_param("mail.mail.queue.batch.size", "0")
other = contacts.sudo().search([("customer_name", "=", "Abroad Oy")])
print("JSON:" + json.dumps(
    {"secret": secret.id, "shared": shared.id, "abroad": other.id}))
"""
# The mailing of mirja, sent by the scheduled job with all rights, as in real life.
SEND = """
import json
mirja = env["res.users"].search([("login", "=", "mirja")])
env["mail.mail"].search([]).unlink()
mailing = env["mailing.mailing"].with_user(mirja).create({
    "subject": "Hello {{ object.customer_name }}",
    "body_html": '<p>Dear <t t-out="object.contact_person"/></p>',
    "mailing_model_id": env["ir.model"]._get_id("kontakti.contact"),
    "keep_archives": True,
    **VALUES,
})
shown = mailing.total
SEND_IT
mails = env["mail.mail"].search([("mailing_id", "=", mailing.id)])
found = [[mail.email_to or mail.recipient_ids.email, mail.subject, mail.body_html]
         for mail in mails]
traces = env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
print("JSON:" + json.dumps({"mails": sorted(found), "shown": shown, "id": mailing.id,
    "domain": mailing.mailing_domain, "traced": traces.mapped("res_id")}))
"""
BY_THE_JOB = """
mailing.action_put_in_queue()
env.cr.commit()
env["mailing.mailing"].with_user(1)._process_mass_mailing_queue()
"""
ON_THE_LIST = ["done@list.example", "info@kivi.example", "typed@list.example"]


@pytest.fixture(scope="module")
def made(marketing):
    return marketing.run(PREPARE.replace("GROUPS", repr(GROUPS)))


@pytest.fixture(scope="module")
def marketing(kontakti, browser):
    """A database with Email Marketing, which nothing of ours depends on."""
    db = kontakti.clone("marketing")
    done = kontakti.odoo("-i", "mass_mailing", "--stop-after-init", db=db)
    assert done.returncode == 0, done.stdout[-3000:]
    with kontakti.serve(db) as server:
        yield Site(kontakti, browser, server, db)


def send(marketing, send_by=BY_THE_JOB, **values):
    script = SEND.replace("VALUES", repr(values)).replace("SEND_IT", send_by)
    return marketing.run(script)


def addresses(sent):
    """The addresses without the names before them."""
    return sorted(parseaddr(address)[1] for address, *_mail in sent["mails"])


def test_a_mailing_reaches_the_mailing_list_and_each_address_once(marketing, made):
    """Three contact events of a customer, texts that differ: still one mail."""
    sent = send(marketing)
    assert addresses(sent) == ON_THE_LIST
    domain = ast.literal_eval(sent["domain"])
    assert {leaf[0] for leaf in domain if isinstance(leaf, (list, tuple))} == {
        "personal",
        "mailing_list",
    }
    assert made["secret"] not in sent["traced"]


def test_the_customer_and_the_person_are_merge_fields_for_everybody(marketing, made):
    """mirja is no editor of templates."""
    [mail] = [mail for mail in send(marketing)["mails"] if "typed@" in mail[0]]
    assert mail[1] == "Hello Typed Oy"
    assert "Pia" in mail[2]


def test_no_domain_of_the_user_reaches_a_personal_contact_event(marketing, made):
    everything = "[('id', '!=', 0)]"
    only_personal = "['|', ('personal', '=', True), ('mailing_list', '=', True)]"
    for domain, expected in (
        (everything, sorted([*ON_THE_LIST, "off@list.example"])),
        (only_personal, ON_THE_LIST),
    ):
        sent = send(marketing, mailing_domain=domain)
        assert addresses(sent) == expected
        assert made["secret"] not in sent["traced"]


def test_the_blacklist_counts_also_when_the_mailing_does_not_ask_for_it(
    marketing, made
):
    sent = send(marketing, use_exclusion_list=False)
    assert addresses(sent) == ON_THE_LIST


def test_ids_given_outright_reach_no_personal_contact_event(marketing, made):
    ids = [made["secret"], made["shared"], made["abroad"]]
    sent = send(marketing, send_by=f"mailing.with_user(1).action_send_mail({ids})")
    assert addresses(sent) == ["typed@list.example"]
    assert sent["traced"] == [made["shared"]]


def test_the_view_in_the_browser_shows_no_personal_contact_event(marketing, made):
    mailing = send(marketing, body_html='<p><t t-out="object.customer_name"/></p>')[
        "id"
    ]
    page = marketing.page_of("mirja")
    view = f"{marketing.url}/mailing/{mailing}/view?email=a@b.example&document_id="
    for contact, shown in ((made["shared"], True), (made["secret"], False)):
        answer = page.request.get(f"{view}{contact}")
        assert ("Typed Oy" in answer.text()) is shown
        assert "Zsalaisuus" not in answer.text()
        assert answer.ok is shown
    marketing.close()


def test_email_marketing_offers_contact_events_as_recipients(marketing, made):
    """The form of a new mailing: its recipients are those on the mailing list."""
    page = marketing.page_of("mirja")
    page.goto(f"{marketing.url}/odoo")
    page.wait_for_selector(".o_main_navbar")
    offered = page.evaluate(
        "() => odoo.__WOWL_DEBUG__.root.env.services.orm.call('ir.model',"
        " 'search_read', [[['is_mailing_enabled', '=', true]], ['model']])"
    )
    assert "kontakti.contact" in {model["model"] for model in offered}
    mailing = send(marketing, send_by="")
    assert mailing["shown"] == len(ON_THE_LIST) + 2 + 3  # events, before e-mails count
    page.goto(f"{marketing.url}/odoo/mailing.mailing/{mailing['id']}")
    page.wait_for_selector(".o_form_view .o_field_widget[name=mailing_model_id]")
    recipients = page.locator(".o_field_widget[name=mailing_model_id]").first
    assert recipients.inner_text() or recipients.locator("input").input_value()
    marketing.close()
    assert not marketing.errors, marketing.errors
