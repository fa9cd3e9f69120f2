import {beforeEach, expect, queryAllTexts, test} from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {browser} from "@web/core/browser/browser";

const MODEL = "kontakti.test.call";
const ARCH = `
    <list js_class="kontakti_contact_list" multi_edit="1">
        <field name="name"/>
        <field name="place" optional="show"/>
        <field name="phone" optional="hide" readonly="is_locked"/>
        <field name="is_locked" optional="hide"/>
        <field name="customer_id" optional="hide"/>
        <field name="hours" optional="hide" sum="Hours"/>
        <field name="owner_id" column_invisible="1"/>
        <field name="owner_id" optional="hide"/>
    </list>`;

class Call extends models.Model {
    _name = MODEL;

    name = fields.Char();
    place = fields.Char();
    phone = fields.Char();
    is_locked = fields.Boolean();
    hours = fields.Float({aggregator: "sum"});
    customer_id = fields.Many2one({relation: "res.partner"});
    owner_id = fields.Many2one({relation: "res.users"});

    _records = [
        {id: 1, name: "Offer", place: "Turku", phone: "1", hours: 2},
        {id: 2, name: "Order", place: "Oulu", phone: "2", hours: 3, is_locked: true},
    ];
}

defineMailModels();
defineModels([Call]);

beforeEach(() => {
    const stepRead = ({kwargs}) => {
        const names = Object.keys(kwargs.specification);
        expect.step(names.sort().join(" "));
    };
    onRpc(MODEL, "web_search_read", stepRead);
    browser.localStorage.clear();
});

async function openList(params = {}) {
    await mountView({type: "list", resModel: MODEL, arch: ARCH, ...params});
}

async function toggle(label) {
    if (!document.querySelector(".o-dropdown--menu")) {
        await contains(".o_optional_columns_dropdown_toggle").click();
    }
    await contains(`.o-dropdown--menu .dropdown-item:contains(${label})`).click();
}

function headers() {
    return queryAllTexts("thead th[data-name]");
}

test("a hidden column is read only if a condition mentions it", async () => {
    await openList();
    expect.verifySteps(["is_locked name owner_id place"]);
    expect(headers()).toEqual(["Name", "Place"]);
});

test("a column that is shown is read then", async () => {
    await openList();
    await toggle("Phone");
    expect(headers()).toEqual(["Name", "Place", "Phone"]);
    expect(queryAllTexts("td[name=phone]")).toEqual(["1", "2"]);
    expect.verifySteps([
        "is_locked name owner_id place",
        "is_locked name owner_id phone place",
    ]);
});

test("a column that is hidden and shown again is not read again", async () => {
    await openList();
    await toggle("Hours");
    await toggle("Hours");
    expect(headers()).toEqual(["Name", "Place"]);
    await toggle("Hours");
    expect(headers()).toEqual(["Name", "Place", "Hours"]);
    expect.verifySteps([
        "is_locked name owner_id place",
        "hours is_locked name owner_id place",
    ]);
});

test("the columns chosen are read the next time", async () => {
    await openList();
    await toggle("Customer");
    await toggle("Place");
    expect.verifySteps([
        "is_locked name owner_id place",
        "customer_id is_locked name owner_id place",
    ]);
    await openList();
    expect.verifySteps(["customer_id is_locked name owner_id"]);
});

test("a field kept for its value alone is read with its name when shown", async () => {
    Call._records[0].owner_id = 7;
    await openList();
    await toggle("Owner");
    expect(headers()).toEqual(["Name", "Place", "Owner"]);
    expect(queryAllTexts("td[name=owner_id]")[0]).not.toBe("");
    expect.verifySteps([
        "is_locked name owner_id place",
        "is_locked name owner_id place",
    ]);
});

test("a grouped list sums a column from when it is shown", async () => {
    onRpc(MODEL, "web_read_group", ({kwargs}) => {
        expect.step(kwargs.aggregates.join(" "));
    });
    await openList({groupBy: ["place"]});
    await toggle("Hours");
    expect(queryAllTexts(".o_group_header .o_list_number")).toEqual(["3.00", "2.00"]);
    expect.verifySteps(["", "hours:sum"]);
});
