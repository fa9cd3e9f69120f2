"""The interface in the user's language: none of our English words is left."""

import re
from pathlib import Path

import polib
import pytest

CHECKOUT = Path(__file__).parents[2]
ADDONS = ("kontakti_contact", "kontakti_contact_links")
MAKE_CONTACT = """
import json
user = env["res.users"].search([("login", "=", {login!r})])
contacts = env["kontakti.contact"].with_user(user)
today = user._get_kontakti_today()
first = contacts.create({{
    "name": "Xyzzy", "customer_name": "Plugh Oy", "phone": "040 1234567",
    "next_date": today, "personal": True,
    "channel_id": env.ref("kontakti_contact.kontakti_channel_phone").id,
    "purpose_id": env.ref("kontakti_contact.kontakti_purpose_sales").id,
}})
first.action_follow_up()
print("JSON:" + json.dumps(first.follow_up_ids.id))
"""
# All that a person reads or hears: text, and what assistive technology speaks.
VISIBLE_TEXTS = """() => {
    const texts = [];
    const root = document.querySelector(".o_web_client");
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode.textContent);
    for (const name of ["title", "placeholder", "aria-label", "alt", "data-tooltip"]) {
        for (const el of root.querySelectorAll(`[${name}]`)) {
            texts.push(el.getAttribute(name));
        }
    }
    for (const el of root.querySelectorAll("input, textarea, option")) {
        texts.push(el.value ?? el.textContent);
    }
    return texts.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def english_words(lang):
    """The source terms that read otherwise in the language."""
    catalogue = [
        entry
        for addon in ADDONS
        for entry in polib.pofile(str(CHECKOUT / addon / "i18n" / f"{lang}.po"))
    ]
    translated = {plain(entry.msgstr) for entry in catalogue}
    return {plain(entry.msgid) for entry in catalogue} - translated


def assert_translated(page, lang, where):
    page.wait_for_timeout(500)
    left = english_words(lang) & set(page.evaluate(VISIBLE_TEXTS))
    assert not left, f"{where}: {sorted(left)}"


@pytest.mark.parametrize(("login", "lang"), [("aino", "fi"), ("sven", "sv")])
def test_no_english_is_left_on_the_screens(site, login, lang):
    contact = site.run(MAKE_CONTACT.format(login=login))
    page = site.page_of(login)
    page.goto(f"{site.url}/odoo/kontakti")
    page.wait_for_selector(".o_kontakti_task_list")
    assert_translated(page, lang, "task list")
    page.goto(f"{site.url}/odoo/contact-events/{contact}")
    page.wait_for_selector(".o_form_view .o_notebook")
    tabs = page.locator(".o_notebook .nav-link:visible")
    for tab in range(tabs.count()):
        tabs.nth(tab).click()
        assert_translated(page, lang, f"form, tab {tab}")
    page.goto(
        f"{site.url}/odoo/kontakti.contact/{contact - 1}/kontakti.contact/{contact}"
    )
    page.wait_for_selector(".o_kontakti_back")
    page.locator(".o_kontakti_links").click()
    page.locator(".o_kontakti_links_add").click()
    assert_translated(page, lang, "Links and Back")
    page.goto(f"{site.url}/odoo/contact-events")
    for view in ("list", "kanban", "calendar", "pivot", "graph", "activity"):
        page.locator(f".o_switch_view.o_{view}").click()
        page.wait_for_selector(f".o_{view}_view")
        assert_translated(page, lang, view)
    page.click(".o_searchview_dropdown_toggler")
    assert_translated(page, lang, "search menu")


def test_finnish_uses_the_words_of_the_manual(site):
    site.run(MAKE_CONTACT.format(login="aino"))
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/kontakti")
    page.wait_for_selector(".o_kontakti_task_list")
    texts = " ".join(page.evaluate(VISIBLE_TEXTS))
    for word in (
        "Tehtävälista Henkilökohtaiset Organisaatio Postituslistalla Myöhässä"
        " Vastuuhenkilö"
    ).split():
        assert word in texts
    contact = site.run(MAKE_CONTACT.format(login="aino"))
    page.goto(
        f"{site.url}/odoo/kontakti.contact/{contact - 1}/kontakti.contact/{contact}"
    )
    page.locator(".o_kontakti_back", has_text="Takaisin: Xyzzy").wait_for()
    page.locator(".o_kontakti_links", has_text="Linkit").wait_for()
    page.goto(f"{site.url}/odoo/contact-events/new")
    page.wait_for_selector(".o_form_view .o_notebook")
    page.locator(".o_field_widget[name=calendar_request]").locator(
        "input, .o_select_menu_toggler"
    ).first.click()
    page.get_by_text("Luo uusi varaus").wait_for()
    texts = " ".join(page.evaluate(VISIBLE_TEXTS))
    for word in (
        "Aihe|Asiakas|Yhteydenottaja|Vastuuhenkilö|Käytetty aika|Seuraava|Keskustelu"
        "|Toimenpiteet|Henkilökohtainen|Postituslistalla|Luo uusi kalenterimerkintä"
    ).split("|"):
        assert word in texts
