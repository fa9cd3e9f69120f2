import {animationFrame, beforeEach, expect, queryAllTexts, test} from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    getService,
    makeServerError,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {browser} from "@web/core/browser/browser";
import {WebClient} from "@web/webclient/webclient";

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
    tag_ids = fields.Many2many({relation: "kontakti.test.tag"});

    _records = [
        {id: 1, name: "Offer", place: "Turku", phone: "1", hours: 2},
        {id: 2, name: "Order", place: "Oulu", phone: "2", hours: 3, is_locked: true},
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

test("beneath a list grouped by tags each record counts once", async () => {
    Call._records[0].tag_ids = [1, 2];
    Call._records[1].tag_ids = [2];
    onRpc(MODEL, "formatted_read_group", ({kwargs}) => {
        expect(kwargs.groupby).toEqual([]);
        expect.step(kwargs.aggregates.join(" "));
    });
    await openList({groupBy: ["tag_ids"]});
    expect.verifySteps([]);
    await toggle("Hours");
    await animationFrame();
    expect(queryAllTexts(".o_group_header .o_list_number")).toEqual(["2.00", "5.00"]);
    expect(queryAllTexts("tfoot .o_list_number")).toEqual(["5.00"]);
    expect.verifySteps(["hours:sum"]);
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

test.tags("desktop");
test("what is selected stays selected when a column is shown", async () => {
    await openList();
    await contains(".o_data_row:eq(1) .o_list_record_selector input").click();
    await toggle("Hours");
    expect(headers()).toEqual(["Name", "Place", "Hours"]);
    expect(".o_data_row_selected").toHaveCount(1);
    expect(".o_data_row:eq(1)").toHaveClass("o_data_row_selected");
    expect.verifySteps([
        "is_locked name owner_id place",
        "hours is_locked name owner_id place",
    ]);
});

test("a column that could not be read is not shown, and is read the next time", async () => {
    expect.errors(1);
    let isLost = false;
    onRpc(MODEL, "web_search_read", () => {
        if (isLost) {
            throw makeServerError({message: "lost"});
        }
    });
    await openList();
    isLost = true;
    await toggle("Hours");
    await animationFrame();
    expect.verifyErrors(["lost"]);
    await contains(".o_error_dialog .btn-primary, .o_dialog .btn-close").click();
    expect(headers()).toEqual(["Name", "Place"]);
    isLost = false;
    await toggle("Hours");
    expect(headers()).toEqual(["Name", "Place", "Hours"]);
    expect(queryAllTexts("td[name=hours]")).toEqual(["2.00", "3.00"]);
    expect.verifySteps([
        "is_locked name owner_id place",
        "hours is_locked name owner_id place",
    ]);
});

test("back from a record, a column is shown in the groups that are open", async () => {
    Call._views = {
        list: ARCH,
        form: `<form><field name="name"/></form>`,
        search: `<search/>`,
    };
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.act_window",
        res_model: MODEL,
        name: "Calls",
        views: [
            [false, "list"],
            [false, "form"],
        ],
        context: {group_by: ["place"]},
    });
    await contains(".o_group_header:eq(0)").click();
    await contains(".o_data_row .o_data_cell").click();
    await contains(".o_back_button, .breadcrumb-item a").click();
    await toggle("Hours");
    expect(queryAllTexts("td[name=hours]")).toEqual(["3.00"]);
    await contains(".o_group_header:eq(1)").click();
    expect(queryAllTexts("td[name=hours]")).toEqual(["3.00", "2.00"]);
    expect(".o_data_row").toHaveCount(2);
    expect.verifySteps([
        "is_locked name owner_id place",
        "hours is_locked name owner_id place",
    ]);
});
