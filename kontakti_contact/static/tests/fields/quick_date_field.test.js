import {expect, mockDate, mockTimeZone, queryAllTexts, test} from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {session} from "@web/session";

class Task extends models.Model {
    _name = "kontakti.test.task";

    next_date = fields.Date();
    state = fields.Selection({
        selection: [
            ["open", "Open"],
            ["done", "Done"],
        ],
    });

    _records = [{id: 1, next_date: "2026-11-20", state: "open"}];
}

defineMailModels();
defineModels([Task]);

function mountForm(readonly, now = "2026-11-23 10:00:00") {
    mockDate(now);
    return mountView({
        type: "form",
        resModel: "kontakti.test.task",
        resId: 1,
        arch: `
            <form>
                <field name="state"/>
                <field name="next_date" widget="kontakti_quick_date" readonly="${readonly}"/>
            </form>`,
    });
}

test("one click sets the date", async () => {
    onRpc("kontakti.test.task", "web_save", ({args}) => {
        expect.step(args[1].next_date);
    });
    await mountForm(0);
    expect(queryAllTexts(".o_kontakti_quick_date .btn-sm")).toEqual([
        "Today",
        "Tomorrow",
        "In a week",
    ]);
    for (const [name, date] of [
        ["Today", "2026-11-23"],
        ["Tomorrow", "2026-11-24"],
        ["In a week", "2026-11-30"],
    ]) {
        await contains(`.o_kontakti_quick_date .btn-sm:contains(${name})`).click();
        await contains(".o_form_button_save").click();
        expect.verifySteps([date]);
    }
});

test("the days are the user's, wherever the browser is", async () => {
    onRpc("kontakti.test.task", "web_save", ({args}) => {
        expect.step(args[1].next_date);
    });
    serverState.timezone = "Pacific/Auckland"; // 13 hours before UTC: the 24th there
    mockTimeZone(0);
    await mountForm(0, "2026-11-23 11:30:00");
    await contains(".o_kontakti_quick_date .btn-sm:contains(Today)").click();
    await contains(".o_form_button_save").click();
    expect.verifySteps(["2026-11-24"]);
});

test("the days of a user without a time zone are the company's, as the lists' are", async () => {
    onRpc("kontakti.test.task", "web_save", ({args}) => {
        expect.step(args[1].next_date);
    });
    serverState.timezone = "";
    patchWithCleanup(session, {kontakti_tz: "Pacific/Auckland"});
    mockTimeZone(0);
    await mountForm(0, "2026-11-23 11:30:00");
    for (const [name, date] of [
        ["Today", "2026-11-24"],
        ["Tomorrow", "2026-11-25"],
        ["In a week", "2026-12-01"],
    ]) {
        await contains(`.o_kontakti_quick_date .btn-sm:contains(${name})`).click();
        await contains(".o_form_button_save").click();
        expect.verifySteps([date]);
    }
});

test("what is late is late by the company's day for a user without a time zone", async () => {
    patchWithCleanup(session, {kontakti_tz: "Pacific/Auckland"});
    serverState.timezone = "";
    mockTimeZone(0);
    await mountForm(1, "2026-11-20 11:30:00");
    expect(".o_kontakti_quick_date").toHaveClass("text-danger");
});

test("readonly: the date alone, red when it is late and open", async () => {
    await mountForm(1);
    expect(".o_kontakti_quick_date .btn").toHaveCount(0);
    expect(".o_kontakti_quick_date").toHaveText(/Nov 20/);
    expect(".o_kontakti_quick_date").toHaveClass("text-danger");
});

test("readonly: not red when it is done", async () => {
    Task._records[0].state = "done";
    await mountForm(1);
    expect(".o_kontakti_quick_date").not.toHaveClass("text-danger");
});

test("a list shows the date as any other", async () => {
    await mountView({
        type: "list",
        resModel: "kontakti.test.task",
        arch: `<list><field name="next_date" widget="kontakti_quick_date"/></list>`,
    });
    expect(".o_data_row td[name=next_date]").toHaveText(/Nov 20/);
    expect(".o_kontakti_quick_date").toHaveCount(0);
});
