"""Finding contact events and customers by keyboard, in real Chromium."""

import pytest
from web_site import search_for

CUSTOMER = ".o_field_widget[name=partner_id] input"
NAME = ".o_field_widget[name=customer_name] input"
OPTION = ".o-autocomplete--dropdown-item"
LEAST = 24  # pixels
MAKE = """
import json
aino = env["res.users"].search([("login", "=", "aino")])
env.company.country_id = env.ref("base.fi")
env["kontakti.contact"].search([]).unlink()
customer = env["res.partner"].create({"name": "Kivi Oy", "is_company": True,
    "phone": "+358 40 7654321"})
env["kontakti.contact"].with_user(aino).create([
    {"name": "Of the register", "partner_id": customer.id,
     "discussion": "<p>R&amp;D: the <strong>of</strong>fer</p>",
     "next_date": aino._get_kontakti_today()},
    {"name": "Typed", "customer_name": "Mäki Oy", "phone": "050 123 4567"},
])
print("JSON:" + json.dumps(customer.id))
"""
SAVED = """
import json
found = env["kontakti.contact"].search([("name", "=", "New one")])
print("JSON:" + json.dumps([found.customer_name or "", found.partner_id.id]))
"""


@pytest.fixture
def customer(site):
    return site.run(MAKE)


def rows(page):
    names = page.locator(".o_data_row .o_data_cell[name=name]").all_inner_texts()
    return sorted(name.strip() for name in names)


def open_list(site, **options):
    page = site.page_of("aino", **options)
    page.goto(f"{site.url}/odoo/contact-events")
    page.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)").first.wait_for()
    return page


def open_form(site):
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-events/new")
    page.locator(".o_field_widget[name=name] :is(input, textarea)").fill("New one")
    return page


def type_customer(page, text):
    """Type as a person does, and wait for what is proposed."""
    page.locator(CUSTOMER).click()
    page.keyboard.type(text)
    page.locator(OPTION, has_text=text).first.wait_for()


def save(page):
    page.locator(".o_form_button_save").click()
    page.locator(".o_form_button_save").wait_for(state="hidden")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0407654321", ["Of the register"]),
        ("+358 50 1234567", ["Typed"]),
        ("00358501234567", ["Typed"]),
        ("R&D: the offer", ["Of the register"]),
        ("mäki", ["Typed"]),
    ],
)
def test_enter_in_the_search_box_looks_everywhere(site, customer, text, expected):
    page = open_list(site)
    search_for(page, text)
    page.locator(".o_data_row").nth(1).wait_for(state="detached")
    assert rows(page) == expected


def test_a_list_that_finds_nothing_says_so_and_offers_to_clear(site, customer):
    page = open_list(site)
    search_for(page, "strong")
    help_text = page.locator(".o_kontakti_nothing_found")
    help_text.get_by_text("Mitään ei löytynyt").wait_for()
    assert page.get_by_text("Kirjaa ensimmäinen").count() == 0
    for view in ("kanban", "pivot", "graph"):
        page.locator(f".o_switch_view.o_{view}").click()
        page.locator(f".o_{view}_view .o_kontakti_nothing_found").wait_for()
    page.locator(".o_switch_view.o_list").click()
    # the view before is still drawn for a moment, with a button of its own
    page.locator(".o_list_view .o_kontakti_nothing_found button").focus()
    page.keyboard.press("Enter")
    page.locator(".o_data_row").nth(1).wait_for()
    assert page.locator(".o_facet_value").count() == 0


def test_without_any_contact_event_the_first_one_is_asked_for(site, customer):
    site.run('env["kontakti.contact"].search([]).unlink()')
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-events")
    page.get_by_text("Kirjaa ensimmäinen").wait_for()
    assert page.locator(".o_kontakti_nothing_found").count() == 0
    search_for(page, "mäki")
    page.locator(".o_kontakti_nothing_found").wait_for()


def test_on_a_phone_nothing_found_is_said_too(site, customer):
    page = open_list(site, width=390, height=844, has_touch=True, is_mobile=True)
    page.locator(".o_control_panel button:has(.fa-search)").first.click()
    search_for(page, "strong")
    page.locator(".o_kontakti_nothing_found").wait_for()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_an_unknown_name_and_tab_is_a_customer_not_in_the_register(site, customer):
    page = open_form(site)
    type_customer(page, "Uusi Oy")
    first = page.locator(OPTION).first
    assert first.inner_text().strip() == "Käytä nimeä ”Uusi Oy” (ei rekisterissä)"
    page.keyboard.press("Tab")
    page.wait_for_function(f"document.querySelector('{NAME}').value === 'Uusi Oy'")
    assert page.locator(".modal").count() == 0
    assert page.locator(CUSTOMER).input_value() == ""
    save(page)
    assert site.run(SAVED) == ["Uusi Oy", False]


def test_typed_and_tabbed_at_once_too(site, customer):
    page = open_form(site)
    page.locator(CUSTOMER).click()
    page.keyboard.type("Uusi Oy")
    page.keyboard.press("Tab")
    page.wait_for_function(f"document.querySelector('{NAME}').value === 'Uusi Oy'")
    assert page.locator(".modal").count() == 0


def test_a_known_name_and_tab_is_the_customer(site, customer):
    page = open_form(site)
    type_customer(page, "Kiv")
    page.keyboard.press("Tab")
    page.locator(NAME).first.wait_for(state="hidden")
    save(page)
    assert site.run(SAVED) == ["Kivi Oy", customer]


def test_the_customer_is_found_by_phone_and_enter(site, customer):
    page = open_form(site)
    page.locator(CUSTOMER).click()
    page.keyboard.type("0407654321")
    page.locator(f"{OPTION}.o_kontakti_use_name").wait_for()
    page.keyboard.press("Enter")
    page.locator(NAME).first.wait_for(state="hidden")
    save(page)
    assert site.run(SAVED) == ["Kivi Oy", customer]


def test_escape_loses_nothing_that_was_typed(site, customer):
    page = open_form(site)
    type_customer(page, "Uusi Oy")
    page.keyboard.press("Escape")
    page.wait_for_function(f"document.querySelector('{NAME}').value === 'Uusi Oy'")
    page = open_form(site)
    type_customer(page, "Toinen Oy")
    page.locator(f"{OPTION}.o_m2o_dropdown_option_create_edit").click()
    page.locator(".modal .o_form_view").wait_for()
    page.keyboard.press("Escape")
    page.locator(".modal").wait_for(state="detached")
    page.wait_for_function(f"document.querySelector('{NAME}').value === 'Toinen Oy'")
    save(page)
    assert site.run(SAVED) == ["Toinen Oy", False]


def test_escape_keeps_the_customer_chosen_before(site, customer):
    page = open_form(site)
    type_customer(page, "Kiv")
    page.keyboard.press("Tab")
    page.locator(NAME).first.wait_for(state="hidden")
    type_customer(page, "Toinen Oy")
    page.locator(f"{OPTION}.o_m2o_dropdown_option_create_edit").click()
    page.locator(".modal .o_form_view").wait_for()
    page.keyboard.press("Escape")
    page.locator(".modal").wait_for(state="detached")
    save(page)
    assert site.run(SAVED) == ["Kivi Oy", customer]


@pytest.mark.parametrize("width", [1366, 910])
def test_create_customer_moves_nothing_when_it_comes(site, customer, width):
    page = site.page_of("aino", width=width)
    page.goto(f"{site.url}/odoo/contact-events/new")
    page.locator(NAME).first.wait_for()
    fields = page.locator(".o_field_widget[name=contact_person]")
    page.evaluate("() => document.fonts.ready")
    before = fields.bounding_box()
    page.locator(NAME).first.fill("Uusi Oy")
    page.keyboard.press("Tab")
    page.locator("button[name=action_create_customer]:visible").wait_for()
    assert fields.bounding_box() == before


def test_periods_and_a_person_are_chosen_and_technical_fields_are_not(site, customer):
    page = open_list(site)
    page.locator(".o_searchview_dropdown_toggler").click()
    filters = page.locator(".o_filter_menu")
    last_week = filters.get_by_text("Yhteydessä viime viikolla", exact=True)
    last_week.click()
    page.locator(".o_kontakti_nothing_found").wait_for()
    last_week.click()
    for period in ("Yhteydessä tällä viikolla", "Yhteydessä tänään"):
        filters.get_by_text(period, exact=True).click()
        page.locator(".o_facet_value", has_text=period).wait_for()
        page.locator(".o_data_row").nth(1).wait_for()
    choices = page.locator(".o_add_custom_group_menu option").all_inner_texts()
    assert choices
    for word in ("avain", "kuvake", "key", "icon", "Asiakas, myös"):
        assert not [choice for choice in choices if word.lower() in choice.lower()]


def test_the_analysis_is_of_the_person_chosen(site, customer):
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-analysis")
    page.locator(".o_search_panel").get_by_text("Eino").click()
    page.locator(".o_kontakti_nothing_found button").click()
    page.locator(".o_kontakti_nothing_found").wait_for(state="detached")
    page.wait_for_selector(".o_graph_view canvas")


def test_what_is_pressed_in_the_panel_is_large_enough(site, customer):
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/kontakti")
    panel = page.locator(".o_kontakti_customer_panel")
    panel.locator(".o_kontakti_phone").first.wait_for()
    for pressed in panel.locator("a, button").all():
        box = pressed.bounding_box()
        assert min(box["width"], box["height"]) >= LEAST, pressed.inner_text()
