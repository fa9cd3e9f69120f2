import {animationFrame, beforeEach, Deferred, expect, test} from "@odoo/hoot";
import {
    contains,
    defineActions,
    defineMenus,
    defineModels,
    fields,
    getService,
    models,
    mountWebClient,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {ConnectionLostError} from "@web/core/network/rpc";

const BACK = ".o_kontakti_back button";
const NAME = ".o_field_widget[name=name] input";

class KontaktiContact extends models.Model {
    _name = "kontakti.contact";
    name = fields.Char();
    _records = [
        {id: 1, name: "Spring offer"},
        {id: 2, name: "Site visit"},
    ];
    _views = {
        list: `<list><field name="name"/></list>`,
        form: `<form><field name="name"/></form>`,
    };
}

class Paper extends models.Model {
    _name = "paper";
    name = fields.Char();
    _records = [{id: 1, name: "Invoice"}];
    _views = {
        list: `<list><field name="name"/></list>`,
        form: `<form><field name="name"/></form>`,
    };
}

defineMailModels();
defineModels([KontaktiContact, Paper]);
defineActions([
    {
        id: 1,
        name: "Contact events",
        path: "contact-events",
        res_model: "kontakti.contact",
        views: [
            [false, "list"],
            [false, "form"],
        ],
    },
    {
        id: 2,
        name: "Papers",
        res_model: "paper",
        views: [
            [false, "list"],
            [false, "form"],
        ],
    },
]);
defineMenus([{id: 0}]);

let reads = [];

beforeEach(() => {
    reads = [];
    onRpc("kontakti.contact", "search_read", ({kwargs}) => {
        reads.push(kwargs.domain);
    });
});

async function openForm(resModel, resId, options = {}) {
    const action = {type: "ir.actions.act_window", res_model: resModel, res_id: resId};
    const views = [[false, "form"]];
    await getService("action").doAction({...action, views, ...options});
    await animationFrame();
}

async function goBack() {
    await contains(BACK).click();
    await animationFrame();
}

test("leads to the contact event one has come from, at any depth", async () => {
    await mountWebClient();
    await openForm("kontakti.contact", 1);
    expect(BACK).toHaveCount(0);
    await openForm("paper", 1);
    await getService("action").doAction(2);
    await animationFrame();
    expect(BACK).toHaveAttribute("title", "Back to: Spring offer");
    await goBack();
    expect(NAME).toHaveValue("Spring offer");
    expect(BACK).toHaveCount(0);
});

test("one read a navigation, and none without a contact event", async () => {
    await mountWebClient();
    await getService("action").doAction(2);
    await openForm("paper", 1);
    expect(reads).toEqual([]);
    await openForm("kontakti.contact", 1);
    expect(reads).toEqual([]);
    await openForm("kontakti.contact", 2);
    await openForm("paper", 1);
    expect(reads).toEqual([[["id", "in", [1]]], [["id", "in", [2, 1]]]]);
});

test("the nearest contact event, by its present name", async () => {
    await mountWebClient();
    await openForm("kontakti.contact", 1);
    await openForm("kontakti.contact", 2);
    expect(BACK).toHaveAttribute("title", "Back to: Spring offer");
    await getService("orm").write("kontakti.contact", [2], {name: "Visit, moved"});
    await openForm("paper", 1);
    expect(BACK).toHaveAttribute("title", "Back to: Visit, moved");
});

test("the same contact event opened again is nothing to go back to", async () => {
    await mountWebClient();
    await openForm("kontakti.contact", 1);
    await openForm("paper", 1);
    await openForm("kontakti.contact", 1);
    expect(BACK).toHaveCount(0);
});

test("a deleted contact event is passed over", async () => {
    await mountWebClient();
    await openForm("kontakti.contact", 1);
    await openForm("kontakti.contact", 2);
    await getService("orm").unlink("kontakti.contact", [2]);
    await openForm("paper", 1);
    expect(BACK).toHaveAttribute("title", "Back to: Spring offer");
});

test("one that vanishes before the click is said to be gone", async () => {
    await mountWebClient();
    await openForm("kontakti.contact", 1);
    await openForm("paper", 1);
    await getService("orm").unlink("kontakti.contact", [1]);
    await goBack();
    expect(".o_notification").toHaveText(/can no longer be opened/);
    expect(BACK).toHaveCount(0);
    expect(NAME).toHaveValue("Invoice");
});

test("offline, the breadcrumbs know the name", async () => {
    await mountWebClient();
    await openForm("kontakti.contact", 1);
    const searchRead = () => Promise.reject(new ConnectionLostError("/"));
    patchWithCleanup(getService("kontakti_back"), {orm: {silent: {searchRead}}});
    await openForm("paper", 1);
    expect(BACK).toHaveAttribute("title", "Back to: Spring offer");
});

test("a late answer about an earlier place does not count", async () => {
    await mountWebClient();
    await openForm("kontakti.contact", 1);
    const answer = new Deferred();
    onRpc("kontakti.contact", "search_read", () => answer);
    openForm("paper", 1);
    await animationFrame();
    expect(BACK).toHaveCount(0);
    await getService("action").doAction(1, {clearBreadcrumbs: true});
    answer.resolve([{id: 1, display_name: "Spring offer"}]);
    await animationFrame();
    expect(BACK).toHaveCount(0);
});

test("breadcrumbs that were cleared are loaded again", async () => {
    await mountWebClient();
    await getService("action").doAction(1);
    await contains(".o_data_row:first .o_data_cell").click();
    await getService("action").doAction(2, {clearBreadcrumbs: true});
    await animationFrame();
    expect(".breadcrumb-item").toHaveCount(0);
    expect(BACK).toHaveAttribute("title", "Back to: Spring offer");
    await goBack();
    expect(NAME).toHaveValue("Spring offer");
    const [list, form] = getService("action").currentController.config.breadcrumbs;
    expect([list.name, form.name]).toEqual(["Contact events", "Spring offer"]);
    const {resIds} = getService("action").currentController.props;
    expect(resIds).toEqual([1, 2]);
});

test("forgotten in the list of contact events", async () => {
    await mountWebClient();
    await openForm("kontakti.contact", 1);
    await getService("action").doAction(1, {clearBreadcrumbs: true});
    await getService("action").doAction(2, {clearBreadcrumbs: true});
    await animationFrame();
    expect(BACK).toHaveCount(0);
});

test("a dialog is no step", async () => {
    await mountWebClient();
    await openForm("kontakti.contact", 1);
    await openForm("paper", 1, {target: "new"});
    expect(".modal").toHaveCount(1);
    expect(BACK).toHaveCount(0);
    expect(reads).toEqual([]);
});
