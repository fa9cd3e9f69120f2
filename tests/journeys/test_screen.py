"""The day's clicks and keys on the screen: follow-ups, rows, notices, shortcuts."""

import pytest

MAKE = """
import json
from datetime import timedelta
aino = env["res.users"].search([("login", "=", "aino")])
today = aino._get_kontakti_today()
env["kontakti.contact"].search([]).unlink()
contacts = env["kontakti.contact"].with_user(aino).create([
    {"name": name, "customer_name": customer, "next_date": today - timedelta(days)}
    for name, customer, days in (
        ("First", "Kivi Oy", 4), ("Second", "Lampi Oy", 3), ("Third", "Metsä Oy", 2))])
print("JSON:" + json.dumps(contacts.ids))
"""
READ = """() => odoo.__WOWL_DEBUG__.root.env.services.orm.searchRead(
    "kontakti.contact", [], ["name", "state", "previous_id", "discussion"],
    {order: "id"})"""
EDITOR = ".o_field_widget[name=discussion] .odoo-editor-editable"
ROW = ".o_kontakti_contact"
NOTICE = ".o_notification"
SAVED = ".o_form_status_indicator_buttons.invisible"
IS_IN = """(selector) => Boolean(document.activeElement.closest(selector))"""
HOTKEYS = """() => [...document.querySelectorAll("[data-hotkey]")]
    .filter((el) => el.checkVisibility() && !el.closest(".o_web_hotkey_overlay"))
    .map((el) => el.dataset.hotkey.toLowerCase())"""
ODOO_S_COMMANDS = {"shift+a", "shift+u", "x", "shift+x", "i", "shift+i", "r"}


@pytest.fixture
def contacts(site):
    return site.run(MAKE)


def open_task_list(site, login="aino", **size):
    page = site.page_of(login, **size)
    page.goto(f"{site.url}/odoo/kontakti")
    page.locator(ROW).first.wait_for()
    return page


def row(page, name):
    return page.locator(ROW, has_text=name).first


def open_contact(site, contact, login="aino", **size):
    page = site.page_of(login, **size)
    page.goto(f"{site.url}/odoo/contact-events/{contact}")
    page.wait_for_selector(EDITOR)
    return page


def undo(page):
    page.locator(f"{NOTICE} button", has_text="Kumoa").last.click()


def read_states(page):
    return [
        [row["name"], row["state"], bool(row["previous_id"])]
        for row in page.evaluate(READ)
    ]


def discussion(page, place):
    return page.evaluate(READ)[place]["discussion"] or ""


def wait_for_states(page, expected):
    """Ask from the page: an Undo is offered for ten seconds only."""
    for _attempt in range(40):
        states = read_states(page)
        if states == expected:
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{states}, not {expected}")


OPEN = [["First", "open", False], ["Second", "open", False], ["Third", "open", False]]
FOLLOWED = [["First", "done", False], *OPEN[1:], ["First", "open", True]]


def test_a_follow_up_from_the_panel_is_for_writing_at_once(site, contacts):
    """35."""
    page = open_task_list(site)
    row(page, "First").locator("button[name=follow_up]").click()
    page.wait_for_selector(EDITOR)
    page.wait_for_function(IS_IN, arg=EDITOR)
    page.keyboard.type("They called back.")
    page.locator(".o_form_button_save:visible").click()
    page.wait_for_selector(SAVED, state="attached")
    assert "They called back." in discussion(page, -1)
    wait_for_states(page, FOLLOWED)


def test_a_follow_up_is_undone_from_its_form(site, contacts):
    """35."""
    page = open_task_list(site)
    row(page, "First").locator("button[name=follow_up]").click()
    page.wait_for_selector(EDITOR)
    undo(page)
    row(page, "First").wait_for()
    wait_for_states(page, OPEN)


def test_a_follow_up_left_untouched_offers_the_way_back(site, contacts):
    """35."""
    page = open_task_list(site)
    row(page, "First").locator("button[name=follow_up]").click()
    page.wait_for_selector(EDITOR)
    page.locator(f"{NOTICE} .o_notification_close").click()
    page.go_back()
    page.locator(ROW).first.wait_for()
    wait_for_states(page, FOLLOWED)
    undo(page)
    wait_for_states(page, OPEN)
    row(page, "First").wait_for()


def test_undo_takes_no_text_away(site, contacts):
    """35: what was written in the follow-up stays, and Undo says why."""
    page = open_task_list(site)
    row(page, "First").locator("button[name=follow_up]").click()
    page.wait_for_selector(EDITOR)
    page.wait_for_function(IS_IN, arg=EDITOR)
    page.keyboard.type("They called back.")
    undo(page)
    page.locator(".modal", has_text="First").wait_for()
    wait_for_states(page, FOLLOWED)
    assert "They called back." in discussion(page, -1)


def test_the_pager_leads_through_the_cell(site, contacts):
    """36."""
    page = open_task_list(site)
    row(page, "Second").locator(".o_kontakti_contact_name").click()
    page.wait_for_selector(EDITOR)
    pager = page.locator(".o_pager").first
    assert pager.inner_text().split() == ["2", "/", "3"]
    pager.locator(".o_pager_next").click()
    page.locator(".breadcrumb, .o_breadcrumb", has_text="Third").first.wait_for()


def test_a_second_click_hits_nothing_else(site, contacts):
    """36: the row stays a moment, struck through."""
    page = open_task_list(site)
    button = row(page, "First").locator("button[name=done]")
    box = button.bounding_box()
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(*place)
    # looks at every frame; wait_for_selector each half a second, when the row may be gone
    page.wait_for_function("() => document.querySelector('.o_kontakti_gone')")
    page.wait_for_timeout(300)
    page.mouse.click(*place)
    page.locator(ROW, has_text="First").wait_for(state="detached")
    wait_for_states(page, [["First", "done", False], *OPEN[1:]])


def test_done_on_the_form_is_said_and_undone(site, contacts):
    """39."""
    page = open_contact(site, contacts[0])
    page.locator("button[name=action_done]:visible").click()
    page.locator(NOTICE, has_text="First").wait_for()
    wait_for_states(page, [["First", "done", False], *OPEN[1:]])
    undo(page)
    page.locator("button[name=action_done]:visible").wait_for()
    wait_for_states(page, OPEN)


def test_done_of_many_is_said_and_undone(site, contacts):
    """39."""
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-events")
    page.locator(".o_list_record_selector input").first.click()
    page.locator(".o_list_view button, .o_control_panel button").filter(
        has_text="Hoidettu"
    ).first.click()
    page.locator(NOTICE, has_text="3").wait_for()
    undo(page)
    wait_for_states(page, OPEN)


def test_a_created_customer_is_said_and_opened(site, contacts):
    """39."""
    page = open_contact(site, contacts[2])
    page.locator("button[name=action_create_customer]:visible").click()
    page.locator(f"{NOTICE} button", has_text="Avaa").click()
    page.wait_for_selector(".o_form_view .o_field_widget[name=vat]")


def test_a_calendar_entry_made_on_saving_is_said_and_opened(site, contacts):
    """39."""
    page = open_contact(site, contacts[0])
    field = page.locator(".o_field_widget[name=calendar_request]")
    if field.locator("select").count():
        field.locator("select").select_option(index=1)
    else:
        field.locator("input").click()
        page.locator(".o_select_menu_item").first.click()
    page.locator(".o_form_button_save:visible").click()
    page.locator(f"{NOTICE} button", has_text="Avaa").click()
    page.wait_for_selector(".o_form_view .o_field_widget[name=partner_ids]")


def test_an_application_is_opened_once_however_often_it_is_clicked(site, contacts):
    """39: of two clicks at once, one dialog."""
    page = open_contact(site, contacts[0])
    asked = []
    page.on(
        "request",
        lambda request: "open_application" in request.url and asked.append(request),
    )
    page.locator(".o_kontakti_applications:visible").click()
    page.locator("[data-application=message]").evaluate(
        "(item) => { item.click(); item.click(); }"
    )
    page.locator(".modal .o_mail_composer_form, .modal .o_form_view").first.wait_for()
    page.wait_for_timeout(1000)
    assert len(asked) == 1
    assert page.locator(".modal").count() == 1


@pytest.mark.parametrize("width", [1366, 390])
def test_a_long_subject_is_seen_whole_on_the_form(site, contacts, width):
    """It wraps, while it is read and while it is typed."""
    subject = ", ".join(["Spring campaign and the offer promised to the board"] * 4)
    site.run(f'env["kontakti.contact"].browse({contacts[0]}).name = {subject!r}')
    page = open_contact(site, contacts[0], width=width)
    field = page.locator(".o_field_widget[name=name] textarea")
    assert field.input_value() == subject
    page.wait_for_timeout(500)
    for _typed in range(2):
        assert field.evaluate("el => el.scrollHeight <= el.clientHeight + 2")
        assert field.evaluate("el => el.scrollWidth <= el.clientWidth")
        field.press("End")
        field.press_sequentially(" and more" * 6)
    field.press("Enter")
    assert "\n" not in field.input_value()


def test_no_key_is_claimed_twice(site, contacts):
    """40."""
    page = open_contact(site, contacts[0])
    page.wait_for_timeout(1500)
    form = page.evaluate(HOTKEYS)
    page.goto(f"{site.url}/odoo/contact-events")
    page.wait_for_selector(".o_list_view")
    lists = page.evaluate(HOTKEYS)
    page.goto(f"{site.url}/odoo/kontakti")
    page.locator(ROW).first.wait_for()
    for hotkeys in (form, lists, page.evaluate(HOTKEYS)):
        twice = {key for key in hotkeys if hotkeys.count(key) > 1}
        assert not twice
    ours = {"o", "w", "shift+s"}
    assert ours <= set(form)
    assert not ours & ODOO_S_COMMANDS


def test_the_discussion_is_a_few_tabs_from_the_customer(site, contacts):
    """40: it was 21."""
    page = open_contact(site, contacts[0])
    page.locator(".o_field_widget[name=partner_id] input").first.focus()
    tabs = 0
    while tabs < 30 and not page.evaluate(IS_IN, EDITOR):
        page.keyboard.press("Tab")
        tabs += 1
    assert tabs <= 12, tabs


def test_every_quick_choice_is_still_reached_by_the_keyboard(site, contacts):
    """40."""
    page = open_contact(site, contacts[0])
    unreachable = page.evaluate(
        "() => document.querySelectorAll('.o_field_widget[name=duration]"
        ' button[tabindex="-1"], .o_field_widget[name=next_date]'
        ' button[tabindex="-1"]\').length'
    )
    assert unreachable == 0


def test_control_enter_saves_and_returns(site, contacts):
    """40."""
    page = open_task_list(site)
    row(page, "First").locator(".o_kontakti_contact_name").click()
    page.wait_for_selector(EDITOR)
    page.locator(EDITOR).click()
    page.keyboard.type("Written.")
    page.keyboard.press("Control+Enter")
    page.locator(ROW).first.wait_for()
    assert "Written." in discussion(page, 0)


def test_undo_is_within_reach_of_the_keyboard(site, contacts):
    """40."""
    page = open_task_list(site)
    row(page, "First").locator("button[name=done]").click()
    page.locator(NOTICE, has_text="Alt+Z").wait_for()
    page.keyboard.press("Alt+z")
    page.locator(NOTICE).wait_for(state="detached")
    wait_for_states(page, OPEN)
