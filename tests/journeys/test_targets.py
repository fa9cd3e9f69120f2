"""T1-T17, S18 with every target addon: till, search view, Links, in real Chromium."""

import pytest
import test_links

EVERY_TARGET = True
PREPARE = """
import json
groups = ["kontakti_contact.group_kontakti_user", "point_of_sale.group_pos_user",
    "purchase.group_purchase_user"]
cashier = env["res.users"].create({
    "name": "Kassu", "login": "kassu", "password": "kassukassu", "lang": "fi_FI",
    "tz": "Europe/Helsinki", "email": "kassu@kontakti.example", "tour_enabled": False,
    "group_ids": [(6, 0, [env.ref(name).id for name in groups])],
})
journal = env["account.journal"].search([("type", "=", "bank")], limit=1)
method = env["pos.payment.method"].create({"name": "Card", "journal_id": journal.id})
till = env["pos.config"].create({"name": "Shop", "payment_method_ids": method.ids})
till.with_user(cashier).open_ui()
till.current_session_id.with_user(cashier).set_opening_control(0, None)
env["product.product"].create(
    {"name": "Kirves", "list_price": 40, "available_in_pos": True})
customer, other = env["res.partner"].create([{"name": "Kivi Oy"}, {"name": "Other"}])
contact = env["kontakti.contact"].with_user(cashier).create(
    {"name": "Spring offer", "partner_id": customer.id})
env["purchase.order"].create([{"partner_id": customer.id}, {"partner_id": other.id}])
print("JSON:" + json.dumps([till.id, contact.id]))
"""
MENU = ".o_kontakti_applications:visible"
UNLOCK = ".open-register-btn"
TAB = ".floating-order-container"
CUSTOMER = ".set-partner"
# a list, a form that is not the contact event's, or the dialog of the message
OPENED = ", ".join(
    [
        ".modal .o_form_view",
        ".o_action_manager .o_list_view",
        ".o_action_manager .o_kanban_view",
        ".o_action_manager .o_form_view:not(:has(.o_kontakti_applications))",
    ]
)
NOT_A_SALESPERSONS = {
    "invoice",
    "pos",
    "vendor_bill",
    "purchase_order",
    "rfq",
    "purchase_proposal",
    "freight",
    "project",
    "service",
    "production",
    "payroll",
}


@pytest.fixture(scope="module")
def made(served):
    return served.run(PREPARE)


@pytest.fixture(scope="module")
def linked(served):
    return served.run(test_links.PREPARE)


def open_contact(site, made):
    page = site.page_of("kassu")
    page.goto(f"{site.url}/odoo/contact-events/{made[1]}")
    page.wait_for_selector(MENU)
    return page


def choose(page, application):
    page.locator(MENU).click()
    page.locator(f"[data-application={application}]").click()


def test_the_till_opens_with_the_customers_order(site, made):
    """T2."""
    page = open_contact(site, made)
    choose(page, "pos")
    page.wait_for_url(f"**/pos/ui/{made[0]}**")
    page.locator(UNLOCK).click()
    page.locator(TAB, has_text="Kivi Oy").wait_for()
    page.locator(CUSTOMER, has_text="Kivi Oy").wait_for()


def test_choosing_the_till_again_leads_to_the_same_order(site, made):
    """C49: each click made another empty draft."""
    for _again in range(2):
        page = open_contact(site, made)
        choose(page, "pos")
        page.wait_for_url(f"**/pos/ui/{made[0]}**")
    orders = site.run(f"""
contact = env["kontakti.contact"].browse({made[1]})
print("JSON:%s" % env["pos.order"].search_count(
    [("partner_id", "=", contact.partner_id.id)]))
""")
    assert orders == 1


def test_an_order_made_meanwhile_shows_in_a_till_that_is_open(site, made):
    """T2: the cashier need not reload."""
    till = site.page_of("kassu")
    till.goto(f"{site.url}/pos/ui/{made[0]}")
    till.locator(UNLOCK).click()
    till.wait_for_selector(CUSTOMER)
    till.wait_for_timeout(2000)
    site.run("""
customer = env["res.partner"].create({"name": "Later Oy"})
user = env["res.users"].search([("login", "=", "kassu")])
contact = env["kontakti.contact"].with_user(user).create(
    {"name": "Later", "partner_id": customer.id})
contact.open_application("pos")
""")
    till.locator(TAB, has_text="Later Oy").click()
    till.locator(CUSTOMER, has_text="Later Oy").wait_for()


def test_an_abandoned_order_closes_with_the_till_and_the_message_opens_it_again(
    site, made
):
    """A4, C49: the session closes beside empty drafts; a closed till is no dead end."""
    closed = site.run(f"""
env["pos.order"].search([("lines", "!=", False)]).state = "cancel"
user = env["res.users"].search([("login", "=", "kassu")])
session = env["pos.config"].browse({made[0]}).current_session_id.with_user(user)
print("JSON:%d" % session.close_session_from_ui()["successful"])
env.cr.commit()
""")
    assert closed == 1
    page = open_contact(site, made)
    choose(page, "pos")
    dialog = page.locator(".modal", has_text="Avaa ensin kassa")
    dialog.locator("button", has_text="Avaa kassa").click()
    page.wait_for_url(f"**/pos/ui/{made[0]}**")
    page.locator("div.pos").wait_for()


def test_a_salesperson_of_the_own_documents_opens_whatever_the_menu_shows(site, made):
    """C48: Production failed, Freight had rows that failed, bills led to no menu."""
    page = site.page_of("aino")
    address = f"{site.url}/odoo/contact-events/{made[1]}"
    page.goto(address)
    page.locator(MENU).click()
    page.wait_for_selector("[data-application]")
    shown = page.eval_on_selector_all(
        "[data-application]", "items => items.map((item) => item.dataset.application)"
    )
    assert {"quotation", "sale_order", "calendar-entry", "message"} <= set(shown)
    assert not NOT_A_SALESPERSONS & set(shown)
    for application in shown:
        page.goto(address)
        page.wait_for_selector(MENU)
        choose(page, application)
        page.locator(OPENED).first.wait_for()
        page.wait_for_timeout(1000)
        assert page.locator(".o_error_dialog, .o_notification").count() == 0


def test_a_search_view_has_the_customer_as_a_facet_one_can_remove(site, made):
    """T6: nothing is created, and removing the facet shows the rest."""
    page = open_contact(site, made)
    choose(page, "purchase_order")
    facet = page.locator(".o_searchview_facet", has_text="Kivi Oy")
    facet.wait_for()
    page.locator(".o_breadcrumb", has_text="Spring offer").wait_for()
    assert page.locator(".o_data_row", has_text="Other").count() == 0
    facet.locator(".o_facet_remove").click()
    facet.wait_for(state="detached")


def test_links_of_a_project(site, linked):
    """S18: no glue, the project addon knows nothing of Links."""
    desk = test_links.Desk(site, linked)
    [project] = linked["projects"]
    waited = ".o_form_view .o_field_widget[name=date_start]"
    test_links.add_open_and_remove(
        desk, lambda: desk.go("project.project", project), waited
    )
