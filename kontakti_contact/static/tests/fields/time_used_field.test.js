import {expect, queryAllTexts, queryOne, test} from "@odoo/hoot";
import {
    contains,
    defineModels,
    defineParams,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {parseTimeUsed} from "@kontakti_contact/fields/time_used/parse_time_used";
import {EXAMPLES, REFUSED} from "./time_used_examples";

class Event extends models.Model {
    _name = "kontakti.test.event";

    duration = fields.Float();

    _records = [{id: 1, duration: 0}];
}

defineMailModels();
defineModels([Event]);

const INPUT = ".o_kontakti_time_used input";
const ARCH = `<form><field name="duration" widget="kontakti_time_used"/></form>`;

function mountForm() {
    onRpc("kontakti.test.event", "web_save", ({args}) => {
        expect.step(args[1].duration);
    });
    return mountView({
        type: "form",
        resModel: "kontakti.test.event",
        resId: 1,
        arch: ARCH,
    });
}

async function type(text) {
    await contains(INPUT).edit(text);
    await contains(".o_form_button_save").click();
}

test("the time is read as people write it", () => {
    for (const [text, hours] of EXAMPLES) {
        expect(Math.abs(parseTimeUsed(text) - hours)).toBeLessThan(1e-9, {
            message: text,
        });
    }
});

test("what is no time is refused", () => {
    for (const text of REFUSED) {
        expect(() => parseTimeUsed(text)).toThrow();
    }
});

test("twelve is twelve minutes, and shown so", async () => {
    await mountForm();
    await type("12");
    expect(INPUT).toHaveValue("0:12");
    expect.verifySteps([0.2]);
});

test("one click sets the time", async () => {
    await mountForm();
    expect(queryAllTexts(".o_kontakti_time_used .btn")).toEqual([
        "5 min",
        "15 min",
        "30 min",
    ]);
    await contains(".o_kontakti_time_used .btn:contains(15 min)").click();
    await contains(".o_form_button_save").click();
    expect.verifySteps([0.25]);
});

test("a dot is that of a clock where numbers have a comma", async () => {
    defineParams({lang_parameters: {decimal_point: ",", thousands_sep: " "}});
    await mountForm();
    await type("0.12");
    expect(INPUT).toHaveValue("0:12");
    expect.verifySteps([0.2]);
});

test("more than eight hours is asked about, and stands when it is right", async () => {
    await mountForm();
    await contains(INPUT).edit("9 h", {confirm: "tab"});
    expect(".modal").toHaveText(/9:00/);
    await contains(".modal .btn-primary").click();
    await contains(".o_form_button_save").click();
    expect.verifySteps([9]);
});

test("more than eight hours is asked about, and changed when it is not", async () => {
    await mountForm();
    await contains(INPUT).edit("800", {confirm: "tab"});
    await contains(".modal .btn-secondary").click();
    expect(INPUT).toHaveValue("0:00");
    expect(queryOne(INPUT)).toBe(document.activeElement);
});

test("eight hours is not asked about", async () => {
    await mountForm();
    await type("8 h");
    expect(".modal").toHaveCount(0);
    expect.verifySteps([8]);
});

test("what is no time is marked and not saved", async () => {
    await mountForm();
    await type("soon");
    expect(".o_field_widget[name=duration]").toHaveClass("o_field_invalid");
    expect.verifySteps([]);
});

test("a list reads the time in the same way", async () => {
    onRpc("kontakti.test.event", "web_save", ({args}) => {
        expect.step(args[1].duration);
    });
    await mountView({
        type: "list",
        resModel: "kontakti.test.event",
        arch: `
            <list editable="bottom">
                <field name="duration" widget="kontakti_time_used"/>
            </list>`,
    });
    await contains(".o_data_cell[name=duration]").click();
    await contains(".o_data_cell[name=duration] input").edit("12 min", {
        confirm: false,
    });
    await contains(".o_list_button_save").click();
    expect.verifySteps([0.2]);
});
