"""What is typed in a contact event is not lost, nor taken from others, in Chromium."""

from playwright.sync_api import expect
from web_site import eventually

MAKE = """
import json
from datetime import timedelta
aino = env["res.users"].search([("login", "=", "aino")])
today = aino._get_kontakti_today()
env["kontakti.contact"].search([]).unlink()
contact = env["kontakti.contact"].with_user(aino).create({
    "name": "Offer", "customer_name": "Kivi Oy", "next_date": today - timedelta(2),
    "discussion": "<p>They want an offer.</p>"})
print("JSON:" + json.dumps(contact.id))
"""
READ = """
import json
contact = env["kontakti.contact"].browse({id})
print("JSON:" + json.dumps([contact.discussion or "", contact.duration]))
"""
CHANGE = """
eino = env["res.users"].search([("login", "=", "eino")])
env["kontakti.contact"].with_user(eino).browse({id}).discussion = (
    "<p>They want an offer.</p><p>By Friday, says Eino.</p>")
"""
EDITOR = ".o_field_widget[name=discussion] .odoo-editor-editable"
TASK_LIST = ".o_kontakti_task_list"
DRAFT = ".o_notification.o_kontakti_draft"
SAVED = ".o_form_status_indicator_buttons.invisible"
STORED = "() => Object.keys(sessionStorage).filter((key) => key.includes('.draft.'))"


def open_contact(site, contact, login="aino", **size):
    page = site.page_of(login, **size)
    page.goto(f"{site.url}/odoo/contact-events/{contact}")
    page.wait_for_selector(EDITOR)
    return page


def type_at_the_end(page, text):
    page.locator(EDITOR).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def discussion(site, contact):
    return site.run(READ.format(id=contact))[0]


def wait_for_discussion(page, site, contact, *texts):
    for _attempt in range(10):
        saved = discussion(site, contact)
        if all(text in saved for text in texts):
            return saved
        page.wait_for_timeout(500)
    raise AssertionError(f"{texts}: {saved}")


def save(page):
    page.locator(".o_form_button_save:visible").click()


def test_the_browsers_back_saves_what_was_typed(site):
    """33: from the task list to a contact event, and back with the text unfinished."""
    contact = site.run(MAKE)
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/kontakti")
    page.locator(".o_kontakti_contact_name", has_text="Offer").first.click()
    page.wait_for_selector(EDITOR)
    type_at_the_end(page, " Typed and gone back.")
    page.go_back()
    page.wait_for_selector(TASK_LIST)
    wait_for_discussion(page, site, contact, "Typed and gone back.")
    assert page.evaluate(STORED) == []


def test_a_shortcut_saves_what_was_typed(site):
    """33: the keyboard leaves the form and not the field."""
    contact = site.run(MAKE)
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/kontakti")
    page.locator(".o_kontakti_contact_name", has_text="Offer").first.click()
    page.wait_for_selector(EDITOR)
    type_at_the_end(page, " Typed and left by Alt+B.")
    page.keyboard.press("Alt+b")
    page.wait_for_selector(TASK_LIST)
    wait_for_discussion(page, site, contact, "Typed and left by Alt+B.")


def expire_session(page):
    """Leave the page without its session, as when it has expired on the server."""
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.context.add_cookies([c for c in cookies if c["name"] != "session_id"])


def log_out(page):
    page.locator(".o_user_menu button").click()
    page.locator("[data-menu=logout]").click()


def log_in_again(page, login):
    page.wait_for_selector("input[name=password]")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login * 2)
    page.click("button[type=submit]")


def test_what_was_typed_in_an_expired_session_is_offered_after_the_login(site):
    """33."""
    contact = site.run(MAKE)
    page = open_contact(site, contact)
    type_at_the_end(page, " Typed too late.")
    page.locator(".o_field_widget[name=contact_person] input").first.fill("Kaisa")
    expire_session(page)
    save(page)
    page.locator(".modal .btn-primary").click()
    log_in_again(page, "aino")
    page.wait_for_selector(DRAFT)
    assert "Typed too late." not in discussion(site, contact)
    page.locator(f"{DRAFT} button", has_text="Palauta teksti").click()
    page.locator(EDITOR, has_text="Typed too late.").wait_for()
    person = page.locator(".o_field_widget[name=contact_person] input").first
    assert person.input_value() == "Kaisa"
    save(page)
    page.wait_for_selector(SAVED, state="attached")
    wait_for_discussion(page, site, contact, "Typed too late.")
    assert page.evaluate(STORED) == []
    page.reload()
    page.wait_for_selector(EDITOR)
    page.wait_for_timeout(1000)
    assert page.locator(DRAFT).count() == 0
    site.errors[:] = [e for e in site.errors if "Session" not in e]


def test_a_draft_is_nobody_elses(site):
    """33: another user of the same tab is offered nothing, and finds nothing."""
    contact = site.run(MAKE)
    page = open_contact(site, contact)
    type_at_the_end(page, " Secret.")
    eventually(page, lambda: len(page.evaluate(STORED)), 1)
    expire_session(page)
    page.evaluate(
        "() => window.addEventListener('beforeunload', (ev) =>"
        " ev.stopImmediatePropagation(), true)"
    )
    page.goto(f"{site.url}/web/login")
    log_in_again(page, "eino")
    page.wait_for_selector(".o_main_navbar")
    page.goto(f"{site.url}/odoo/contact-events/{contact}")
    page.wait_for_selector(EDITOR)
    assert page.evaluate(STORED) == []
    assert page.locator(DRAFT).count() == 0


def test_logging_out_leaves_no_draft(site):
    """33."""
    contact = site.run(MAKE)
    page = open_contact(site, contact)
    type_at_the_end(page, " Goodbye.")
    page.wait_for_timeout(800)
    log_out(page)
    page.wait_for_selector("input[name=password]")
    assert page.evaluate(STORED) == []
    wait_for_discussion(page, site, contact, "Goodbye.")


def test_logging_out_at_once_saves_first(site):
    """33: without a pause; the session ends after what was typed is saved."""
    contact = site.run(MAKE)
    page = open_contact(site, contact)
    order = []
    page.on(
        "response",
        lambda response: "web_save" in response.url and order.append("saved"),
    )
    page.on(
        "request",
        lambda request: "session/logout" in request.url and order.append("logout"),
    )
    type_at_the_end(page, " Gone.")
    log_out(page)
    page.wait_for_selector("input[name=password]")
    assert order == ["saved", "logout"]
    assert page.evaluate(STORED) == []
    wait_for_discussion(page, site, contact, "Gone.")


def test_who_cannot_be_saved_is_not_logged_out(site):
    """33: the text and what is wrong with it stay on the screen."""
    contact = site.run(MAKE)
    page = open_contact(site, contact)
    type_at_the_end(page, " Kept.")
    page.locator(".o_field_widget[name=name] textarea").first.fill("")
    log_out(page)
    page.locator(".o_notification").first.wait_for()
    page.keyboard.press("Escape")
    assert "Kept." in page.locator(EDITOR).inner_text()
    page.locator(".o_field_widget[name=name] textarea").first.fill("Offer")
    log_out(page)
    page.wait_for_selector("input[name=password]")
    wait_for_discussion(page, site, contact, "Kept.")


def test_logging_out_of_what_is_saved_asks_and_saves_nothing(site):
    contact = site.run(MAKE)
    page = open_contact(site, contact)
    saved = []
    page.on("request", lambda request: "web_save" in request.url and saved.append(1))
    log_out(page)
    page.wait_for_selector("input[name=password]")
    assert not saved


def test_a_draft_that_is_thrown_away_is_gone(site):
    """33."""
    contact = site.run(MAKE)
    page = open_contact(site, contact)
    type_at_the_end(page, " Thrown.")
    expire_session(page)
    save(page)
    page.locator(".modal .btn-primary").click()
    log_in_again(page, "aino")
    page.locator(f"{DRAFT} button", has_text="Hylkää teksti").click()
    assert page.evaluate(STORED) == []
    assert "Thrown." not in discussion(site, contact)
    site.errors[:] = [e for e in site.errors if "Session" not in e]


def test_what_closing_the_page_saved_is_not_offered_again(site):
    """33."""
    contact = site.run(MAKE)
    page = open_contact(site, contact)
    type_at_the_end(page, " Typed and closed.")
    page.locator(".o_field_widget[name=duration] input").fill("9 h")
    page.keyboard.press("Tab")
    page.locator(".modal .btn-primary").click()
    page.locator(".modal").wait_for(state="detached")
    page.goto(f"{site.url}/odoo/kontakti")
    page.wait_for_selector(TASK_LIST)
    assert len(page.evaluate(STORED)) == 1
    page.goto(f"{site.url}/odoo/contact-events/{contact}")
    page.locator(EDITOR, has_text="Typed and closed.").wait_for()
    eventually(page, lambda: page.evaluate(STORED), [])
    page.wait_for_timeout(500)
    assert page.locator(DRAFT).count() == 0


def test_the_time_used_is_typed_as_people_write_it(site):
    """34."""
    contact = site.run(MAKE)
    page = open_contact(site, contact)
    field = page.locator(".o_field_widget[name=duration] input")
    for typed, shown in (("12", "0:12"), ("1 h 30", "1:30"), ("0.12", "0:12")):
        field.fill(typed)
        page.keyboard.press("Tab")
        expect(field).to_have_value(shown)
    page.locator(".o_field_widget[name=duration] button", has_text="15").click()
    expect(field).to_have_value("0:15")
    field.fill("9 h")
    page.keyboard.press("Tab")
    page.locator(".modal .btn-secondary").click()
    page.locator(".modal").wait_for(state="detached")
    expect(field).to_have_value("0:15")
    save(page)
    page.wait_for_selector(SAVED, state="attached")
    assert site.run(READ.format(id=contact))[1] == 0.25


def meet(site, contact):
    """Aino has written in what Eino has meanwhile changed, and saves."""
    page = open_contact(site, contact)
    type_at_the_end(page, " Of ten, says Aino.")
    site.run(CHANGE.format(id=contact))
    save(page)
    page.wait_for_selector(".o_kontakti_texts")
    return page


def test_two_who_edit_one_text_keep_both(site):
    """21."""
    contact = site.run(MAKE)
    page = meet(site, contact)
    assert "Eino" in page.locator(".o_kontakti_texts").inner_text()
    assert "By Friday" in page.locator(".o_kontakti_theirs").inner_text()
    assert "Of ten" in page.locator(".o_kontakti_mine").inner_text()
    assert "Of ten" not in discussion(site, contact)
    page.locator(".modal button[name=both]").click()
    page.locator(EDITOR, has_text="By Friday").wait_for()
    wait_for_discussion(page, site, contact, "By Friday", "Of ten")
    type_at_the_end(page, " And more.")
    save(page)
    page.wait_for_selector(SAVED, state="attached")
    assert page.locator(".o_kontakti_texts").count() == 0
    wait_for_discussion(page, site, contact, "And more.")


def test_going_on_writing_loses_nothing_and_asks_again(site):
    """21."""
    contact = site.run(MAKE)
    page = meet(site, contact)
    page.locator(".modal .btn-link").click()
    page.locator(".modal").wait_for(state="detached")
    assert "Of ten" in page.locator(EDITOR).inner_text()
    save(page)
    page.locator(".modal button[name=theirs]").click()
    page.locator(EDITOR, has_text="By Friday").wait_for()
    assert "Of ten" not in page.locator(EDITOR).inner_text()
    page.wait_for_selector(SAVED, state="attached")
    assert "Of ten" not in discussion(site, contact)


def test_mine_alone_is_kept_knowingly(site):
    """21."""
    contact = site.run(MAKE)
    page = meet(site, contact)
    page.locator(".modal button[name=mine]").click()
    page.wait_for_selector(SAVED, state="attached")
    assert "By Friday" not in wait_for_discussion(page, site, contact, "Of ten")


def test_leaving_is_asked_about_and_closing_the_page_keeps_both(site):
    """21, 33: there is nobody to ask when the page is closed."""
    contact = site.run(MAKE)
    page = open_contact(site, contact)
    type_at_the_end(page, " Of ten, says Aino.")
    site.run(CHANGE.format(id=contact))
    page.close(run_before_unload=True)
    other = site.page_of("eino")
    wait_for_discussion(other, site, contact, "By Friday", "Of ten")
