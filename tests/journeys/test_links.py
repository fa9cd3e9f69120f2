"""S18, S23, S36: the Links menu of contact events and sales orders."""

import re

import pytest
from test_accessibility import violations
from web_site import search_for

PREPARE = """
import json
mary = env["res.users"].search([("login", "=", "mary")])
contacts = env["kontakti.contact"].with_user(mary).with_context(tracking_disable=True)
customer = env["res.partner"].create({"name": "Kivi Oy", "is_company": True})
made = contacts.create([
    {"name": f"Spring offer {n}", "partner_id": customer.id} for n in range(3)])
made[0].message_post(body="Terveisin Mary", subject="Our offer", message_type="comment")
orders = env["sale.order"].create([
    {"partner_id": customer.id, "user_id": mary.id} for n in range(2)])
links = env["kontakti.link"].with_user(mary)
links.link(made[0], orders[0].with_user(mary))
links.link(made[0], made[0].message_ids[0])
if "project.project" in env:
    mary.group_ids += env.ref("project.group_project_manager")
    projects = env["project.project"].create({"name": "New roof"})
print("JSON:" + json.dumps({"contacts": made.ids, "orders": orders.ids,
    "names": orders.mapped("name"),
    "projects": projects.ids if "project.project" in env else []}))
"""
LINKS = ".o_control_panel .o_kontakti_links"
COUNT = f"{LINKS} .o_kontakti_links_count"
MENU = ".o_kontakti_links_menu"
APPLICATIONS = ".o_kontakti_applications:visible"
BACK = ".o_kontakti_back button"
ORDER = ".o_form_view .o_field_widget[name=order_line]"
PROJECT = ".o_form_view .o_field_widget[name=task_properties_definition], .o_form_view"
REFERENCE = ".o_field_widget[name=client_order_ref] input"

NAME_OF_TWO = re.compile("^(Links|Linkit) 2$")
# Odoo's Dropdown puts it on every item of every menu of the web client.
WITHOUT_ODOOS_OWN = """() => {
    for (const item of document.querySelectorAll("[role=menuitem][aria-selected]")) {
        item.removeAttribute("aria-selected");
    }
}"""


@pytest.fixture(scope="module")
def made(served):
    return served.run(PREPARE)


class Desk:
    """A page, and what one does on it."""

    def __init__(self, site, made, login="mary", **size):
        self.site, self.made = site, made
        self.page = site.page_of(login, **size)

    def go(self, model, res_id):
        self.page.goto(f"{self.site.url}/odoo/{model}/{res_id}")
        self.page.wait_for_selector(".o_form_view .o_field_widget")

    def go_to_contact(self, index=0):
        self.go("kontakti.contact", self.made["contacts"][index])

    def go_to_order(self, index=0):
        self.go("sale.order", self.made["orders"][index])

    def wait_for_count(self, count):
        self.page.locator(COUNT, has_text=str(count)).wait_for()

    def open_menu(self):
        self.page.locator(COUNT).wait_for()
        self.page.locator(LINKS).click()
        self.page.wait_for_selector(MENU)

    def row(self, name):
        return self.page.locator(f"{MENU} .o_kontakti_link", has_text=name)

    def choose(self, model, text):
        """Add a link: application, search, and the record found."""
        self.page.locator(f"{MENU} .o_kontakti_links_add").click()
        self.page.locator(f"{MENU} [data-model='{model}']").click()
        search_for(self.page, text, within=".modal")
        self.page.locator(".modal .o_data_row", has_text=text).locator(
            "td.o_data_cell"
        ).first.click()
        self.page.locator(".modal").wait_for(state="detached")

    def remove(self, name):
        self.row(name).locator(".o_kontakti_link_remove").click()

    def undo(self):
        self.page.locator(".o_notification_buttons button").click()


@pytest.fixture
def desk(site, made):
    return Desk(site, made)


def add_open_and_remove(desk, go, waited):
    """The same on any form: a contact event is linked, opened, removed, and undone."""
    go()
    desk.wait_for_count(0)
    desk.open_menu()
    desk.page.locator(f"{MENU} .o_kontakti_links_empty").wait_for()
    desk.choose("kontakti.contact", "Spring offer 2")
    desk.wait_for_count(1)
    desk.open_menu()
    desk.row("Spring offer 2").locator(".o_kontakti_link_open").click()
    desk.page.wait_for_selector(APPLICATIONS)
    desk.wait_for_count(1)
    desk.page.locator(".breadcrumb-item a").last.click()
    desk.page.locator(APPLICATIONS).wait_for(state="detached")
    desk.page.wait_for_selector(waited)
    desk.open_menu()
    desk.remove("Spring offer 2")
    desk.wait_for_count(0)
    desk.undo()
    desk.wait_for_count(1)
    desk.page.reload()
    desk.wait_for_count(1)
    desk.open_menu()
    desk.remove("Spring offer 2")
    desk.page.locator(".o_notification").wait_for()
    desk.page.reload()
    desk.wait_for_count(0)


def test_links_of_a_sales_order(desk):
    add_open_and_remove(desk, lambda: desk.go_to_order(1), ORDER)


def test_one_small_call_a_record_shown_and_the_rest_when_the_menu_opens(desk):
    """The number alone is asked for a record, by the pager too."""
    calls = []
    desk.page.on(
        "request",
        lambda request: "get_links" in request.url and calls.append(request.url),
    )
    desk.page.goto(f"{desk.site.url}/odoo/contact-events")
    desk.page.locator(".o_data_row", has_text="Spring offer 2").locator(
        "td[name=name]"
    ).click()
    desk.wait_for_count(0)
    assert [call.rpartition("/")[2] for call in calls] == ["get_links_count"]
    desk.open_menu()
    desk.page.keyboard.press("Escape")
    assert [call.rpartition("/")[2] for call in calls[1:]] == ["get_links_menu"]
    desk.page.locator(".o_pager_next").click()
    desk.page.locator(".o_last_breadcrumb_item", has_text="Spring offer 1").wait_for()
    desk.page.wait_for_timeout(800)
    assert [call.rpartition("/")[2] for call in calls[2:]] == ["get_links_count"]


def test_what_is_registered_from_a_contact_event_is_linked_at_once(desk):
    """S18: also seen from the document."""
    desk.go_to_contact(1)
    desk.wait_for_count(0)
    desk.page.locator(APPLICATIONS).click()
    desk.page.locator("[data-application=quotation]").click()
    desk.page.wait_for_selector(ORDER)
    assert desk.page.locator(LINKS).count() == 0
    desk.page.locator(".o_form_button_save:visible").click()
    desk.wait_for_count(1)
    desk.page.locator(BACK).click()
    desk.page.wait_for_selector(APPLICATIONS)
    desk.wait_for_count(1)


def test_a_link_opened_in_a_new_tab_leads_back_to_the_contact_event(desk):
    desk.go_to_contact()
    desk.open_menu()
    link = desk.row(desk.made["names"][0]).locator(".o_kontakti_link_open")
    with desk.page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    tab = opened.value
    tab.wait_for_selector(ORDER)
    tab.locator(BACK).wait_for()
    assert tab.locator(BACK).get_attribute("title").endswith(": Spring offer 0")
    tab.locator(BACK).click()
    tab.wait_for_selector(APPLICATIONS)
    assert desk.page.locator(APPLICATIONS).is_visible()


def test_a_linked_message_is_read_in_a_dialog(desk):
    desk.go_to_contact()
    desk.open_menu()
    row = desk.page.locator(f"{MENU} [data-link^='mail.message,']")
    row.click()
    desk.page.locator(".modal .o_kontakti_message").wait_for()
    text = desk.page.locator(".modal").inner_text()
    for word in ("Our offer", "Mary", "Terveisin Mary"):
        assert word in text
    assert violations(desk.page, desk.site, ".modal .o_kontakti_message") == []


def test_unsaved_edits_are_saved_when_a_link_is_opened(desk):
    desk.go_to_order()
    desk.page.locator(".nav-link[name=other_information]").click()
    desk.page.locator(REFERENCE).fill("Typed")
    desk.open_menu()
    desk.row("Spring offer 0").locator(".o_kontakti_link_open").click()
    desk.page.wait_for_selector(APPLICATIONS)
    read = desk.site.run(
        "import json\n"
        f"order = env['sale.order'].browse({desk.made['orders'][0]})\n"
        "print('JSON:' + json.dumps(order.client_order_ref))"
    )
    assert read == "Typed"


def test_the_menu_by_keyboard_alone(desk):
    desk.go_to_order()
    desk.wait_for_count(1)
    desk.page.keyboard.press("Alt+Shift+K")
    desk.page.wait_for_selector(MENU)
    focused = "() => document.activeElement.className"
    for _step in range(6):
        if "o_kontakti_link_remove" in desk.page.evaluate(focused):
            break
        desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.wait_for_count(0)
    desk.page.wait_for_function(
        "() => document.activeElement.matches('.o_kontakti_links_add')"
    )
    desk.undo()
    desk.wait_for_count(1)


def test_who_has_no_right_to_kontakti_sees_no_menu(site, made):
    page = site.page_of("ulla")
    page.goto(f"{site.url}/odoo/res.partner/{site.run(OWN_PARTNER)}")
    page.wait_for_selector(".o_form_view .o_field_widget")
    page.wait_for_timeout(800)
    assert page.locator(LINKS).count() == 0


OWN_PARTNER = """
user = env["res.users"].search([("login", "=", "ulla")])
print(f"JSON:{user.partner_id.id}")
"""


def test_the_menu_fits_a_phone(site, made):
    desk = Desk(site, made, width=390, height=844, has_touch=True)
    desk.go_to_contact()
    desk.wait_for_count(2)
    box = desk.page.get_by_role("button", name=NAME_OF_TWO).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    desk.page.locator(LINKS).click()
    desk.row(made["names"][0]).wait_for()
    desk.page.wait_for_timeout(1500)  # the sheet slides in; scrolled then, it closes
    wide = desk.page.locator(MENU).evaluate("(el) => el.scrollWidth > el.clientWidth")
    assert not wide
    desk.row(made["names"][0]).locator(".o_kontakti_link_open").click()
    desk.page.wait_for_selector(ORDER)
    desk.page.locator(BACK).click()
    desk.page.wait_for_selector(APPLICATIONS)


def test_menu_and_button_are_accessible(site, made):
    desk = Desk(site, made)
    contact, order = made["contacts"][0], made["orders"][0]
    desk.go(f"kontakti.contact/{contact}/sale.order", order)
    desk.page.locator(BACK).wait_for()
    desk.open_menu()
    desk.page.locator(f"{MENU} .o_kontakti_links_add").click()
    desk.page.wait_for_timeout(300)
    desk.page.evaluate(WITHOUT_ODOOS_OWN)
    for selector in (MENU, LINKS, BACK):
        assert violations(desk.page, site, selector) == []
