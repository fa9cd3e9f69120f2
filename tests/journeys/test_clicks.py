"""A day's work, its clicks and keys counted: as it was, and by log and plan."""

import pytest
from web_site import read_contacts

MAKE = """
import json
from datetime import timedelta
aino = env["res.users"].search([("login", "=", "aino")])
aino.group_ids |= env.ref("account.group_account_invoice")
today = aino._get_kontakti_today()
env["kontakti.contact"].search([]).unlink()
customers = env["res.partner"].create([
    {"name": f"Asiakas {n} Oy", "is_company": True, "phone": f"+358 40 123456{n}"}
    for n in range(5)])
contacts = env["kontakti.contact"].with_user(aino).create([
    {"name": f"Call {n}", "partner_id": customer.id,
     "next_date": today - timedelta(days=9 - n)}
    for n, customer in enumerate(customers)])
invoice = env["account.move"].create(
    {"move_type": "out_invoice", "partner_id": customers[0].id})
print("JSON:" + json.dumps([contacts.ids, invoice.id, customers[0].id]))
"""
READ = """
import json
found = env["kontakti.contact"].search([("name", "=", {name!r})], order="id")
print("JSON:" + json.dumps([
    [c.state, str(c.next_date), str(c.previous_id.id or ""), str(c.discussion or ""),
     c.partner_id.id, c.attempts] for c in found]))
"""
HANDED = """
users = {user.login: user for user in env["res.users"].search([])}
users["eino"].group_ids |= env.ref("kontakti_contact.group_kontakti_manager")
env["kontakti.contact"].search([("name", "like", "Call")]).responsible_id = users["aino"]
"""
WHOSE = """
import json
found = env["kontakti.contact"].search([("name", "like", "Call")])
print("JSON:" + json.dumps(found.responsible_id.mapped("login")))
"""
ALL = """
import json
found = env["kontakti.contact"].search([("name", "like", "Call")])
print("JSON:" + json.dumps([len(found.filtered(lambda c: c.state == "done")),
    len(found.filtered(lambda c: c.state == "open" and c.previous_id))]))
"""
NO_CALL = """() => document.addEventListener("click", (ev) =>
    ev.target.closest("a[href^='tel:']") && ev.preventDefault())"""
ROW = ".o_kontakti_contact"
FORM = ".o_kontakti_log_form"
EDITOR = ".o_field_widget[name=discussion] .odoo-editor-editable"
SAVED = ".o_form_status_indicator_buttons.invisible"
NOTICE = ".o_notification"


class Hand:
    """Clicks, taps and presses keys on a page, and counts them; typing is no click."""

    def __init__(self, page):
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, selector, **options):
        self.page.locator(selector, **options).first.click()
        self.clicks += 1

    def press(self, key):
        self.page.keyboard.press(key)
        self.keys += 1

    def type(self, text):
        self.page.keyboard.type(text)

    def search(self, text):
        """Type and wait for what is proposed: nothing else is drawn then."""

        def is_answer(response):
            asked = response.request.post_data or ""
            return "name_search" in response.url and text in asked

        with self.page.expect_response(is_answer):
            self.type(text)


@pytest.fixture
def made(site):
    return site.run(MAKE)


def open_task_list(site, **size):
    page = site.page_of("aino", **size)
    page.goto(f"{site.url}/odoo/kontakti")
    page.locator(ROW).first.wait_for()
    return page


def test_a_due_call_dealt_with_and_the_next_planned_as_it_was(site, made):
    """By the form: six clicks, two pages."""
    page = open_task_list(site)
    hand = Hand(page)
    hand.click(f"{ROW} .o_kontakti_contact_name")
    hand.click(EDITOR)
    hand.type("They want it")
    hand.click("button[name=action_follow_up]:visible")
    hand.click(".o_field_widget[name=next_date] button", has_text="Viikon")
    hand.click(".o_form_button_save")
    page.wait_for_selector(SAVED, state="attached")
    hand.click(".o_breadcrumb a, .breadcrumb-item a, .o_back_button")
    assert hand.clicks + hand.keys >= 6


def test_a_due_call_dealt_with_and_the_next_planned_by_log_and_plan(site, made):
    """In the row itself: two clicks and a key, no page."""
    page = open_task_list(site)
    hand = Hand(page)
    hand.click(f"{ROW} button[name=log]")
    page.locator(f"{FORM} textarea[name=discussion]").wait_for()
    hand.type("They want it")
    hand.click(f"{FORM} button[data-next=week]")
    hand.press("Control+Enter")
    page.locator(NOTICE, has_text="Call 0").first.wait_for()
    assert (hand.clicks, hand.keys) == (2, 1)
    # the form of the next customer is open
    page.locator(ROW, has_text="Call 1").locator(FORM).wait_for()
    done, following = read_contacts(page, [["name", "=", "Call 0"]])
    assert (done["state"], following["state"]) == ("done", "open")
    assert "They want it" in done["discussion"]
    assert following["previous_id"] and following["next_date"]
    page.locator(f"{NOTICE} button", has_text="Kumoa").last.click()
    page.locator(ROW, has_text="Call 0").first.wait_for()
    [again] = site.run(READ.format(name="Call 0"))
    assert (again[0], again[3]) == ("open", "")


def test_nobody_answered_is_one_click_and_counted(site, made):
    page = open_task_list(site)
    hand = Hand(page)
    hand.click(f"{ROW} button[name=no_answer]")
    page.locator(NOTICE, has_text="Call 0").first.wait_for()
    assert hand.clicks == 1
    [contact] = site.run(READ.format(name="Call 0"))
    assert (contact[0], contact[5]) == ("open", 1)


def test_a_call_logged_from_an_invoice(site, made):
    """The dialog knows the customer, and the invoice stays where it is."""
    _contacts, invoice, customer = made
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/account.move/{invoice}")
    page.locator(".o_form_view").wait_for()
    hand = Hand(page)
    hand.press("Alt+Shift+L")
    page.locator(f".modal {FORM} textarea[name=discussion]").wait_for()
    assert page.locator(".modal input").first.input_value().startswith("Asiakas 0 Oy")
    hand.type("Paid tomorrow")
    page.locator(f".modal {FORM} input[name=name]").fill("About the invoice")
    hand.press("Control+Enter")
    page.locator(".modal").wait_for(state="detached")
    assert (hand.clicks, hand.keys) == (0, 2)
    assert f"/account.move/{invoice}" in page.url
    [contact] = site.run(READ.format(name="About the invoice"))
    assert (contact[0], contact[4]) == ("done", customer)
    assert "Paid tomorrow" in contact[3]


def test_what_is_typed_survives_a_reload(site, made):
    page = open_task_list(site)
    page.locator(f"{ROW} button[name=log]").first.click()
    page.locator(f"{FORM} textarea[name=discussion]").fill("Half a sentence")
    page.reload()
    page.locator(f"{ROW} button[name=log]").first.click()
    text = page.locator(f"{FORM} textarea[name=discussion]")
    text.wait_for()
    assert text.input_value() == "Half a sentence"


def test_a_morning_of_five_customers_on_the_phone(site, made):
    """Three taps a customer: next in a week, save and next; and a call before each."""
    page = open_task_list(site, width=390, height=844)
    assert page.locator(".o_kontakti_customer_panel").bounding_box()["y"] < 300
    call = page.locator(".o_kontakti_customer a.o_kontakti_phone").first
    assert call.bounding_box()["height"] >= 44
    hand = Hand(page)
    hand.click(f"{ROW} button[name=log]")
    for number in range(5):
        sheet = f".modal:has-text('Call {number}') {FORM}"
        page.locator(f"{sheet} button[data-next=week]").wait_for()
        width = page.locator(".modal-content").first.bounding_box()["width"]
        assert width == 390
        hand.click(f"{sheet} button[data-next=week]")
        is_last = number == 4
        name = "save" if is_last else "save_and_next"
        hand.click(f"{sheet} button[name={name}]")
    page.locator(".modal").wait_for(state="detached")
    assert hand.clicks == 1 + 2 * 5
    assert site.run(ALL) == [5, 5]


def test_four_taps_log_a_call(site, made):
    """Call, take what is offered, when next, save."""
    page = open_task_list(site, width=390, height=844)
    page.evaluate(NO_CALL)  # there is no telephone here
    hand = Hand(page)
    hand.click(".o_kontakti_customer a.o_kontakti_phone")
    hand.click(f"{NOTICE} button", has_text="Kirjaa kontakti")
    page.locator(f".modal:has-text('Call 0') {FORM}").wait_for()
    hand.click(f".modal {FORM} button[data-next=tomorrow]")
    hand.click(f".modal {FORM} button[name=save]")
    page.locator(".modal").wait_for(state="detached")
    assert hand.clicks == 4
    done, following = site.run(READ.format(name="Call 0"))
    assert (done[0], following[0]) == ("done", "open")


def test_a_colleague_s_late_ones_are_handed_over_from_the_task_list(site, made):
    """Whose list, hand over, to whom, done: six clicks; by the list they were eight."""
    site.run(HANDED)
    page = site.page_of("eino")
    page.goto(f"{site.url}/odoo/kontakti")
    page.locator(".o_kontakti_whose input").first.wait_for()
    hand = Hand(page)
    hand.click(".o_kontakti_whose input")
    hand.search("Aino")
    hand.click(".o_kontakti_whose .o-autocomplete--dropdown-item a", has_text="Aino")
    page.locator(".o_kontakti_customer_panel h2", has_text="Aino").wait_for()
    hand.click(".o_kontakti_customer_panel button[name=hand_over]")
    page.locator(".modal .o_field_widget[name=to_user_id] input").wait_for()
    hand.click(".modal .o_field_widget[name=to_user_id] input")
    hand.search("Mary")
    hand.click(".o-autocomplete--dropdown-item a", has_text="Mary")
    hand.click(".modal button[name=action_hand_over]")
    page.locator(".modal").wait_for(state="detached")
    assert hand.clicks == 6
    assert site.run(WHOSE) == ["mary"]
