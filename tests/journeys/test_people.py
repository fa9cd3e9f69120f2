"""S2, S13, S14: the customer's people, colleagues and leavers, in real Chromium."""

import re

import pytest
from web_site import DRAWN

MAKE = """
import json
partners = env["res.partner"]
company = partners.create({"name": "Kuusi Oy", "is_company": True, "phone": "09 1"})
partners.create({"name": "Leppä Oy", "is_company": True})
partners.create({"name": "Pihla Kuusi", "parent_id": company.id})
print("JSON:" + json.dumps(company.id))
"""
SAVED = """
import json
found = env["kontakti.contact"].search([("name", "=", {name!r})])
print("JSON:" + json.dumps([
    [c.contact_person or "", c.customer_name or "", c.phone or ""] for c in found]))
"""
LEAVER = """
user = env["res.users"].create({"name": "Lähtijä Laura", "login": "laura",
    "password": "lauralaura", "group_ids": [
        (6, 0, env.ref("kontakti_contact.group_kontakti_user").ids)]})
env["kontakti.contact"].with_user(user).create([
    {"name": "Laura: open", "responsible_id": user.id, "customer_name": "A"},
    {"name": "Laura: secret", "personal": True, "customer_name": "B"}])
user.action_archive()
admin = env.ref("base.user_admin")
admin.lang = "fi_FI"
"""
WHOSE = """
import json
found = env["kontakti.contact"].search([("name", "like", "Laura: %")], order="name")
print("JSON:" + json.dumps([
    [c.contacted_by_id.login, c.responsible_id.login or ""] for c in found]))
"""


@pytest.fixture(scope="module", autouse=True)
def people(served):
    served.run(MAKE)


def new_contact(site, subject):
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-events/new")
    page.locator("[name=name] input, [name=name] textarea").first.fill(subject)
    return page


def choose(page, field, text):
    box = page.locator(f".o_field_widget[name={field}] input").first
    box.click()
    box.fill(text)
    page.locator(".o-autocomplete--dropdown-item", has_text=text).first.click()


def choose_customer(page, text):
    """And wait for what comes with the customer: that closes what is proposed."""
    with page.expect_response(re.compile(r"/onchange$")) as response:
        choose(page, "partner_id", text)
    response.value.finished()
    page.evaluate(DRAWN)


def save(page):
    page.locator(".o_form_button_save").click()
    page.wait_for_selector(".o_form_saved, .o_form_view:not(:has(.o_form_dirty))")
    page.wait_for_url(re.compile(r"/contact-events/\d+"))


def test_a_typed_person_stays_when_the_company_is_chosen(site):
    page = new_contact(site, "Typed person")
    person = page.locator(".o_field_widget[name=contact_person] input")
    person.fill("Maija Assistentti")
    for company in ("Kuusi Oy", "Leppä Oy"):
        choose_customer(page, company)
        page.locator(".o_field_widget[name=phone]").first.wait_for()
        assert person.input_value() == "Maija Assistentti"
    save(page)
    assert site.run(SAVED.format(name="Typed person")) == [
        ["Maija Assistentti", "Leppä Oy", ""]
    ]


def test_a_proposed_person_gives_way_to_another_proposal(site):
    page = new_contact(site, "Proposed person")
    person = page.locator(".o_field_widget[name=contact_person] input")
    choose_customer(page, "Pihla Kuusi")
    page.wait_for_function(
        "document.querySelector('[name=contact_person] input').value === 'Pihla Kuusi'"
    )
    choose_customer(page, "Leppä Oy")
    page.wait_for_function(
        "document.querySelector('[name=contact_person] input').value === ''"
    )
    person.fill("Kaisa")
    save(page)
    assert site.run(SAVED.format(name="Proposed person")) == [["Kaisa", "Leppä Oy", ""]]


def test_an_archived_one_leaves_the_list_and_comes_back_by_the_filter(site):
    page = new_contact(site, "Put away")
    save(page)
    page.locator(".o_cp_action_menus button").first.click()
    page.get_by_role("menuitem", name="Arkistoi").click()
    page.locator(".modal .btn-primary").click()
    page.locator(".o_form_view .badge", has_text="Arkistoitu").wait_for()
    page.goto(f"{site.url}/odoo/contact-events")
    page.wait_for_selector(".o_list_view")
    assert page.locator(".o_data_row", has_text="Put away").count() == 0
    page.locator(".o_searchview_dropdown_toggler").click()
    page.get_by_role("menuitemcheckbox", name="Arkistoitu").click()
    page.locator(".o_data_row", has_text="Put away").wait_for()


def test_a_manager_hands_a_leaver_s_work_over_without_seeing_the_personal(site):
    site.run(LEAVER)
    page = site.page_of("admin")
    page.goto(f"{site.url}/odoo/kontakti")
    page.wait_for_selector(".o_kontakti_task_list")
    page.get_by_role("button", name="Asetukset").click()
    page.get_by_role("menuitem", name="Siirrä työt toiselle").click()
    page.wait_for_selector(".modal [name=from_user_id]")
    choose(page, "from_user_id", "Lähtijä Laura")
    choose(page, "to_user_id", "Eino")
    for name in ("with_contacted_by", "with_personal"):
        page.locator(f".modal [name={name}] input").check()
    page.wait_for_timeout(500)
    text = page.locator(".modal-body").inner_text()
    assert "secret" not in text
    page.locator(".modal button[name=action_hand_over]").click()
    page.locator(".o_notification", has_text="Eino").wait_for()
    assert site.run(WHOSE) == [["eino", ""], ["eino", ""]]


def test_a_new_channel_takes_its_icon_from_pictures(site):
    page = site.page_of("admin")
    page.goto(f"{site.url}/odoo/action-kontakti_contact.kontakti_channel_action")
    page.wait_for_selector(".o_list_view")
    page.locator(".o_list_button_add").click()
    name = page.locator(".o_selected_row [name=name] input")
    name.press_sequentially("Messut")
    name.press("Tab")
    picture = page.locator(".o_selected_row [name=icon] button")
    assert picture.evaluate("el => el === document.activeElement")
    picture.press("Enter")
    page.locator(".o_kontakti_icons [aria-label=fa-users]").click()
    page.locator(".o_list_button_save").click()
    page.locator(".o_data_row", has_text="Messut").locator(".fa-users").wait_for()
