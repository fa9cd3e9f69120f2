import {
    animationFrame,
    beforeEach,
    expect,
    mockDate,
    press,
    queryOne,
    test,
} from "@odoo/hoot";
import {
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {MainComponentsContainer} from "@web/core/main_components_container";

const CONTACT = {
    id: 7,
    name: "Offer promised",
    customer_name: "Kivi Oy",
    phone: "+358 40 1234567",
    discussion: "<p>Old</p>",
    actions: false,
    duration: 0,
    channel_id: false,
    responsible_id: false,
    company_id: false,
    personal: false,
    repeat_interval: 0,
};

defineMailModels();

beforeEach(() => {
    mockDate("2026-11-23 10:00:00");
    onRpc("kontakti.contact", "read", () => [CONTACT]);
    onRpc("kontakti.channel", "search_read", () => [
        {id: 1, name: "Phone", icon: "fa-phone"},
    ]);
    onRpc("kontakti.contact", "action_log_and_plan", ({args, kwargs}) => {
        expect.step("saved");
        expect(args[0]).toEqual([7]);
        expect(kwargs.context.kontakti_texts_read).toEqual({
            7: {discussion: "<p>Old</p>"},
        });
        expect(args[1].discussion).toBe("<p>Old</p><p>They want it</p>");
        expect(args[1].next_date).toBe("2026-11-24");
        return {done: 7, next: 8};
    });
    onRpc("kontakti.contact", "action_undo_log_and_plan", ({args}) => {
        expect.step("undone");
        expect(args).toEqual([{done: 7, next: 8}]);
        return true;
    });
});

async function openDialog() {
    await mountWithCleanup(MainComponentsContainer);
    getService("kontakti_contact.log_and_plan").open(7, {onUndone: async () => {}});
    await contains(".o_kontakti_log_form textarea[name=discussion]").click();
}

async function fillIn() {
    await contains("textarea[name=discussion]").edit("They want it", {confirm: false});
    await contains("button[data-next=tomorrow]").click();
}

test.tags("desktop");
test("the keyboard alone saves all in one call, and undo takes it back", async () => {
    await openDialog();
    expect(".modal-title").toHaveText("Offer promised");
    await fillIn();
    await press(["control", "enter"]);
    await animationFrame();
    expect.verifySteps(["saved"]);
    expect(".o_kontakti_log_form").toHaveCount(0);
    await contains(".o_notification_buttons button").click();
    expect.verifySteps(["undone"]);
});

test.tags("desktop");
test("what is typed survives a close, and an error", async () => {
    expect.errors(1);
    let fails = true;
    onRpc("kontakti.contact", "action_log_and_plan", () => {
        if (fails) {
            throw makeServerError({message: "No"});
        }
    });
    await openDialog();
    await fillIn();
    await contains("button[name=save]").click();
    await animationFrame();
    expect.verifyErrors([/RPC_ERROR|No/]);
    fails = false;
    await contains(
        ".o_error_dialog .modal-footer button, .o_dialog_error button"
    ).click();
    expect(queryOne("textarea[name=discussion]").value).toBe("They want it");
    await contains(".modal-header .btn-close").click();
    getService("kontakti_contact.log_and_plan").open(7, {onUndone: async () => {}});
    await animationFrame();
    await contains("textarea[name=discussion]").click();
    expect(queryOne("textarea[name=discussion]").value).toBe("They want it");
    expect("button[data-next=tomorrow]").toHaveClass("btn-primary");
    await contains("button[name=discard]").click();
});

test.tags("desktop");
test("thrown away, it does not come back", async () => {
    await openDialog();
    await fillIn();
    await contains("button[name=discard]").click();
    getService("kontakti_contact.log_and_plan").open(7, {onUndone: async () => {}});
    await animationFrame();
    await contains("textarea[name=discussion]").click();
    expect(queryOne("textarea[name=discussion]").value).toBe("");
});

test.tags("desktop");
test("a time that is none is said, and not saved", async () => {
    await openDialog();
    await contains("input[name=duration]").edit("soon", {confirm: false});
    expect("input[name=duration]").toHaveClass("is-invalid");
    await contains("button[name=save]").click();
    expect(".o_kontakti_log_form").toHaveCount(1);
});
