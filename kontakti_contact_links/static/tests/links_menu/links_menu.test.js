import {
    animationFrame,
    beforeEach,
    Deferred,
    expect,
    queryAllTexts,
    queryOne,
    test,
} from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    mountViewInDialog,
    onRpc,
    pagerNext,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {session} from "@web/session";

const LINKS = ".o_control_panel .o_kontakti_links";
const COUNT = `${LINKS} .o_kontakti_links_count`;
const ROW = ".o_kontakti_link_open";
const REMOVE = ".o_kontakti_link_remove";
const ADD = ".o_kontakti_links_add";
const MORE = ".o_kontakti_links_more";

class Paper extends models.Model {
    _name = "paper";
    name = fields.Char();
    _records = [
        {id: 1, name: "First"},
        {id: 2, name: "Second"},
    ];
    _views = {form: `<form><field name="name"/></form>`};
}

defineMailModels();
defineModels([Paper]);

/**
 * @param {number} id
 * @param {Object} [values]
 * @returns {Object} one link as get_links returns it
 */
function makeLink(id, values = {}) {
    return {
        model: "paper",
        id,
        name: `Offer ${id}`,
        application: "Quotation",
        icon: "fa-file-o",
        state: "Sent",
        active: true,
        ...values,
    };
}

/**
 * @param {number[]} ids of the links shown
 * @param {Object} [values]
 * @returns {Object} as get_links_menu returns it
 */
function makeMenu(ids, values = {}) {
    return {
        count: ids.length,
        links: ids.map((id) => makeLink(id)),
        models: [{model: "paper", name: "Papers", icon: "fa-file-o"}],
        can_edit: true,
        ...values,
    };
}

let answer = () => makeMenu([11, 12, 13]);

beforeEach(() => {
    answer = () => makeMenu([11, 12, 13]);
    patchWithCleanup(session, {kontakti_link_models: ["paper"]});
    onRpc("kontakti.link", "get_links_menu", ({args}) => {
        expect.step(`get_links_menu ${args.join(" ")}`);
        return answer(...args);
    });
    onRpc("kontakti.link", "get_links_count", async ({args}) => {
        expect.step(`get_links_count ${args.join(" ")}`);
        const {count} = await answer(...args);
        return count;
    });
    for (const method of ["unlink_between", "link_between"]) {
        onRpc("kontakti.link", method, ({args}) => {
            expect.step([method, ...args]);
            return true;
        });
    }
});

async function openForm(resId = 1) {
    await mountView({resModel: "paper", type: "form", resId, resIds: [1, 2]});
    await animationFrame();
}

async function openMenu() {
    await openForm();
    await contains(LINKS).click();
    await animationFrame();
    expect.verifySteps(["get_links_count paper 1", "get_links_menu paper 1"]);
}

test("a form asks for the number of links alone", async () => {
    await openForm();
    expect(COUNT).toHaveText("3");
    expect.verifySteps(["get_links_count paper 1"]);
});

test("the number is a word of its own in the name of the button", async () => {
    await openForm();
    expect(queryOne(LINKS).textContent.replace(/\s+/g, " ").trim()).toBe("Links 3");
    expect.verifySteps(["get_links_count paper 1"]);
});

test("a message opens in a new tab where it was written", async () => {
    answer = () =>
        makeMenu([], {count: 1, links: [makeLink(5, {model: "mail.message"})]});
    await openMenu();
    expect(ROW).toHaveAttribute("href", "/mail/message/5");
});

test("every opening of the menu shows what is linked now", async () => {
    await openMenu();
    await contains(LINKS).click();
    answer = () => makeMenu([11, 12]);
    await contains(LINKS).click();
    await animationFrame();
    expect(ROW).toHaveCount(2);
    expect(COUNT).toHaveText("2");
    expect.verifySteps(["get_links_menu paper 1"]);
});

test("one call draws the menu", async () => {
    await openMenu();
    expect(COUNT).toHaveText("3");
    expect(queryAllTexts(`${ROW} .text-truncate:first-child`)).toEqual([
        "Offer 11",
        "Offer 12",
        "Offer 13",
    ]);
    expect(`${ROW}:first .o_kontakti_link_details`).toHaveText("Quotation · Sent");
    expect(`${ROW}:first`).toHaveAttribute("href", "/odoo/m-paper/11");
    expect(`${REMOVE}:first`).toHaveAttribute(
        "aria-label",
        "Remove the link to Offer 11"
    );
});

test("an archived record says so", async () => {
    answer = () => makeMenu([], {count: 1, links: [makeLink(11, {active: false})]});
    await openMenu();
    expect(`${ROW} .o_kontakti_link_details`).toHaveText("Quotation · Sent · Archived");
});

test("a late answer does not show another record's links", async () => {
    const answers = {1: new Deferred(), 2: new Deferred()};
    answer = (model, resId) => answers[resId];
    await openForm();
    expect(COUNT).toHaveCount(0);
    await pagerNext();
    answers[2].resolve(makeMenu([21]));
    await animationFrame();
    expect(COUNT).toHaveText("1");
    answers[1].resolve(makeMenu([11, 12, 13]));
    await animationFrame();
    expect(COUNT).toHaveText("1");
    expect.verifySteps(["get_links_count paper 1", "get_links_count paper 2"]);
});

test("typing calls nothing, saving asks for the number again", async () => {
    await openForm();
    await contains(".o_field_widget[name=name] input").edit("Typed");
    expect.verifySteps(["get_links_count paper 1"]);
    await contains(".o_form_button_save").click();
    await animationFrame();
    expect.verifySteps(["get_links_count paper 1"]);
});

test("a new record has no menu until it is saved", async () => {
    await openForm(false);
    expect(LINKS).toHaveCount(0);
    await contains(".o_field_widget[name=name] input").edit("New");
    await contains(".o_form_button_save").click();
    await animationFrame();
    expect(COUNT).toHaveText("3");
    expect.verifySteps(["get_links_count paper 3"]);
});

test("no menu where the model takes no part, nor in dialogs", async () => {
    await mountViewInDialog({resModel: "paper", type: "form", resId: 1});
    expect(".o_kontakti_links").toHaveCount(0);
    patchWithCleanup(session, {kontakti_link_models: ["kontakti.contact"]});
    await openForm();
    expect(".o_kontakti_links").toHaveCount(0);
    expect.verifySteps([]);
});

test("a failure is quiet, and opening the menu tries again", async () => {
    answer = () => {
        throw makeServerError({message: "The server is busy"});
    };
    await openForm();
    expect(LINKS).toHaveCount(1);
    expect(COUNT).toHaveCount(0);
    answer = () => makeMenu([11]);
    await contains(LINKS).click();
    expect(ROW).toHaveCount(1);
    expect(COUNT).toHaveText("1");
    expect.verifySteps(["get_links_count paper 1", "get_links_menu paper 1"]);
});

test("without links it says what to do", async () => {
    answer = () => makeMenu([]);
    await openMenu();
    expect(COUNT).toHaveText("0");
    expect(".o_kontakti_links_empty").toHaveText(/Nothing is linked with this yet/);
    expect(ADD).toHaveCount(1);
});

test("who may not change anything sees links only", async () => {
    answer = () => makeMenu([11], {can_edit: false});
    await openMenu();
    expect(ROW).toHaveCount(1);
    expect(REMOVE).toHaveCount(0);
    expect(ADD).toHaveCount(0);
});

test("removed at once, and undone", async () => {
    await openMenu();
    queryOne(`${REMOVE}:first`).focus();
    await contains(`${REMOVE}:first`).click();
    expect(COUNT).toHaveText("2");
    expect(`${REMOVE}:first`).toBeFocused();
    expect(".o_notification").toHaveText(/The link to Offer 11 was removed\./);
    expect.verifySteps([["unlink_between", "paper", 1, "paper", 11]]);
    await contains(".o_notification_buttons button").click();
    await animationFrame();
    expect(COUNT).toHaveText("3");
    expect.verifySteps([
        ["link_between", "paper", 1, "paper", 11],
        "get_links_menu paper 1",
    ]);
});

test("a link that cannot be removed comes back", async () => {
    expect.errors(1);
    await openMenu();
    onRpc("kontakti.link", "unlink_between", () => {
        throw makeServerError({message: "You may not"});
    });
    await contains(`${REMOVE}:first`).click();
    await animationFrame();
    expect(COUNT).toHaveText("3");
    expect.verifySteps(["get_links_menu paper 1"]);
    expect.verifyErrors(["You may not"]);
});

test("many links are shown page by page", async () => {
    const ids = Array.from({length: 40}, (_, index) => 100 + index);
    answer = () => makeMenu(ids, {count: 300});
    onRpc("kontakti.link", "get_links", ({args, kwargs}) => {
        const {limit, offset} = kwargs;
        expect.step(`get_links ${args.join(" ")} ${limit} ${offset}`);
        const rest = Math.min(limit, 300 - offset);
        return Array.from({length: rest}, (_, index) => makeLink(100 + offset + index));
    });
    await openMenu();
    expect(ROW).toHaveCount(40);
    expect(MORE).toHaveText("Show 200 more of 300 links");
    await contains(MORE).click();
    expect(ROW).toHaveCount(240);
    expect(MORE).toHaveText("Show all 300 links");
    await contains(MORE).click();
    expect(ROW).toHaveCount(300);
    expect(MORE).toHaveCount(0);
    expect.verifySteps(["get_links paper 1 200 40", "get_links paper 1 200 240"]);
});
