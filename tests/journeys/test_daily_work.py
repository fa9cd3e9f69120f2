"""S3, S5, S7, S11, S13, S14: a salesperson's Monday morning, in real Chromium."""

from web_site import eventually, read_contacts

MAKE_CONTACTS = """
import json
from datetime import timedelta
aino = env["res.users"].search([("login", "=", "aino")])
today = aino._get_kontakti_today()
customer = env["res.partner"].create({"name": "Kivi Oy", "is_company": True,
    "phone": "+358 40 7654321", "email": "info@kivi.example"})
env["kontakti.contact"].search([]).unlink()
env["kontakti.contact"].with_user(aino).create([
    {"name": "Late offer", "partner_id": customer.id,
     "next_date": today - timedelta(days=2)},
    {"name": "Second late", "customer_name": "Mäki Oy",
     "next_date": today - timedelta(days=1)},
    {"name": "For today", "customer_name": "Lampi Oy", "next_date": today},
])
print("JSON:" + json.dumps(customer.id))
"""
LATE = ".o_kontakti_section_organisation .o_kontakti_cell_late"
STATE = """
import json
found = env["kontakti.contact"].search([("name", "=", {name!r})], order="id")
print("JSON:" + json.dumps([
    [c.state, str(c.next_date), c.customer_name or "", c.partner_id.id] for c in found]))
"""


def open_task_list(site, login="aino"):
    page = site.page_of(login)
    page.goto(f"{site.url}/odoo/kontakti")
    page.wait_for_selector(f".o_kontakti_task_list {LATE}")
    return page


def numbers(page, cell=LATE):
    """(customers, contacts) as the cell shows them."""
    shown = page.locator(f"{cell} .o_kontakti_cell_number [aria-hidden]")
    words = " ".join(shown.all_inner_texts()).split()
    return tuple(int(word) for word in words if word.isdigit())


def wait_for_numbers(page, expected, cell=LATE):
    eventually(page, lambda: numbers(page, cell), expected)


def test_kontakti_opens_the_task_list(site):
    site.run(MAKE_CONTACTS)
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo")
    page.click(".o_navbar_apps_menu button, .o_navbar_apps_menu .dropdown-toggle")
    page.get_by_role("menuitem", name="Kontakti").first.click()
    page.wait_for_selector(".o_kontakti_task_list")
    wait_for_numbers(page, (2, 2))


def test_a_cell_drills_down_to_its_contact_events_and_survives_reload(site):
    site.run(MAKE_CONTACTS)
    page = open_task_list(site)
    page.locator(f"{LATE} .o_kontakti_cell_number").click()
    page.wait_for_selector(".o_list_view .o_group_header")
    assert page.locator(".o_group_header").count() == 2
    page.reload()
    page.wait_for_selector(".o_list_view .o_group_header")
    assert page.locator(".o_group_header").count() == 2
    page.locator(".o_group_header").first.click()
    page.get_by_text("Late offer").wait_for()
    page.go_back()
    page.wait_for_selector(".o_kontakti_task_list")


def test_done_in_place_leaves_the_list_and_undo_brings_it_back(site):
    site.run(MAKE_CONTACTS)
    page = open_task_list(site)
    page.locator(".o_kontakti_contact", has_text="Late offer").locator(
        "button[name=done]"
    ).first.click()
    wait_for_numbers(page, (1, 1))
    [done] = read_contacts(page, [["name", "=", "Late offer"]])
    assert done["state"] == "done"
    page.locator(".o_notification button", has_text="Kumoa").click()
    wait_for_numbers(page, (2, 2))
    assert site.run(STATE.format(name="Late offer"))[0][0] == "open"


def test_postponed_by_a_day_in_place_is_due_tomorrow(site):
    site.run(MAKE_CONTACTS)
    page = open_task_list(site)
    page.locator(".o_kontakti_contact", has_text="Second late").locator(
        "button[name=day]"
    ).first.click()
    wait_for_numbers(page, (1, 1))
    page.locator(".o_notification button", has_text="Kumoa").click()
    wait_for_numbers(page, (2, 2))


def test_other_users_windows_refresh_by_the_bus(site):
    site.run(MAKE_CONTACTS)
    page = open_task_list(site, "eino")
    wait_for_numbers(page, (2, 2))
    page.wait_for_timeout(2000)
    other = open_task_list(site)
    other.locator(".o_kontakti_contact", has_text="Late offer").locator(
        "button[name=done]"
    ).first.click()
    wait_for_numbers(page, (1, 1))


def test_two_clicks_and_the_subject_log_a_contact_of_a_customer(site):
    customer = site.run(MAKE_CONTACTS)
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/res.partner/{customer}")
    page.locator("button[name=action_log_kontakti_contact]").first.click()
    page.locator(".modal .o_field_widget[name=name] :is(input, textarea)").fill(
        "Logged"
    )
    page.locator(".modal .o_form_button_save").click()
    page.locator(".modal").wait_for(state="detached")
    logged = site.run(STATE.format(name="Logged"))
    assert [(row[0], row[3]) for row in logged] == [("open", customer)]


def test_a_follow_up_is_one_click_and_the_chain_is_walkable(site):
    site.run(MAKE_CONTACTS)
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-events")
    page.get_by_text("For today").first.click()
    page.locator("button[name=action_follow_up]:visible").first.click()
    page.locator("button[name=action_open_previous]:visible").first.click()
    page.locator("button[name=action_open_follow_ups]:visible").first.wait_for()
    states = [row[0] for row in site.run(STATE.format(name="For today"))]
    assert states == ["done", "open"]


def test_create_customer_proposes_the_one_with_the_same_phone(site):
    customer = site.run(MAKE_CONTACTS)
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-events/new")
    page.locator(".o_field_widget[name=name] :is(input, textarea)").fill("Typed")
    page.locator(".o_field_widget[name=customer_name] input").first.fill("Kiven Kauppa")
    page.locator(".o_field_widget[name=phone] input").first.fill("040 765 4321")
    page.locator("button[name=action_create_customer]:visible").click()
    page.locator(".modal").get_by_text("Kivi Oy").first.wait_for()
    page.locator(".modal button[name=action_use]").click()
    page.locator(".modal").wait_for(state="detached")
    assert site.run(STATE.format(name="Typed"))[0][3] == customer


def test_next_date_is_a_click_away(site):
    site.run(MAKE_CONTACTS)
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-events")
    page.get_by_text("Second late").first.click()
    page.locator(".o_field_widget[name=next_date] button", has_text="Tänään").click()
    page.locator(".o_form_button_save").click()
    saved = ".o_form_status_indicator_buttons.invisible"
    page.wait_for_selector(saved, state="attached")
    page.goto(f"{site.url}/odoo/kontakti")
    wait_for_numbers(page, (1, 1))


def test_a_favourite_filter_is_kept(site):
    site.run(MAKE_CONTACTS)
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-events")
    page.click(".o_searchview_dropdown_toggler")
    page.locator(".o_filter_menu").get_by_text("Myöhässä", exact=True).click()
    page.locator(".o_favorite_menu .o_add_favorite").click()
    page.locator(".o_favorite_menu input[type=text]").fill("Omat myöhäiset")
    page.locator(".o_favorite_menu .o_save_favorite").click()
    page.locator(".o_searchview_facet", has_text="Omat myöhäiset").wait_for()
    page.goto(f"{site.url}/odoo/contact-events")
    page.click(".o_searchview_dropdown_toggler")
    page.locator(".o_favorite_menu").get_by_text("Omat myöhäiset").click()
    page.wait_for_selector(".o_facet_values")
    page.keyboard.press("Escape")
    page.wait_for_function(
        "() => document.querySelectorAll('.o_list_view .o_data_row').length === 2"
    )


def test_an_empty_task_list_says_what_to_do(site):
    site.run('env["kontakti.contact"].search([]).unlink()')
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/kontakti")
    page.wait_for_selector(".o_kontakti_task_list .o_kontakti_empty")
