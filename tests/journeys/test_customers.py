"""The customer at a glance: whom have we forgotten, what did we say, what came of it."""

import re

import pytest
from web_site import eventually, read_contacts

MAKE = """
import json
from datetime import timedelta
from odoo import fields
aino = env["res.users"].search([("login", "=", "aino")])
env["kontakti.contact"].search([]).unlink()
partners = env["res.partner"].with_company(aino.company_id)
partners.search([("kontakti_interval_days", ">", 0)]).kontakti_interval_days = 0
partners.search([("name", "=", "Puhelias Oy")]).active = False  # of the test before
silent = partners.create([{"name": f"Hiljainen {n} Oy", "is_company": True,
    "kontakti_interval_days": 30} for n in range(6)])
now = fields.Datetime.now()
contacts = env["kontakti.contact"].with_user(aino)
old = contacts.create([{"name": f"Vanha {n}", "partner_id": partner.id,
    "date": now - timedelta(days=60 + n), "discussion": f"<p>Puhuttiin {n}</p>"}
    for n, partner in enumerate(silent)])
old.action_done()
talked = partners.create({"name": "Puhelias Oy", "is_company": True})
contacts.create([{"name": f"Soitto {n}", "partner_id": talked.id,
    "date": now - timedelta(hours=n), "duration": 0.25,
    "discussion": f"<p>Sanottu {n}</p>",
    "actions": "<p>Lupasin tarjouksen</p>" if n == 2 else False} for n in range(8)])
print("JSON:" + json.dumps({"talked": talked.id, "silent": silent.ids}))
"""
SILENT = ".o_kontakti_section_silent .o_kontakti_cell_all .o_kontakti_cell_number"
CARD = ".o_kanban_view .o_kanban_record:not(.o_kanban_ghost)"
HISTORY = ".o_kontakti_history"
WIDTHS = pytest.mark.parametrize("width, height", [(1366, 768), (390, 844)])


def wait_for_count(page, selector, count):
    for _attempt in range(120):
        if page.locator(selector).count() == count:
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{page.locator(selector).count()} of {selector}, not {count}")


def whole(text):
    """The number in a text; a count has no decimals."""
    assert re.fullmatch(r"\d[\d\s\u00a0\u202f]*", text.strip()), text
    return int(re.sub(r"\D", "", text))


def count_listed(page):
    """The number of records of a list; one that is empty has a sample, and no pager."""
    if page.locator(".o_view_sample_data").count():
        return 0
    pager = page.locator(".o_pager_limit")
    if pager.count():
        return whole(pager.inner_text())
    return page.locator(".o_list_view .o_data_row").count()


@WIDTHS
def test_silent_customers_are_planned_and_leave_the_list(site, width, height):
    made = site.run(MAKE)
    page = site.page_of("aino", width, height)
    page.goto(f"{site.url}/odoo/kontakti")
    page.wait_for_selector(SILENT)
    assert "6" in page.locator(SILENT).inner_text()
    page.locator(SILENT).click()
    row = ".o_list_view .o_data_row" if width > 400 else CARD
    page.wait_for_selector(row)
    wait_for_count(page, row, 6)
    if width > 400:
        for place in range(5):
            checkbox = (
                page.locator(row).nth(place).locator(".o_list_record_selector input")
            )
            checkbox.check()
        page.locator(".o_control_panel").get_by_role(
            "button", name="Suunnittele kontakti"
        ).click()
    else:
        for left in (5, 4, 3, 2, 1):
            page.get_by_role("button", name="Suunnittele kontakti").first.click()
            wait_for_count(page, row, left)
    wait_for_count(page, row, 1)
    of_silent = [["partner_id", "in", made["silent"]], ["state", "=", "open"]]
    planned = read_contacts(page, of_silent)
    assert len(planned) == 5
    assert {found["responsible_id"][1] for found in planned} == {"Aino"}
    assert not any(found["date"] for found in planned)
    page.locator(".o_notification button", has_text="Kumoa").last.click()
    wait_for_count(page, row, 6 if width > 400 else 2)


@WIDTHS
def test_the_history_is_read_while_logging(site, width, height):
    site.run(MAKE)
    page = site.page_of("aino", width, height)
    page.goto(f"{site.url}/odoo/kontakti-customers")
    row = ".o_data_row" if width > 400 else ".o_kanban_record"
    customer = page.locator(row, has_text="Puhelias Oy")
    customer.get_by_role("button", name="Kirjaa kontakti").click()
    page.wait_for_selector(".modal .o_form_view")
    if width < 400:
        page.locator(".modal .o_notebook .nav-link[name=history]").click()
    history = page.locator(f".modal {HISTORY}")
    history.locator(".o_kontakti_history_item").first.wait_for()
    assert "8" in history.locator("h2").inner_text()
    assert history.locator(".o_kontakti_history_item").count() == 5
    assert "Sanottu 0" in history.locator(".o_kontakti_history_item").first.inner_text()
    assert "Lupasin tarjouksen" in history.locator(".o_kontakti_promised").inner_text()
    history.locator(".o_kontakti_history_more").click()
    page.wait_for_function(
        "() => document.querySelectorAll('.o_kontakti_history_item').length === 8"
    )
    history.locator("input[type=search]").fill("sanottu 7")
    page.wait_for_function(
        "() => document.querySelectorAll('.o_kontakti_history_item').length === 1"
    )


@WIDTHS
def test_every_figure_of_the_analysis_leads_to_what_it_counts(site, width, height):
    site.run(MAKE)
    page = site.page_of("aino", width, height)
    page.goto(f"{site.url}/odoo/kontakti-analysis")
    page.wait_for_selector(".o_kontakti_figure")
    cards = page.locator(".o_kontakti_figure")
    for place in range(cards.count()):
        card = cards.nth(place)
        kind = card.get_attribute("class")
        shown = card.locator(".o_kontakti_figure_value").inner_text()
        card.click()
        # the view itself is there before its records
        page.wait_for_selector(".o_list_renderer, .o_kanban_renderer")
        counts = re.search("figure_(contacts|silent|led_to)", kind)
        if counts and width > 400:
            eventually(page, lambda: count_listed(page), whole(shown))
        if re.search("figure_(reached|new)", kind) and width > 400:
            eventually(page, page.locator(".o_group_header").count, whole(shown))
        page.go_back()
        page.wait_for_selector(".o_kontakti_figure")
