"""S27, S32: the Entry text of a calendar event is seen without a click."""

import os

import pytest

PREPARE = """
import json
customer = env["res.partner"].create({"name": "Entry Oy", "is_company": True,
    "phone": "+358 40 1112223", "street": "Katu 1", "city": "Helsinki"})
contacts = env["kontakti.contact"].with_user(
    env["res.users"].search([("login", "=", "aino")]))
print("JSON:" + json.dumps(contacts.create({"name": "Autumn offer",
    "partner_id": customer.id, "actions": "<p>Bring the contract</p>"}).id))
"""
MENU = ".o_kontakti_applications:visible"
NOTES = ".o_form_view .o_field_widget[name=notes]"
DESCRIPTION = ".o_form_view .o_field_widget[name=description]"
TITLE = ".o_form_view .o_field_widget[name=name] :is(input, textarea)"
POPOVER = ".o_popover"
WRITTEN = ("Bring the contract", "Entry Oy", "+358 40 1112223", "Katu 1", "Helsinki")


@pytest.fixture(scope="module")
def contact(served):
    return served.run(PREPARE)


def look(page, name):
    """Keep a picture of the screen where ``KONTAKTI_LOOK`` says, to be looked at."""
    folder = os.environ.get("KONTAKTI_LOOK")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")


def open_entry(site, contact, **size):
    page = site.page_of("aino", **size)
    page.goto(f"{site.url}/odoo/contact-events/{contact}")
    page.locator(MENU).click()
    page.locator("[data-application=calendar-entry]").click()
    page.wait_for_selector(NOTES)
    return page


@pytest.mark.parametrize("width", [1366, 390])
def test_the_form_opens_on_what_the_entry_says(site, contact, width):
    page = open_entry(site, contact, width=width)
    text = page.locator(NOTES).inner_text()
    for line in WRITTEN:
        assert line in text
    assert page.locator(NOTES).is_visible()
    assert page.locator(DESCRIPTION).count() == 0
    look(page, f"entry_form_{width}")


def test_saved_its_popover_in_the_calendar_shows_it(site, contact):
    page = open_entry(site, contact)
    page.locator(TITLE).first.fill("Visit to Entry")
    page.locator(".o_form_button_save").click()
    page.wait_for_selector(".o_form_saved")
    page.goto(f"{site.url}/odoo/action-calendar.action_calendar_event")
    page.locator(".fc-event", has_text="Visit to Entry").first.click()
    page.wait_for_selector(POPOVER)
    text = page.locator(POPOVER).inner_text()
    for line in WRITTEN:
        assert line in text
    look(page, "entry_popover")
