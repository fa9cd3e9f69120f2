import {expect, queryAll, queryAllTexts, queryOne, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    getService,
    makeServerError,
    mockService,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {WebClient} from "@web/webclient/webclient";

const LINE = {text: "<b>Virtanen</b> Oy", left: 5, base: 15, size: 10, width: 20};
const LABELS = [1, 2, 3, 4].map((place) => ({
    place,
    left: place % 2 ? 0 : 100,
    top: place > 2 ? 100 : 0,
    width: 100,
    height: 100,
    lines: place === 1 ? [LINE] : [],
}));
const SHEET = {width: 200, height: 200, labels: LABELS};
const SKIPPED = [
    {
        reason: "no_address",
        name: "No complete address",
        model: "kontakti.contact",
        items: [
            {id: 7, name: "Homeless Oy"},
            {id: 8, name: "Nowhere Oy"},
        ],
    },
    {
        reason: "letters",
        name: "Letters",
        model: "kontakti.contact",
        items: [{id: 9, name: "Other Oy"}],
    },
];

class Print extends models.Model {
    _name = "kontakti.label.print";

    first_place = fields.Integer();
    places = fields.Json();
    page = fields.Json();
    skipped = fields.Json();

    _records = [
        {id: 1, first_place: 2, places: SHEET, page: SHEET, skipped: SKIPPED},
        {id: 2, first_place: 1, places: SHEET, page: {}, skipped: []},
    ];
}

defineMailModels();
defineModels([Print]);

function mountForm(resId = 1) {
    return mountView({
        type: "form",
        resModel: "kontakti.label.print",
        resId,
        arch: `
            <form>
                <field name="first_place" widget="kontakti_label_place"/>
                <field name="page" widget="kontakti_label_sheet"/>
                <field name="skipped" widget="kontakti_label_skipped"/>
            </form>`,
    });
}

test("the first free label is picked on the sheet, and each is named", async () => {
    onRpc("kontakti.label.print", "web_save", ({args}) => {
        expect.step(args[1].first_place);
    });
    await mountForm();
    const names = queryAll(".o_kontakti_label_place input").map((el) => el.ariaLabel);
    expect(names).toEqual([1, 2, 3, 4].map((place) => `Label ${place} of 4`));
    expect(".o_kontakti_label_place input:checked").toHaveValue("2");
    expect(".o_kontakti_used").toHaveCount(1);
    await contains(".o_kontakti_label_place label:contains(3)").click();
    expect(".o_kontakti_label_place input:checked").toHaveValue("3");
    expect(queryAllTexts(".o_kontakti_label_place [aria-live]")).toEqual([
        "First free label: 3 of 4",
    ]);
    await contains(".o_form_button_save").click();
    expect.verifySteps([3]);
});

test("the sheet is drawn in millimetres, and what is typed is text", async () => {
    await mountForm();
    const svg = queryOne(".o_kontakti_label_sheet");
    expect(svg).toHaveAttribute("viewBox", "0 0 200 200");
    expect(".o_kontakti_label_sheet rect").toHaveCount(4);
    const line = queryOne(".o_kontakti_label_sheet text:not(.o_kontakti_label_number)");
    expect(line).toHaveText(LINE.text);
    expect(line).toHaveAttribute("x", "5");
    expect(line).toHaveAttribute("textLength", "20");
    expect(svg.ariaLabel).toInclude(LINE.text);
});

test("a label of the preview opens the record that it is for, by keyboard too", async () => {
    Print._records[0].page = {
        ...SHEET,
        model: "kontakti.contact",
        labels: LABELS.map((label) => ({...label, id: label.place + 10})),
    };
    mockService("action", {
        doAction: (action) => expect.step([action.res_model, action.res_id]),
    });
    await mountForm();
    const [first, second] = queryAll(".o_kontakti_label_sheet [role=link]");
    expect(first).toHaveText(LINE.text);
    await contains(first).click();
    await contains(second).focus();
    await press("Enter");
    await animationFrame();
    expect.verifySteps([
        ["kontakti.contact", 11],
        ["kontakti.contact", 12],
    ]);
});

test("who gets no label is listed by reason, and opens", async () => {
    mockService("action", {
        doAction: (action) => expect.step([action.res_id, action.domain]),
    });
    await mountForm();
    expect(queryAllTexts(".o_kontakti_label_skipped strong")).toEqual([
        "No complete address: 2",
        "Letters: 1",
    ]);
    await contains(".o_kontakti_label_skipped li button:contains(Nowhere)").click();
    expect.verifySteps([[8, undefined]]);
    await contains(".o_kontakti_label_skipped button:contains(Show all)").click();
    expect.verifySteps([[undefined, [["id", "in", [7, 8]]]]]);
});

test("nothing skipped and nothing to draw show nothing", async () => {
    await mountForm(2);
    expect(".o_kontakti_label_skipped").toHaveCount(0);
    expect(".o_kontakti_label_sheet").toHaveCount(0);
});

const PRINT_ACTION = {
    type: "ir.actions.client",
    tag: "kontakti_contact.print_labels",
    params: {id: 1, total: 50},
};

test("a long PDF is drawn part by part and then offered", async () => {
    onRpc("kontakti.label.print", "print_part", ({args}) => {
        expect.step(args);
        return args[1] ? {done: 50, url: "/labels.pdf"} : {done: 24, url: false};
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction(PRINT_ACTION);
    await animationFrame();
    await animationFrame();
    expect.verifySteps([
        [[1], 0],
        [[1], 1],
    ]);
    expect(".modal [role=progressbar]").toHaveAttribute("aria-valuenow", "100");
    expect(".o_kontakti_open_labels").toHaveAttribute("href", "/labels.pdf");
});

test("an error while drawing closes the dialog and is shown", async () => {
    expect.errors(1);
    onRpc("kontakti.label.print", "print_part", () => {
        throw makeServerError({message: "No more"});
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction(PRINT_ACTION);
    await animationFrame();
    await animationFrame();
    expect(".modal [role=progressbar]").toHaveCount(0);
    expect.verifyErrors(["No more"]);
});

test("what was put on the mailing list is said and can be undone", async () => {
    onRpc("kontakti.contact", "action_take_off_mailing_list", ({args}) => {
        expect.step(args);
        return {};
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "kontakti_contact.undoable",
        params: {
            message: "Put on the mailing list: 2.",
            undo: ["kontakti.contact", "action_take_off_mailing_list", [[3, 4]]],
        },
    });
    await animationFrame();
    expect(".o_notification").toHaveText(/Put on the mailing list: 2\./u);
    await contains(".o_notification button:contains(Undo)").click();
    expect.verifySteps([[[3, 4]]]);
    expect(".o_notification").toHaveCount(0);
});
