import {animationFrame, expect, queryAllTexts, test} from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

const MODEL = "kontakti.test.call";
const ARCH = `
    <list js_class="kontakti_contact_list">
        <field name="name"/>
        <field name="hours" optional="hide" sum="Hours"/>
    </list>`;

class Call extends models.Model {
    _name = MODEL;

    name = fields.Char();
    place = fields.Char();
    hours = fields.Float({aggregator: "sum"});
    tag_ids = fields.Many2many({relation: "kontakti.test.tag"});

    _records = [
        {id: 1, name: "Offer", place: "Turku", hours: 2, tag_ids: [1, 2]},
        {id: 2, name: "Order", place: "Oulu", hours: 3, tag_ids: [2]},
    ];
}

class Tag extends models.Model {
    _name = "kontakti.test.tag";

    name = fields.Char();

    _records = [
        {id: 1, name: "Fair"},
        {id: 2, name: "VIP"},
    ];
}

defineMailModels();
defineModels([Call, Tag]);

async function openList(params) {
    await mountView({type: "list", resModel: MODEL, arch: ARCH, ...params});
}

async function showHours() {
    await contains(".o_optional_columns_dropdown_toggle").click();
    await contains(".o-dropdown--menu .dropdown-item:contains(Hours)").click();
    await animationFrame();
}

function sums(selector) {
    return queryAllTexts(`${selector} .o_list_number`);
}

test("beneath a list grouped by tags each record counts once", async () => {
    onRpc(MODEL, "formatted_read_group", ({kwargs}) => {
        expect(kwargs.groupby).toEqual([]);
        expect.step(kwargs.aggregates.join(" "));
    });
    await openList({groupBy: ["tag_ids"]});
    expect.verifySteps([]);
    await showHours();
    expect(sums(".o_group_header")).toEqual(["2.00", "5.00"]);
    expect(sums("tfoot")).toEqual(["5.00"]);
    expect.verifySteps(["hours:sum"]);
});

test("a grouped list sums a column from when it is shown", async () => {
    await openList({groupBy: ["place"]});
    expect(sums(".o_group_header")).toEqual([]);
    await showHours();
    expect(sums(".o_group_header")).toEqual(["3.00", "2.00"]);
    expect(sums("tfoot")).toEqual(["5.00"]);
});

test("a list that is not grouped sums what it shows", async () => {
    onRpc(MODEL, "formatted_read_group", () => expect.step("asked"));
    await openList();
    await showHours();
    expect(sums("tfoot")).toEqual(["5.00"]);
    expect.verifySteps([]);
});
