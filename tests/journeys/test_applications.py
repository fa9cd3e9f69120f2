"""S15-S21, S28-S34: from a contact event to other applications, in real Chromium."""

import pytest
from web_site import eventually

PREPARE = """
import json
env["res.users"].create({
    "name": "Kaisa", "login": "kaisa", "password": "kaisakaisa", "lang": "en_US",
    "tz": "Europe/Helsinki", "email": "kaisa@kontakti.example", "tour_enabled": False,
    "group_ids": [(6, 0, env.ref("kontakti_contact.group_kontakti_user").ids)],
})
customer = env["res.partner"].create({"name": "Kivi Oy", "is_company": True,
    "phone": "+358 40 7654321", "email": "info@kivi.example", "street": "Katu 1"})
env["product.product"].create({"name": "Kirves", "list_price": 40})
# a machine without wkhtmltopdf can make no PDF to attach
templates = env["mail.template"].search([("model", "=", "sale.order")])
templates.report_template_ids = False
contacts = env["kontakti.contact"].with_user(env.ref("base.user_admin"))
contact = contacts.create(
    {"name": "Spring offer", "partner_id": customer.id, "actions": "<p>Call</p>"})
print("JSON:" + json.dumps([customer.id, contact.id]))
"""
MENU = ".o_kontakti_applications:visible"
NEW_ORDER = ".o_form_view .o_field_widget[name=order_line]"
NEW_EVENT = ".o_form_view .o_field_widget[name=partner_ids]"
LINE = ".o_field_widget[name=order_line]"
CUSTOMER = ".o_field_widget[name=partner_id] input"
BACK = ".o_kontakti_back button"
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
        self.site = site
        self.customer, self.contact = made
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


def add_product(desk):
    """Put something in the order that can be sold."""
    lines = desk.page.locator(LINE)
    lines.locator(".o_field_x2many_list_row_add a, a.o_kanban_add").first.click()
    product = lines.locator(
        ".o_selected_row [name=product_template_id] :is(input, textarea)"
    )
    product.first.fill("Kirves")
    desk.page.locator(".o-autocomplete--dropdown-item", has_text="Kirves").first.click()
    lines.locator(".o_data_row", has_text="40").wait_for()


def state_of(desk, order):
    return desk.call("sale.order", "read", [order], ["state"])[0]["state"]


def test_a_sales_order_is_confirmed_and_the_next_new_one_is_ordinary(desk):
    """T5: New in the form makes a quotation that is not the contact event's."""
    desk.open("sale_order", NEW_ORDER)
    add_product(desk)
    desk.save()
    [order] = desk.new_orders()
    assert state_of(desk, order) == "sale"
    desk.page.locator(".o_form_button_create:visible").click()
    desk.page.wait_for_selector(".o_form_button_save:visible")
    desk.settle()
    desk.save()
    first, second = desk.new_orders()
    assert state_of(desk, second) == "draft"
    assert first == order
    assert len(desk.new_notes()) == 1


def test_a_sales_order_without_products_is_saved_as_a_quotation_and_says_so(desk):
    """T5: what then makes it an order is Confirm."""
    desk.open("sale_order", NEW_ORDER)
    desk.page.locator(".o_form_button_save:visible").click()
    told = desk.page.locator(".o_notification", has_text="Vahvista")
    told.wait_for()
    desk.settle()
    [order] = desk.new_orders()
    assert state_of(desk, order) == "draft"
    assert len(desk.new_notes()) == 1


def test_confirm_on_the_unsaved_sales_order_confirms_it_once(desk):
    """C47, T5: it was confirmed twice, and said that it could not be."""
    desk.open("sale_order", NEW_ORDER)
    add_product(desk)
    desk.page.locator("button[name=action_confirm]:visible").first.click()
    desk.page.locator("button[name=action_confirm]:visible").first.wait_for(
        state="detached"
    )
    desk.settle()
    assert desk.page.locator(".modal").count() == 0
    [order] = desk.new_orders()
    assert state_of(desk, order) == "sale"
    assert len(desk.new_notes()) == 1


def test_catalog_on_the_unsaved_sales_order_confirms_nothing(desk):
    """C47: it confirmed an empty order."""
    desk.open("sale_order", NEW_ORDER)
    desk.page.locator("[name=action_add_from_catalog]:visible").first.click()
    desk.page.locator(".o_kanban_view .o_kanban_record", has_text="Kirves").wait_for()
    desk.settle()
    [order] = desk.new_orders()
    assert state_of(desk, order) == "draft"
    assert len(desk.new_notes()) == 1
    assert desk.page.locator(".o_notification").count() == 0


def test_send_on_the_unsaved_sales_order_opens_the_email_and_confirms_nothing(desk):
    """C47: it confirmed the order before the e-mail was written."""
    desk.open("sale_order", NEW_ORDER)
    add_product(desk)
    desk.page.locator("button[name=action_quotation_send]:visible").first.click()
    desk.page.locator(".modal .o_mail_composer_form_view").wait_for()
    desk.settle()
    [order] = desk.new_orders()
    assert state_of(desk, order) == "draft"
    assert len(desk.new_notes()) == 1
    assert desk.page.locator(".o_notification").count() == 0


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


def test_leaving_by_a_save_that_the_server_refuses_stays_and_nothing_hangs(desk):
    """The user says what becomes of it, and can leave afterwards (S34)."""
    desk.open("quotation", NEW_ORDER)
    type_reference(desk)
    turn = """group = env.ref("sales_team.group_sale_salesman")
env["res.users"].search([("login", "=", "aino")]).group_ids = [({}, group.id)]
env.cr.commit()
env.registry.signal_changes()"""
    desk.site.run(turn.format(3))
    try:
        desk.go_back()
        desk.page.locator(".modal .modal-footer .btn-primary").click()
        desk.page.locator(".o_form_error_dialog .btn-primary").click()
    finally:
        desk.site.run(turn.format(4))
    assert_still_typed_and_can_leave(desk)


def test_leaving_by_a_save_without_a_connection_stays_and_nothing_hangs(desk):
    desk.open("quotation", NEW_ORDER)
    type_reference(desk)
    desk.page.context.set_offline(True)
    desk.go_back()
    desk.page.locator(".modal .modal-footer .btn-primary").click()
    desk.page.locator(".modal").wait_for(state="detached")
    desk.page.context.set_offline(False)
    desk.settle()
    errors = desk.site.errors  # Odoo's own: that there is no connection
    errors[:] = [one for one in errors if "ConnectionLostError" not in one]
    assert_still_typed_and_can_leave(desk)


def assert_still_typed_and_can_leave(desk):
    desk.page.locator(".modal").wait_for(state="detached")
    assert desk.page.locator(REFERENCE).input_value() == "Typed"
    assert desk.new_orders() == []
    desk.go_back()
    desk.page.locator(".modal .modal-footer .btn-secondary").click()
    desk.page.wait_for_selector(MENU)
    desk.settle()
    assert (desk.new_orders(), desk.new_notes()) == ([], [])


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
    eventually(desk.page, lambda: len(desk.new_orders()), 1)


def type_reference(desk):
    """Change something in the new quotation."""
    desk.page.locator(".nav-link[name=other_information]").click()
    desk.page.locator(REFERENCE).fill("Typed")
    desk.page.locator(REFERENCE).press("Tab")


def reload(desk, waited):
    desk.page.reload()
    desk.page.wait_for_selector(waited)
    desk.settle()


def assert_unsaved_quotation(desk):
    """The form has its customer, and nothing is saved by hiding the tab."""
    desk.page.wait_for_selector(CUSTOMER)
    desk.settle()
    assert desk.page.locator(CUSTOMER).first.input_value() == "Kivi Oy"
    desk.page.evaluate(HIDE_TAB)
    desk.settle()
    assert desk.new_orders() == []


def test_f5_on_an_untouched_form_leaves_nothing_and_asks_nothing(desk):
    desk.open("quotation", NEW_ORDER)
    desk.settle()
    desk.answer_dialogs(accept=True)
    reload(desk, ".o_form_view")
    assert (desk.dialogs, desk.new_orders()) == ([], [])


def test_after_f5_it_is_the_same_unsaved_form_and_saved_it_is_registered(desk):
    """C46, S34: it had no customer, no guard and no contact event."""
    desk.open("quotation", NEW_ORDER)
    desk.settle()
    for _again in range(2):
        reload(desk, NEW_ORDER)
        assert_unsaved_quotation(desk)
    desk.save()
    [order] = desk.new_orders()
    [values] = desk.call("sale.order", "read", [order], ["partner_id"])
    assert values["partner_id"][0] == desk.customer
    assert len(desk.new_notes()) == 1
    assert f"/{desk.contact}/sale.order/{order}" in desk.page.url
    assert "kontakti" not in desk.page.url
    reload(desk, ".o_form_view .o_field_widget[name=order_line]")
    assert f"/sale.order/{order}" in desk.page.url
    assert desk.new_orders() == [order]
    desk.go_back()
    desk.page.wait_for_selector(MENU)


def test_after_f5_a_sales_order_is_still_one(desk):
    """C46, T5."""
    desk.open("sale_order", NEW_ORDER)
    desk.settle()
    reload(desk, NEW_ORDER)
    assert_unsaved_quotation(desk)
    add_product(desk)
    desk.save()
    [order] = desk.new_orders()
    assert state_of(desk, order) == "sale"
    assert len(desk.new_notes()) == 1


def test_after_f5_a_booking_is_still_one_and_asks_before_it_is_left(desk):
    """C46, S28, S34: it was saved without a question."""
    desk.open("calendar-booking", NEW_EVENT)
    desk.settle()
    reload(desk, NEW_EVENT)
    desk.page.locator(TITLE).first.fill("Visit")
    desk.page.locator(TITLE).first.press("Tab")
    desk.go_back()
    desk.page.locator(".modal .modal-footer .btn-primary").click()
    desk.page.wait_for_selector(MENU)
    desk.settle()
    [event] = desk.new_events()
    fields = ["name", "show_as", "customer_name"]
    [values] = desk.call("calendar.event", "read", [event], fields)
    del values["id"]
    assert values == {"name": "Visit", "show_as": "busy", "customer_name": "Kivi Oy"}
    assert len(desk.new_notes()) == 1


def test_the_browsers_back_and_forward_lead_away_and_to_the_unsaved_form(desk):
    """C46: and so does its address in another tab."""
    desk.open("quotation", NEW_ORDER)
    desk.settle()
    address = desk.page.url
    desk.page.go_back()
    desk.page.wait_for_selector(MENU)
    desk.settle()
    desk.page.go_forward()
    desk.page.wait_for_selector(NEW_ORDER)
    assert_unsaved_quotation(desk)
    desk.page = desk.page.context.new_page()
    desk.page.goto(address)
    desk.page.wait_for_selector(NEW_ORDER)
    assert_unsaved_quotation(desk)
    desk.page.locator(BACK).click()
    desk.page.wait_for_selector(MENU)
    assert f"/contact-events/{desk.contact}" in desk.page.url


def test_after_f5_the_server_is_asked_again(desk):
    """C46: an application turned off meanwhile leads back to the contact event."""
    desk.open("quotation", NEW_ORDER)
    desk.settle()
    turn = """env.ref("kontakti_contact.kontakti_application_quotation").active = {}
env.cr.commit()"""
    desk.site.run(turn.format(False))
    try:
        desk.page.reload()
        desk.page.locator(".o_notification").wait_for()
        desk.page.wait_for_selector(".o_form_view [name=discussion]")
        assert f"/contact-events/{desk.contact}" in desk.page.url
        assert "kontakti-new" not in desk.page.url
    finally:
        desk.site.run(turn.format(True))
    assert desk.new_orders() == []


def test_a_contact_event_deleted_meanwhile_takes_no_document_along(desk):
    """What the user made is saved all the same, and registered nowhere."""
    contact = desk.call(
        "kontakti.contact", "create", [{"name": "Gone", "partner_id": desk.customer}]
    )[0]
    desk.page.goto(f"{desk.site.url}/odoo/contact-events/{contact}")
    desk.page.wait_for_selector(MENU)
    desk.open("quotation", NEW_ORDER)
    desk.settle()
    desk.call("kontakti.contact", "unlink", [contact])
    desk.save()
    assert len(desk.new_orders()) == 1


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


SENT_TO = """
import json
mails = env["mail.mail"].search([("model", "=", "kontakti.contact"), ("res_id", "=", {})])
partners = env["res.partner"].search([("email", "ilike", "niemi.example")])
print("JSON:" + json.dumps([sorted(filter(None, mails.mapped("email_to"))), partners.ids]))
"""


@pytest.fixture(params=["aino", "admin"])
def typed_desk(request, site, made):
    """On a contact event of a typed customer with two addresses, as each may be."""
    desk = Desk(site, made, request.param)
    email = "Liisa <liisa@niemi.example>; matti@niemi.example"
    values = {"name": "Typed", "customer_name": "Niemi Oy", "email": email}
    [desk.typed] = desk.call("kontakti.contact", "create", [values])
    desk.page.goto(f"{site.url}/odoo/contact-events/{desk.typed}")
    desk.page.locator("button.o-mail-Chatter-sendMessage").click()
    recipients = desk.page.locator(
        ".o-mail-RecipientsInput, .o-mail-Chatter-recipients"
    )
    recipients.get_by_text("liisa", exact=False).first.wait_for()
    desk.page.locator(".o-mail-Composer-input, .o-mail-Composer-html").first.click()
    desk.page.keyboard.type("Terveisin")
    return desk


def assert_sent_to_both(desk):
    desk.page.locator(".o-mail-Message", has_text="Terveisin").wait_for()
    sent, partners = desk.site.run(SENT_TO.format(desk.typed))
    assert "liisa@niemi.example" in " ".join(sent)
    assert "matti@niemi.example" in " ".join(sent)
    assert partners == []


def test_the_chatter_writes_to_the_addresses_typed(typed_desk):
    """T17, S17: as Message in the menu, and the register stays as it was."""
    typed_desk.page.locator(".o-mail-Composer-send").click()
    assert_sent_to_both(typed_desk)


def test_the_full_composer_of_the_chatter_writes_to_them_too(typed_desk):
    page = typed_desk.page
    page.locator(".o-mail-Composer [name=open-full-composer]").click()
    shown = page.locator(".modal [name=kontakti_email_to] input")
    shown.wait_for()
    assert "liisa@niemi.example" in shown.input_value()
    assert "matti@niemi.example" in shown.input_value()
    page.locator(".modal button[name=action_send_mail]").click()
    page.locator(".modal").wait_for(state="detached")
    assert_sent_to_both(typed_desk)
