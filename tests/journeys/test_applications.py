"""S15-S21, S28-S34: from a contact event to other applications, in real Chromium."""

import pytest

PREPARE = """
import json
env["res.users"].create({
    "name": "Kaisa", "login": "kaisa", "password": "kaisakaisa", "lang": "en_US",
    "tz": "Europe/Helsinki", "email": "kaisa@kontakti.example", "tour_enabled": False,
    "group_ids": [(6, 0, env.ref("kontakti_contact.group_kontakti_user").ids)],
})
customer = env["res.partner"].create({"name": "Kivi Oy", "is_company": True,
    "phone": "+358 40 7654321", "email": "info@kivi.example", "street": "Katu 1"})
contacts = env["kontakti.contact"].with_user(env.ref("base.user_admin"))
print("JSON:" + json.dumps([customer.id, contacts.create(
    {"name": "Spring offer", "partner_id": customer.id, "actions": "<p>Call</p>"}).id]))
"""
MENU = ".o_kontakti_applications:visible"
NEW_ORDER = ".o_form_view .o_field_widget[name=order_line]"
NEW_EVENT = ".o_form_view .o_field_widget[name=partner_ids]"
REFERENCE = ".o_field_widget[name=client_order_ref] input"
TITLE = ".o_field_widget[name=name] :is(input, textarea)"
HIDE_TAB = """() => {
    for (const state of ["hidden", "visible"]) {
        Object.defineProperty(document, "visibilityState",
            {configurable: true, get: () => state});
        document.dispatchEvent(new Event("visibilitychange"));
    }
}"""


@pytest.fixture(scope="module")
def made(served):
    return served.run(PREPARE)


class Desk:
    """A page on the contact event, and what is in the database, asked from the page."""

    def __init__(self, site, made, login="aino", **size):
        self.site, (self.customer, self.contact) = site, made
        self.page = site.page_of(login, **size)
        self.dialogs = []
        self.page.goto(f"{site.url}/odoo/contact-events/{self.contact}")
        self.page.wait_for_selector(MENU)
        self.orders = self.ids("sale.order")
        self.events = self.ids("calendar.event")
        self.notes = self.ids("mail.message")

    def call(self, model, method, *args):
        return self.page.evaluate(
            "([model, method, args]) =>"
            " odoo.__WOWL_DEBUG__.root.env.services.orm.call(model, method, args)",
            [model, method, list(args)],
        )

    def ids(self, model):
        domain = []
        if model == "mail.message":
            domain = [
                ["model", "=", "kontakti.contact"],
                ["res_id", "=", self.contact],
                ["body", "ilike", "data-oe-model"],
            ]
        return set(self.call(model, "search", domain))

    def new_orders(self):
        return sorted(self.ids("sale.order") - self.orders)

    def new_events(self):
        return sorted(self.ids("calendar.event") - self.events)

    def new_notes(self):
        return sorted(self.ids("mail.message") - self.notes)

    def open(self, application, waited):
        self.page.locator(MENU).click()
        self.page.locator(f"[data-application={application}]").click()
        self.page.wait_for_selector(waited)

    def settle(self):
        """Give the web client the time to save what it would save."""
        self.page.wait_for_timeout(1500)

    def save(self):
        self.page.locator(".o_form_button_save:visible").click()
        self.page.locator(".o_form_button_save:visible").wait_for(state="detached")
        self.settle()

    def go_back(self):
        self.page.locator(".breadcrumb-item a, .o_back_button").last.click()

    def answer_dialogs(self, accept):
        """Answer the browser's own question, on F5 and closing, and note it."""

        def answer(dialog):
            self.dialogs.append(dialog.type)
            dialog.accept() if accept else dialog.dismiss()

        self.page.on("dialog", answer)


@pytest.fixture
def desk(site, made):
    return Desk(site, made)


def test_a_quotation_is_saved_and_registered_on_the_contact_event(desk):
    """S15, S19, T4."""
    desk.open("quotation", NEW_ORDER)
    desk.page.wait_for_selector(".o_field_widget[name=partner_id] input")
    shown = desk.page.locator(".o_field_widget[name=partner_id] input").input_value()
    assert shown == "Kivi Oy"
    assert desk.new_orders() == []
    desk.save()
    [order] = desk.new_orders()
    [values] = desk.call("sale.order", "read", [order], ["partner_id", "state"])
    assert (values["partner_id"][0], values["state"]) == (desk.customer, "draft")
    assert len(desk.new_notes()) == 1
    desk.go_back()
    desk.page.wait_for_selector(MENU)
    desk.page.locator('.o-mail-Message a[data-oe-model="sale.order"]').first.wait_for()


def test_a_sales_order_is_confirmed_and_the_next_new_one_is_ordinary(desk):
    """T5: New in the form makes a quotation that is not the contact event's."""
    desk.open("sale_order", NEW_ORDER)
    desk.save()
    [order] = desk.new_orders()
    assert desk.call("sale.order", "read", [order], ["state"])[0]["state"] == "sale"
    desk.page.locator(".o_form_button_create:visible").click()
    desk.page.wait_for_selector(".o_form_button_save:visible")
    desk.settle()
    desk.save()
    first, second = desk.new_orders()
    assert desk.call("sale.order", "read", [second], ["state"])[0]["state"] == "draft"
    assert first == order
    assert len(desk.new_notes()) == 1


def test_leaving_an_untouched_calendar_entry_leaves_nothing_behind(desk):
    """S29, S34."""
    desk.open("calendar-entry", NEW_EVENT)
    desk.settle()
    desk.go_back()
    desk.page.wait_for_selector(MENU)
    desk.settle()
    assert desk.page.locator(".modal").count() == 0
    assert (desk.new_events(), desk.new_notes()) == ([], [])


def test_leaving_a_typed_calendar_entry_asks(desk):
    """Stay, leave without saving, or save: nothing is lost in silence (S34)."""
    desk.open("calendar-booking", NEW_EVENT)
    desk.page.locator(TITLE).first.fill("Visit")
    desk.go_back()
    desk.page.locator(".modal .btn-close").click()
    assert desk.page.locator(TITLE).first.input_value() == "Visit"
    assert desk.new_events() == []
    desk.go_back()
    desk.page.locator(".modal .modal-footer .btn-secondary").click()
    desk.page.wait_for_selector(MENU)
    desk.settle()
    assert (desk.new_events(), desk.new_notes()) == ([], [])


def test_leaving_a_typed_calendar_entry_can_save_it(desk):
    desk.open("calendar-booking", NEW_EVENT)
    desk.page.locator(TITLE).first.fill("Visit")
    desk.go_back()
    desk.page.locator(".modal .modal-footer .btn-primary").click()
    desk.page.wait_for_selector(MENU)
    desk.settle()
    [event] = desk.new_events()
    fields = ["name", "show_as", "customer_name", "duration"]
    [values] = desk.call("calendar.event", "read", [event], fields)
    del values["id"]
    expected = {"name": "Visit", "show_as": "busy", "customer_name": "Kivi Oy"}
    assert values == {**expected, "duration": 1}
    assert len(desk.new_notes()) == 1


def test_hiding_the_tab_saves_nothing(desk):
    """Odoo would save the form: see the next test."""
    desk.open("quotation", NEW_ORDER)
    desk.settle()
    desk.page.evaluate(HIDE_TAB)
    desk.settle()
    assert desk.new_orders() == []
    type_reference(desk)
    desk.page.evaluate(HIDE_TAB)
    desk.settle()
    assert desk.new_orders() == []
    desk.save()
    assert len(desk.new_orders()) == 1


def test_hiding_the_tab_saves_other_new_forms_as_ever(desk):
    """An ordinary new quotation is Odoo's own business."""
    desk.page.evaluate(
        "(partner) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction({"
        "type: 'ir.actions.act_window', res_model: 'sale.order',"
        "views: [[false, 'form']], context: {default_partner_id: partner}})",
        desk.customer,
    )
    desk.page.wait_for_selector(NEW_ORDER)
    desk.settle()
    desk.page.evaluate(HIDE_TAB)
    desk.settle()
    assert len(desk.new_orders()) == 1


def type_reference(desk):
    """Change something in the new quotation."""
    desk.page.locator(".nav-link[name=other_information]").click()
    desk.page.locator(REFERENCE).fill("Typed")
    desk.page.locator(REFERENCE).press("Tab")


def test_f5_on_an_untouched_form_leaves_nothing_and_asks_nothing(desk):
    desk.open("quotation", NEW_ORDER)
    desk.settle()
    desk.answer_dialogs(accept=True)
    desk.page.reload()
    desk.page.wait_for_selector(".o_form_view")
    desk.settle()
    assert (desk.dialogs, desk.new_orders()) == ([], [])


def test_f5_on_an_edited_form_asks_and_staying_keeps_the_text(desk):
    desk.open("quotation", NEW_ORDER)
    type_reference(desk)
    desk.answer_dialogs(accept=False)
    desk.page.evaluate("() => { setTimeout(() => location.reload(), 0); }")
    desk.page.wait_for_timeout(1500)
    assert desk.dialogs == ["beforeunload"]
    assert desk.page.locator(REFERENCE).input_value() == "Typed"
    assert desk.new_orders() == []


def test_closing_an_edited_form_asks_and_leaves_nothing(desk, site, made):
    desk.open("quotation", NEW_ORDER)
    type_reference(desk)
    desk.answer_dialogs(accept=True)
    desk.page.close(run_before_unload=True)
    watcher = Desk(site, made)
    assert desk.dialogs == ["beforeunload"]
    assert watcher.orders == desk.orders


def test_the_menu_works_on_a_phone(site, made):
    desk = Desk(site, made, width=390, height=844)
    desk.page.locator(MENU).click()
    item = desk.page.locator("[data-application=quotation]")
    item.wait_for()
    box = item.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    item.click()
    desk.page.wait_for_selector(".o_form_view .o_field_widget[name=order_line]")
    desk.go_back()
    desk.page.wait_for_selector(MENU)
    assert desk.new_orders() == []


def test_the_menu_opens_and_chooses_by_keyboard(desk):
    desk.page.locator(MENU).focus()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("[data-application]")
    desk.page.keyboard.press("ArrowDown")
    focused = "() => document.activeElement.dataset.application"
    for _step in range(30):
        if desk.page.evaluate(focused) == "quotation":
            break
        desk.page.keyboard.press("ArrowDown")
    assert desk.page.evaluate(focused) == "quotation"
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector(NEW_ORDER)
    assert desk.new_orders() == []


def test_a_user_without_other_rights_sees_only_what_kaisa_may(site, made):
    """S16."""
    page = site.page_of("kaisa")
    page.goto(f"{site.url}/odoo/contact-events/{made[1]}")
    page.locator(MENU).click()
    page.wait_for_selector("[data-application]")
    shown = page.eval_on_selector_all(
        "[data-application]", "items => items.map((item) => item.dataset.application)"
    )
    assert {"calendar-entry", "calendar-booking", "message"} <= set(shown)
    assert not {"quotation", "sale_order", "invoice", "vendor_bill", "pos"} & set(shown)


def test_the_message_is_composed_in_a_dialog_and_shown_in_the_chatter(desk):
    """T17."""
    desk.open("message", ".modal .o_mail_composer_form_view")
    desk.page.locator(".modal .o_field_widget[name=partner_ids] .o_tag").wait_for()
    tags = desk.page.locator(".modal .o_field_widget[name=partner_ids] .o_tag")
    assert "Kivi Oy" in tags.inner_text()
    desk.page.locator(".modal .o_field_widget[name=body] [contenteditable=true]").fill(
        "Terveisin"
    )
    desk.page.locator(".modal button[name=action_send_mail]").click()
    desk.page.locator(".modal").wait_for(state="detached")
    desk.page.locator(".o-mail-Message", has_text="Terveisin").wait_for()
