"""S20, S35: Back leads to the form of the contact event one has come from."""

import pytest
from playwright.sync_api import expect
from web_site import search_for

PREPARE = """
import json
admin = env.ref("base.user_admin")
customer = env["res.partner"].create({"name": "Kivi Oy", "is_company": True})
contacts = env["kontakti.contact"].with_user(admin)
made = contacts.create([
    {"name": f"Spring offer {n}", "partner_id": customer.id} for n in range(5)])
mary = env["res.users"].search([("login", "=", "mary")])
mary.write({"group_ids": [(4, env.ref("account.group_account_invoice").id)]})
order = env["sale.order"].create({"partner_id": customer.id, "user_id": mary.id})
print("JSON:" + json.dumps({"customer": customer.id, "contacts": made.ids,
                            "order": order.id}))
"""
APPLICATIONS = ".o_kontakti_applications:visible"
BACK = ".o_kontakti_back button"
CONTACTS = ".o_list_view .o_data_cell[name=channel_id]"
ORDERS = ".o_list_view .o_data_cell[name=amount_total]"
NEW_EVENT = ".o_form_view .o_field_widget[name=partner_ids]"
NEW_ORDER = ".o_form_view .o_field_widget[name=order_line]"
SUBJECT = ".o_form_view .o_field_widget[name=name] :is(input, textarea)"
PARTNER = ".o_form_view:has([name=child_ids]) [name=name] :is(input, textarea)"
TITLE = ".o_form_view .o_field_widget[name=name] :is(input, textarea)"
REFERENCE = ".o_field_widget[name=client_order_ref] input"
TAB = ".o_notebook .nav-link.active"


@pytest.fixture(scope="module")
def made(served):
    return served.run(PREPARE)


class Desk:
    """A page, and what one does on it."""

    def __init__(self, site, made, login="mary", **size):
        self.site, self.made = site, made
        self.page = site.page_of(login, **size)

    def go(self, path, waited):
        self.page.goto(self.site.url + path)
        self.page.wait_for_selector(waited)

    def call(self, model, method, *args):
        return self.page.evaluate(
            "([model, method, args]) =>"
            " odoo.__WOWL_DEBUG__.root.env.services.orm.call(model, method, args)",
            [model, method, list(args)],
        )

    def do_action(self, action):
        self.page.evaluate(
            "(action) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(action)",
            action,
        )

    def open_record(self, model, res_id, waited):
        action = {"type": "ir.actions.act_window", "res_model": model, "res_id": res_id}
        self.do_action({**action, "views": [[False, "form"]]})
        self.page.wait_for_selector(waited)

    def open_contact(self, name="Spring offer 3"):
        """By the list and its search, on a tab of its own choice."""
        self.go("/odoo/contact-events", CONTACTS)
        search_for(self.page, "Spring")
        self.page.locator(".o_data_row", has_text=name).locator("td[name=name]").click()
        self.page.wait_for_selector(APPLICATIONS)
        self.page.locator(".o_notebook .nav-link").nth(1).click()
        self.page.wait_for_timeout(200)
        self.tab = self.page.locator(TAB).inner_text()

    def open_application(self, code, waited):
        self.page.locator(APPLICATIONS).click()
        self.page.locator(f"[data-application={code}]").click()
        self.page.wait_for_selector(waited)

    def reload(self, waited):
        self.page.wait_for_timeout(300)
        self.page.reload()
        self.page.wait_for_selector(waited)

    def back(self, name="Spring offer 3"):
        self.page.locator(f"{BACK}[title$=': {name}']").click()

    def save(self):
        self.page.locator(".o_form_button_save:visible").click()
        self.page.locator(".o_form_button_save:visible").wait_for(state="detached")

    def select_sales(self):
        self.page.locator(".o_navbar_apps_menu button").click()
        self.page.locator("[data-menu-xmlid='sale.sale_menu_root']").click()
        self.page.wait_for_selector(ORDERS)

    def assert_no_back(self):
        self.page.wait_for_timeout(800)
        assert self.page.locator(BACK).count() == 0

    def assert_at_contact(self, name="Spring offer 3", whole=True):
        self.page.wait_for_selector(APPLICATIONS)
        expect(self.page.locator(SUBJECT).first).to_have_value(name)
        if whole:
            assert self.page.locator(TAB).inner_text() == self.tab
            assert "/" in self.page.locator(".o_cp_pager").inner_text()
        self.page.locator(BACK).wait_for(state="detached")


@pytest.fixture
def desk(site, made):
    return Desk(site, made)


def test_back_from_an_invoice_leads_to_the_contact_event_as_it_was(desk):
    """S20: its tab, its pager and the search behind it."""
    desk.open_contact()
    assert desk.page.locator(BACK).count() == 0
    desk.open_application("invoice", ".o_field_widget[name=invoice_line_ids]")
    desk.back()
    desk.assert_at_contact()
    desk.page.locator(".breadcrumb-item a").last.click()
    desk.page.locator(".o_facet_values", has_text="Spring").wait_for()
    assert desk.page.locator(BACK).count() == 0


def test_back_is_offered_at_any_depth_and_survives_f5(desk):
    """S20: contact event, quotation, its customer, F5."""
    desk.open_contact()
    desk.open_application("quotation", NEW_ORDER)
    desk.save()
    desk.page.locator(".o_field_widget[name=partner_id]").hover()
    desk.page.locator(".o_field_widget[name=partner_id] .o_external_button").click()
    desk.page.wait_for_selector(PARTNER)
    desk.page.locator(BACK).wait_for()
    desk.reload(PARTNER)
    desk.back()
    desk.assert_at_contact()


def test_back_survives_another_applications_menu_and_f5(desk):
    desk.open_contact()
    desk.select_sales()
    assert desk.page.locator(".breadcrumb-item").count() == 0
    desk.page.locator(BACK).wait_for()
    desk.reload(ORDERS)
    desk.back()
    desk.assert_at_contact()
    desk.page.locator(".breadcrumb-item").wait_for()
    desk.page.locator(".o_menu_brand", has_text="Kontakti").wait_for()


def test_back_survives_leaving_the_web_client(desk):
    """As the till does: another page altogether, and the server's own way back."""
    desk.open_contact()
    desk.page.goto(f"{desk.site.url}/web/health")
    desk.go("/odoo/sales", ORDERS)
    desk.back()
    desk.assert_at_contact()


@pytest.mark.parametrize(
    ("path", "waited"),
    [
        ("/odoo/contact-events", CONTACTS),
        ("/odoo/kontakti", ".o_kontakti_task_list"),
    ],
)
def test_back_is_forgotten_in_kontaktis_own_lists(desk, path, waited):
    desk.open_contact()
    desk.select_sales()
    desk.page.locator(BACK).wait_for()
    desk.go(path, waited)
    desk.assert_no_back()
    desk.go("/odoo/sales", ORDERS)
    desk.assert_no_back()


def test_back_leads_to_the_contact_event_before_the_nearest_in_turn(desk):
    desk.open_contact()
    desk.open_record("kontakti.contact", desk.made["contacts"][1], APPLICATIONS)
    desk.open_record("res.partner", desk.made["customer"], PARTNER)
    desk.back("Spring offer 1")
    desk.page.wait_for_selector(APPLICATIONS)
    desk.back()
    desk.assert_at_contact()


def test_typed_text_is_asked_about_and_not_lost(desk):
    desk.open_contact()
    desk.open_application("calendar-booking", NEW_EVENT)
    desk.page.locator(TITLE).first.fill("Visit")
    desk.back()
    desk.page.locator(".modal .btn-close").click()
    assert desk.page.locator(TITLE).first.input_value() == "Visit"
    desk.back()
    desk.page.locator(".modal .modal-footer .btn-primary").click()
    desk.assert_at_contact()
    assert desk.page.locator(".modal").count() == 0
    domain = [["name", "=", "Visit"]]
    assert desk.call("calendar.event", "search_count", domain) == 1


def test_an_edited_document_is_saved_on_the_way_back(desk):
    desk.open_contact()
    desk.open_record("sale.order", desk.made["order"], NEW_ORDER)
    desk.page.locator(".nav-link[name=other_information]").click()
    desk.page.locator(REFERENCE).fill("Typed")
    desk.back()
    desk.assert_at_contact()
    fields = ["client_order_ref"]
    [order] = desk.call("sale.order", "read", [desk.made["order"]], fields)
    assert order["client_order_ref"] == "Typed"


def test_a_document_that_cannot_be_saved_keeps_one_there(desk):
    desk.open_contact()
    desk.open_record("res.partner", desk.made["customer"], PARTNER)
    desk.page.locator(PARTNER).first.fill("")
    desk.back()
    desk.page.locator(
        ".o_notification.border-danger, .o_field_invalid"
    ).first.wait_for()
    assert desk.page.locator(PARTNER).first.is_visible()
    desk.page.locator(PARTNER).first.fill("Kivi Oy")
    desk.back()
    desk.assert_at_contact()


def make_contact(desk, name):
    [contact] = desk.call("kontakti.contact", "create", [{"name": name}])
    return contact


def test_a_deleted_contact_event_is_not_offered(desk):
    """The one before it is, if there is one."""
    desk.open_contact()
    contact = make_contact(desk, "Soon gone")
    desk.open_record("kontakti.contact", contact, APPLICATIONS)
    desk.open_record("sale.order", desk.made["order"], NEW_ORDER)
    desk.page.locator(f"{BACK}[title$='Soon gone']").wait_for()
    desk.call("kontakti.contact", "unlink", [contact])
    desk.open_record("res.partner", desk.made["customer"], PARTNER)
    desk.page.locator(f"{BACK}[title$='Spring offer 3']").wait_for()
    desk.back()
    desk.assert_at_contact()


def test_a_contact_event_that_vanishes_meanwhile_is_said_to_be_gone(desk):
    desk.go("/odoo/contact-events", CONTACTS)
    contact = make_contact(desk, "Soon gone")
    desk.open_record("kontakti.contact", contact, APPLICATIONS)
    desk.open_record("sale.order", desk.made["order"], NEW_ORDER)
    desk.page.locator(BACK).wait_for()
    desk.call("kontakti.contact", "unlink", [contact])
    desk.back("Soon gone")
    desk.page.locator(".o_notification").wait_for()
    desk.page.locator(BACK).wait_for(state="detached")
    assert desk.page.locator(NEW_ORDER).is_visible()


def test_anothers_personal_contact_event_is_not_offered_to_the_next_user(site, desk):
    """Who logs in to the same tab afterwards learns nothing."""
    desk.go("/odoo/contact-events", CONTACTS)
    [contact] = desk.call(
        "kontakti.contact", "create", [{"name": "My own", "personal": True}]
    )
    desk.open_record("kontakti.contact", contact, APPLICATIONS)
    desk.select_sales()
    desk.page.locator(BACK).wait_for()
    desk.page.goto(f"{site.url}/web/session/logout")
    desk.page.wait_for_selector("input[name=login]")
    site._log_in(desk.page, "eino")
    desk.go("/odoo/sales", ".o_view_controller")
    desk.assert_no_back()


def test_the_browsers_own_back_and_forward(desk):
    """They open the form anew, which Back then takes for as it was left."""
    desk.open_contact()
    desk.open_record("sale.order", desk.made["order"], NEW_ORDER)
    desk.page.locator(BACK).wait_for()
    desk.page.wait_for_timeout(300)
    desk.page.go_back()
    desk.page.wait_for_selector(APPLICATIONS)
    desk.page.locator(BACK).wait_for(state="detached")
    desk.page.go_forward()
    desk.page.wait_for_selector(NEW_ORDER)
    desk.back()
    desk.assert_at_contact(whole=False)


def test_each_tab_has_its_own_way_back(desk, site):
    desk.open_contact()
    desk.open_record("sale.order", desk.made["order"], NEW_ORDER)
    second = Desk.__new__(Desk)
    second.site, second.made = site, desk.made
    second.page = desk.page.context.new_page()
    second.go("/odoo/sales", ORDERS)
    second.assert_no_back()
    second.open_record("kontakti.contact", desk.made["contacts"][0], APPLICATIONS)
    second.open_record("sale.order", desk.made["order"], NEW_ORDER)
    second.reload(NEW_ORDER)
    desk.reload(NEW_ORDER)
    second.back("Spring offer 0")
    second.assert_at_contact("Spring offer 0", whole=False)
    desk.back()
    desk.assert_at_contact()


def test_a_dialog_is_no_step(desk):
    desk.open_contact()
    desk.open_application("message", ".modal .o_mail_composer_form_view")
    desk.assert_no_back()


def test_a_new_tab_of_a_stacked_address_leads_to_its_contact_event(desk):
    contact, order = desk.made["contacts"][2], desk.made["order"]
    desk.go(f"/odoo/kontakti.contact/{contact}/sale.order/{order}", NEW_ORDER)
    desk.back("Spring offer 2")
    desk.assert_at_contact("Spring offer 2", whole=False)


def test_on_a_phone_it_is_an_icon_with_a_name(site, made):
    desk = Desk(site, made, width=390, height=844)
    contact, order = made["contacts"][2], made["order"]
    desk.go(f"/odoo/kontakti.contact/{contact}/sale.order/{order}", NEW_ORDER)
    button = desk.page.get_by_role("menuitem", name=": Spring offer 2")
    button.wait_for()
    box = button.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["width"] < 60
    desk.back("Spring offer 2")
    desk.assert_at_contact("Spring offer 2", whole=False)


def test_it_has_a_key(desk):
    desk.open_contact()
    desk.open_record("sale.order", desk.made["order"], NEW_ORDER)
    desk.page.locator(BACK).wait_for()
    desk.page.keyboard.press("Alt+Shift+B")
    desk.assert_at_contact()
