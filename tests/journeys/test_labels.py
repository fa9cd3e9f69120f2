"""S4, S10: from chosen contact events to a printed sheet of labels, in real Chromium."""

import io

import pypdfium2
import pytest
from pypdf import PdfReader
from test_accessibility import violations
from web_site import eventually

PREPARE = """
import json
aino = env["res.users"].search([("login", "=", "aino")])
env.company.country_id = env.ref("base.fi")
customer = env["res.partner"].create({"name": "Kivi Oy", "is_company": True,
    "street": "Kivikatu 1", "zip": "20100", "city": "Turku"})
contacts = env["kontakti.contact"].with_user(aino).create([
    {"name": "Aa", "partner_id": customer.id, "contact_person": "Åke Öhman"},
    {"name": "Bb", "customer_name": "Ääni <i>Oy</i>", "street": "Katu 2",
     "zip": "00100", "city": "Helsinki"},
    {"name": "Cc", "customer_name": "Osoitteeton Oy"},
    {"name": "Dd", "customer_name": "Muu Oy", "street": "Katu 4", "zip": "00200",
     "city": "Helsinki", "mailing_list": True},
])
print("JSON:" + json.dumps(contacts.ids))
"""
FORGET = """
env["ir.default"].search([("field_id.model", "=", "kontakti.label.print")]).unlink()
env.cr.commit()
env.registry.signal_changes()
"""
LIST = ".o_list_view .o_data_row"
PREVIEW = ".o_kontakti_label_sheet"
LINES = f"{PREVIEW} text:not(.o_kontakti_label_number)"
PLACES = ".o_kontakti_label_places"
SKIPPED = ".o_kontakti_label_skipped"
PRINT = "button[name=action_print]:visible"
NOTIFICATION = ".o_notification"
DOTS_IN_MM = 4


@pytest.fixture(scope="module")
def made(served):
    return served.run(PREPARE)


@pytest.fixture
def page(site, made):
    return site.page_of("aino")


def choose(page, site, names):
    """Mark contact events in the list and open its Action menu."""
    page.goto(f"{site.url}/odoo/contact-events")
    page.wait_for_selector(LIST)
    for name in names:
        row = page.locator(LIST, has=page.get_by_text(name, exact=True))
        row.locator(".o_list_record_selector input").check()
    page.locator(".o_cp_action_menus button:has(.fa-cog)").click()


def open_labels(page, site, names):
    choose(page, site, names)
    page.get_by_role("menuitem", name="Tulosta osoitetarrat").click()
    page.wait_for_selector(PREVIEW)


def printed(page, press):
    """Return the PDF that opens in a new tab."""
    with page.context.expect_page() as opened:
        press()
    opened.value.wait_for_url("**/labels.pdf")
    return page.request.get(opened.value.url).body()


def ink(content):
    """Return whether there is ink at (left, top, right, bottom) of the first page."""
    page = pypdfium2.PdfDocument(content)[0]
    picture = page.render(scale=DOTS_IN_MM * 25.4 / 72).to_pil().convert("L")

    def is_inked(*box):
        darkest, _lightest = picture.crop([DOTS_IN_MM * mm for mm in box]).getextrema()
        return darkest < 128

    return is_inked


def test_chosen_contacts_are_previewed_and_printed_from_the_label_picked(page, site):
    open_labels(page, site, ["Aa", "Bb", "Cc"])
    shown = page.locator(LINES).all_text_contents()
    assert shown == [
        *("Ääni <i>Oy</i>", "Katu 2", "00100 Helsinki"),
        *("Kivi Oy", "Åke Öhman", "Kivikatu 1", "20100 Turku"),
    ]
    sheet = page.locator(".o_field_widget[name=format_id] input")
    sheet.fill("3474")
    page.locator(".o-autocomplete--dropdown-item", has_text="3474").first.click()
    page.get_by_role("radio", name="Tarra 5/24").check(force=True)
    page.wait_for_function(
        "() => document.querySelector('.o_kontakti_label_sheet rect').getAttribute('y')"
        " === '37.5'"
    )
    content = printed(page, page.locator(PRINT).click)
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    assert [line.strip() for line in pages[0].extract_text().splitlines()] == shown
    is_inked = ink(content)
    assert is_inked(75, 38, 135, 74), "label 5"
    assert is_inked(145, 38, 205, 74), "label 6"
    assert not is_inked(0, 0, 210, 37), "the labels used before"
    assert not is_inked(0, 38, 70, 297), "label 4 and below"
    assert not is_inked(70, 75, 210, 297), "below"


def test_who_got_no_label_is_listed_and_opens(page, site):
    open_labels(page, site, ["Aa", "Cc"])
    assert "Tulostamatta jää: 1" in page.locator(SKIPPED).inner_text()
    page.locator(SKIPPED).get_by_role("button", name="Osoitteeton Oy").click()
    page.wait_for_selector(".o_form_view .o_notebook")
    assert page.locator(".o_field_widget[name=name] :is(input, textarea)").first
    page.locator(".breadcrumb-item a, .o_back_button").last.click()
    page.wait_for_selector(PREVIEW)
    assert page.locator(LINES).count() == 4


def test_f5_keeps_what_was_chosen(page, site):
    open_labels(page, site, ["Bb"])
    page.reload()
    page.wait_for_selector(PREVIEW)
    assert page.locator(LINES).count() == 3


def test_the_first_label_is_picked_by_keyboard(page, site):
    site.run(FORGET)
    open_labels(page, site, ["Bb"])
    page.locator(f"{PLACES} input:checked").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.locator(".o_kontakti_label_place [aria-live]", has_text=": 3/").wait_for()
    page.wait_for_function(
        "() => document.querySelector('.o_kontakti_label_places input:checked')"
        ".value === '3'"
    )
    checked = page.locator(f"{PLACES} input:checked")
    assert checked.get_attribute("aria-label").startswith("Tarra 3/")


def test_the_task_list_s_row_prints_the_mailing_list(page, site):
    page.goto(f"{site.url}/odoo/kontakti")
    page.locator(".o_kontakti_print_labels").click()
    page.wait_for_selector(PREVIEW)
    assert page.locator(LINES).all_text_contents()[0] == "Muu Oy"


def test_putting_on_the_mailing_list_can_be_undone(page, site):
    count = "() => odoo.__WOWL_DEBUG__.root.env.services.orm.searchCount("
    count += "'kontakti.contact', [['mailing_list', '=', true]])"
    choose(page, site, ["Aa", "Dd"])
    page.get_by_role("menuitem", name="Lisää postituslistalle").click()
    page.locator(NOTIFICATION, has_text="Lisätty postituslistalle: 1.").wait_for()
    assert page.evaluate(count) == 2
    page.locator(NOTIFICATION).get_by_role("button", name="Kumoa").click()
    page.locator(NOTIFICATION).wait_for(state="detached")
    eventually(page, lambda: page.evaluate(count), 1)


def test_a_long_pdf_shows_how_far_it_is_and_opens(page, site):
    """2,101 labels: two parts."""
    site.run(
        'env["kontakti.contact"].create([{"name": "Many", "customer_name": f"M{n}",'
        ' "street": f"Katu {n}", "zip": "33100", "city": "Tampere",'
        ' "mailing_list": True, "date": "2020-01-01 10:00:00"} for n in range(2100)])'
    )
    page.goto(f"{site.url}/odoo/kontakti")
    page.locator(".o_kontakti_print_labels").click()
    page.wait_for_selector(PREVIEW)
    page.locator(PRINT).click()
    page.locator(".modal [role=progressbar]").wait_for()
    link = page.locator(".o_kontakti_open_labels")
    link.wait_for()
    places = page.locator(f"{PLACES} input").count()
    pages = PdfReader(io.BytesIO(printed(page, link.click))).pages
    assert len(pages) == -(-2101 // places)


def test_the_labels_fit_a_phone(site, made):
    page = site.page_of("aino", width=390, height=844)
    page.goto(f"{site.url}/odoo/kontakti")
    page.locator(".o_kontakti_print_labels").click()
    page.wait_for_selector(PREVIEW)
    wide = page.evaluate(
        "() => [...document.querySelectorAll('.o_action_manager, .o_content')]"
        ".some((el) => el.scrollWidth > el.clientWidth + 1)"
    )
    assert not wide


def test_the_labels_are_accessible(site, made):
    page = site.page_of("aino", width=1366, height=844)
    open_labels(page, site, ["Aa", "Bb", "Cc"])
    page.wait_for_timeout(800)
    for part in (".o_kontakti_label_place", PREVIEW, SKIPPED):
        assert violations(page, site, part) == []
