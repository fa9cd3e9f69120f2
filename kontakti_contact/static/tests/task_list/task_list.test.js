import {
    advanceTime,
    animationFrame,
    beforeEach,
    describe,
    expect,
    keyDown,
    mockDate,
    queryAllTexts,
    queryOne,
    test,
} from "@odoo/hoot";
import {
    contains,
    getService,
    makeServerError,
    mockService,
    mountWebClient,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Component, xml} from "@odoo/owl";
import {CHANGED} from "@kontakti_contact/task_list/live_refresh_hook";

const OWN_LATE = ".o_kontakti_section_personal .o_kontakti_cell_late";
const LATE = ".o_kontakti_section_organisation .o_kontakti_cell_late";
const TODAY = ".o_kontakti_section_organisation .o_kontakti_cell_today";
const NUMBERS = {all: [3, 5], late: [1, 2], today: [2, 3]};

const GROUP_NAMES = {
    all: "All",
    late: "Late",
    today: "Today",
    week: "This week",
    later: "Later",
    undated: "No next date",
    unassigned: "Unassigned",
};

/**
 * @param {string} section
 * @param {Object<string, number[]>} numbers customers and contact events by group
 * @returns {Object[]}
 */
function makeGroups(section, numbers) {
    return Object.entries(numbers).map(([key, [customers, contacts]]) => ({
        key,
        name: GROUP_NAMES[key],
        help: "",
        customers,
        contacts,
        domain: [["name", "=", `${section}.${key}`]],
    }));
}

/**
 * @param {Object} [numbers] of the section "organisation"
 * @param {Object} [own] of the section "personal"
 * @returns {Object} as get_task_list returns it
 */
function makeTaskList(numbers = {}, own = {}) {
    const zero = Object.fromEntries(
        Object.keys(GROUP_NAMES).map((key) => [key, [0, 0]])
    );
    const organisation = {...zero, ...numbers};
    return {
        today: "2026-11-23",
        sections: [
            {
                key: "personal",
                name: "Personal contact events",
                groups: makeGroups("personal", {...zero, ...own}),
            },
            {
                key: "organisation",
                name: "Organisation",
                groups: makeGroups("organisation", organisation),
            },
            {
                key: "mailing_list",
                name: "On mailing list",
                groups: makeGroups("mailing_list", {all: [0, 0]}),
            },
        ],
    };
}

/**
 * @param {Object} [values]
 * @returns {Object} one customer as get_task_list_customers returns it
 */
function makeCustomer(values = {}) {
    return {
        key: "#7",
        name: "Virtanen Oy",
        partner_id: 7,
        phone: "+358 40 123 4567",
        next_date: "2026-11-20",
        contacts: 1,
        items: [makeItem()],
        ...values,
    };
}

/**
 * @param {Object} [values]
 * @returns {Object} one contact event of a customer
 */
function makeItem(values = {}) {
    return {
        id: 1,
        name: "Offer promised",
        next_date: "2026-11-20",
        due: "late",
        responsible: "",
        phone: "",
        ...values,
    };
}

let server = {};
let listeners = [];

/** Any other action. */
class Elsewhere extends Component {
    static template = xml`<div class="elsewhere"/>`;
    static props = {...standardActionServiceProps};
}

defineMailModels();

beforeEach(() => {
    mockDate("2026-11-23 10:00:00");
    listeners = [];
    server = {list: makeTaskList(NUMBERS), customers: [makeCustomer()], page: 40};
    mockBus();
    mockService("kontakti_live", {told: 0, toldAt: 0});
    registry.category("actions").add("elsewhere", Elsewhere, {force: true});
    onRpc("kontakti.contact", "get_task_list", () => {
        expect.step("get_task_list");
        return server.list;
    });
    onRpc("kontakti.contact", "get_own_task_list", () => {
        expect.step("get_own_task_list");
        const {today, sections} = server.list;
        const own = sections.filter(({key}) => ["personal", "mine"].includes(key));
        return {today, sections: own};
    });
    onRpc("kontakti.contact", "get_task_list_customers", ({args}) => {
        expect.step(`get_task_list_customers ${args.join(" ")}`);
        const offset = args[2];
        const end = offset + server.page;
        const customers = server.customers.slice(offset, end);
        return {customers, more: end < server.customers.length};
    });
});

/** Let the tests say what comes from the server, without a web socket. */
function mockBus() {
    mockService("bus_service", {
        addChannel: () => {},
        addEventListener: () => {},
        deleteChannel: () => {},
        removeEventListener: () => {},
        send: () => {},
        start: () => {},
        subscribe: (type, callback) => type === CHANGED && listeners.push(callback),
        unsubscribe: (type, callback) => {
            listeners = listeners.filter((listener) => listener !== callback);
        },
    });
}

function receiveChange() {
    listeners.forEach((listener) => listener({}));
}

/** Open the task list; the open cell is the one said, none by default. */
async function openTaskList(cell = "") {
    browser.sessionStorage.setItem("kontakti_contact.task_list.open_cell", cell);
    await mountWebClient();
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "kontakti_contact.task_list",
        name: "Task list",
    });
    await animationFrame();
}

function mockDoAction() {
    patchWithCleanup(getService("action"), {
        doAction(action, options) {
            expect.step(["doAction", action, options]);
        },
        loadAction: async (xmlid, context) => ({xmlid, context}),
    });
}

async function undo() {
    await contains(".o_notification_buttons button").click();
    await animationFrame();
}

describe("numbers", () => {
    test("one call draws all the numbers", async () => {
        await openTaskList();
        expect.verifySteps(["get_task_list"]);
        expect(".o_kontakti_section").toHaveCount(3);
        expect(".o_kontakti_cell").toHaveCount(15);
        expect(`${LATE} .o_kontakti_customers`).toHaveText("1");
        expect(`${LATE} .o_kontakti_contacts`).toHaveText("2 contact events");
    });

    test("late is red when there is something late", async () => {
        await openTaskList();
        expect(`${LATE} .o_kontakti_customers`).toHaveClass("text-danger");
        expect(".o_kontakti_section_personal .text-danger").toHaveCount(0);
        expect.verifySteps(["get_task_list"]);
    });

    test("zero is quiet and offers no customers", async () => {
        await openTaskList();
        const zero = ".o_kontakti_section_organisation .o_kontakti_cell_week";
        expect(zero).toHaveClass("o_kontakti_zero");
        expect(`${zero} .o_kontakti_contacts`).toHaveCount(0);
        expect(`${zero} .o_kontakti_cell_toggle`).toHaveCount(0);
        expect.verifySteps(["get_task_list"]);
    });

    test("a number says aloud what it counts", async () => {
        await openTaskList();
        expect(`${LATE} .o_kontakti_cell_number .visually-hidden`).toHaveText(
            "Organisation, Late: 1 customer, 2 contact events"
        );
        expect.verifySteps(["get_task_list"]);
    });

    test.tags("desktop");
    test("the arrow keys move between the cells", async () => {
        await openTaskList();
        queryOne(`${LATE} .o_kontakti_cell_number`).focus();
        await keyDown("ArrowRight");
        expect(`${TODAY} .o_kontakti_cell_number`).toBeFocused();
        await keyDown("ArrowUp");
        expect(
            ".o_kontakti_section_personal .o_kontakti_cell_today .o_kontakti_cell_number"
        ).toBeFocused();
        expect.verifySteps(["get_task_list"]);
    });

    test("nothing to do: says so and offers a new contact event", async () => {
        server.list = makeTaskList();
        await openTaskList();
        expect(".o_kontakti_empty").toHaveText(/Nothing to do/);
        expect(".o_kontakti_empty button").toHaveText("New contact event");
        expect.verifySteps(["get_task_list"]);
    });

    test.tags("mobile");
    test("a phone shows the name of the group in each cell", async () => {
        await openTaskList();
        expect(`${LATE} .o_kontakti_cell_name`).toBeVisible();
        expect(queryOne(".o_content").scrollWidth).toBeLessThan(window.innerWidth + 1);
        expect.verifySteps(["get_task_list"]);
    });
});

describe("drill-down", () => {
    test("a contact event opens with the pager of its cell", async () => {
        onRpc("kontakti.contact", "get_task_list_ids", ({args}) => {
            expect.step(args);
            return [9, 1, 4];
        });
        await openTaskList("organisation.late");
        patchWithCleanup(getService("action"), {
            doAction: ({res_id}, {props}) => expect.step([res_id, props.resIds]),
        });
        await contains(".o_kontakti_contact_name").click();
        expect.verifySteps([
            "get_task_list",
            "get_task_list_customers organisation late 0",
            ["organisation", "late"],
            [1, [9, 1, 4]],
        ]);
    });

    test("a number opens the list of exactly its contact events", async () => {
        await openTaskList();
        mockDoAction();
        await contains(`${LATE} .o_kontakti_cell_number`).click();
        expect.verifySteps([
            "get_task_list",
            [
                "doAction",
                {
                    xmlid: "kontakti_contact.kontakti_contact_action_drill_down",
                    context: {active_id: "organisation.late"},
                    name: "Organisation: Late",
                    display_name: "Organisation: Late",
                    domain: [["name", "=", "organisation.late"]],
                },
                {newWindow: false},
            ],
        ]);
    });

    test("more contact events than shown: leads to those of the customer", async () => {
        server.customers = [makeCustomer({contacts: 9})];
        await openTaskList("organisation.late");
        mockDoAction();
        expect(".o_kontakti_show_customer").toHaveText(
            "Show all 9 contact events of Virtanen Oy"
        );
        patchWithCleanup(getService("action"), {
            doAction: (action) => expect.step(action.domain),
        });
        await contains(".o_kontakti_show_customer").click();
        expect.verifySteps([
            "get_task_list",
            "get_task_list_customers organisation late 0",
            [
                ["name", "=", "organisation.late"],
                ["customer_key", "=", "#7"],
            ],
        ]);
    });
});

describe("mine and the silent", () => {
    function addSection(key, name, groups, place) {
        server.list.sections.splice(place, 0, {key, name, groups});
    }

    function addSilent(count) {
        const [all] = makeGroups("silent", {all: [count, 0]});
        addSection("silent", "Gone silent", [{...all, model: "res.partner"}], 3);
    }

    test.tags("desktop");
    test("what is mine opens before what is more urgent elsewhere", async () => {
        const numbers = {all: [1, 1], late: [0, 0], today: [1, 1]};
        addSection("mine", "My responsibility", makeGroups("mine", numbers), 1);
        await mountWebClient();
        await getService("action").doAction("kontakti_contact.task_list");
        await animationFrame();
        expect(".o_kontakti_customer_panel h2").toHaveText("My responsibility: Today");
        expect.verifySteps(["get_task_list", "get_task_list_customers mine today 0"]);
    });

    test.tags("mobile");
    test("on a phone what is mine, late and due today, opens first", async () => {
        const numbers = {all: [1, 1], late: [0, 0], today: [1, 1]};
        addSection("mine", "My responsibility", makeGroups("mine", numbers), 1);
        await mountWebClient();
        await getService("action").doAction("kontakti_contact.task_list");
        await animationFrame();
        expect(".o_kontakti_customer_panel h2").toHaveText(
            "My responsibility: Late and today"
        );
        expect.verifySteps(["get_task_list", "get_task_list_customers mine now 0"]);
    });

    test.tags("mobile");
    test("on a phone what is late comes before what is personal and due today", async () => {
        server.list = makeTaskList(NUMBERS, {all: [1, 1], today: [1, 1]});
        const late = {all: [1, 1], late: [1, 1], today: [0, 0]};
        addSection("mine", "My responsibility", makeGroups("mine", late), 1);
        await mountWebClient();
        await getService("action").doAction("kontakti_contact.task_list");
        await animationFrame();
        expect.verifySteps(["get_task_list", "get_task_list_customers mine now 0"]);
    });

    test("the silent are customers: no contact events, nothing to open in place", async () => {
        addSilent(6);
        await openTaskList();
        const cell = ".o_kontakti_section_silent .o_kontakti_cell_all";
        expect(`${cell} .o_kontakti_customers`).toHaveText("6");
        expect(`${cell} .o_kontakti_contacts`).toHaveCount(0);
        expect(`${cell} .o_kontakti_cell_toggle`).toHaveCount(0);
        expect(`${cell} .visually-hidden`).toHaveText("Gone silent: 6 customers");
        mockDoAction();
        await contains(`${cell} .o_kontakti_cell_number`).click();
        expect.verifySteps([
            "get_task_list",
            [
                "doAction",
                "kontakti_contact.res_partner_action_silent",
                {newWindow: false},
            ],
        ]);
    });

    test("nothing to do is not said while somebody is silent", async () => {
        server.list = makeTaskList();
        addSilent(1);
        await openTaskList();
        expect(".o_kontakti_empty").toHaveCount(0);
        expect.verifySteps(["get_task_list"]);
    });
});

describe("customers in place", () => {
    test.tags("mobile");
    test("a phone shows first late and today together, with a button to call", async () => {
        await mountWebClient();
        await getService("action").doAction("kontakti_contact.task_list");
        await animationFrame();
        expect(".o_kontakti_customer_panel h2").toHaveText(
            "Organisation: Late and today"
        );
        expect(".o_kontakti_phone").toHaveClass("btn-primary");
        const [panel] = document.querySelectorAll(".o_kontakti_customer_panel");
        const matrix = queryOne(".o_kontakti_matrix");
        expect(
            Boolean(
                panel.compareDocumentPosition(matrix) & Node.DOCUMENT_POSITION_FOLLOWING
            )
        ).toBe(true);
        expect(".o_kontakti_section_personal .o_kontakti_nothing").toHaveCount(1);
        expect.verifySteps([
            "get_task_list",
            "get_task_list_customers organisation now 0",
        ]);
    });

    test.tags("desktop");
    test("the most urgent cell is open at first", async () => {
        await mountWebClient();
        await getService("action").doAction("kontakti_contact.task_list");
        await animationFrame();
        expect(".o_kontakti_customer_panel h2").toHaveText("Organisation: Late");
        expect.verifySteps([
            "get_task_list",
            "get_task_list_customers organisation late 0",
        ]);
    });

    test("opening a cell loads its customers, closing does not", async () => {
        await openTaskList();
        await contains(`${LATE} .o_kontakti_cell_toggle`).click();
        expect.verifySteps([
            "get_task_list",
            "get_task_list_customers organisation late 0",
        ]);
        expect(`${LATE} .o_kontakti_cell_toggle`).toHaveAttribute(
            "aria-expanded",
            "true"
        );
        expect(".o_kontakti_customer_name").toHaveText("Virtanen Oy");
        expect(".o_kontakti_phone").toHaveAttribute("href", "tel:+358401234567");
        expect(".o_kontakti_next_date").toHaveClass("text-danger");
        await contains(`${LATE} .o_kontakti_cell_toggle`).click();
        expect(".o_kontakti_customer_panel").toHaveCount(0);
        expect.verifySteps([]);
    });

    test("closing from within gives the focus back to the cell", async () => {
        await openTaskList("organisation.late");
        await contains(".o_kontakti_customer_panel .btn-close").click();
        expect(".o_kontakti_customer_panel").toHaveCount(0);
        expect(`${LATE} .o_kontakti_cell_toggle`).toBeFocused();
        expect.verifySteps([
            "get_task_list",
            "get_task_list_customers organisation late 0",
        ]);
    });

    test("a customer without a name is called so", async () => {
        server.customers = [makeCustomer({key: false, name: "", partner_id: false})];
        await openTaskList("organisation.late");
        expect(".o_kontakti_customer_name").toHaveText("No customer");
        expect.verifySteps([
            "get_task_list",
            "get_task_list_customers organisation late 0",
        ]);
    });

    test("more customers are loaded on demand and kept by a refresh", async () => {
        server.customers = [
            makeCustomer(),
            makeCustomer({key: "#8", name: "Fazer Ab"}),
        ];
        server.page = 1;
        const pages = [0, 1].map(
            (offset) => `get_task_list_customers organisation late ${offset}`
        );
        await openTaskList("organisation.late");
        expect(queryAllTexts(".o_kontakti_customer_name")).toEqual(["Virtanen Oy"]);
        await contains("button[name=more]").click();
        const names = ["Virtanen Oy", "Fazer Ab"];
        expect(queryAllTexts(".o_kontakti_customer_name")).toEqual(names);
        expect("button[name=more]").toHaveCount(0);
        expect.verifySteps(["get_task_list", ...pages]);
        receiveChange();
        await advanceTime(5000);
        await animationFrame();
        expect(queryAllTexts(".o_kontakti_customer_name")).toEqual(names);
        expect.verifySteps(["get_own_task_list", ...pages]);
    });

    test("a done contact event of the mailing list is not done again", async () => {
        server.customers = [makeCustomer({items: [makeItem({due: false})]})];
        await openTaskList("organisation.late");
        expect("button[name=done]").toHaveCount(0);
        expect("button[name=follow_up]").toHaveCount(1);
        expect.verifySteps([
            "get_task_list",
            "get_task_list_customers organisation late 0",
        ]);
    });
});

describe("actions", () => {
    const LOADED = ["get_task_list", "get_task_list_customers organisation late 0"];
    const NUMBERS_LOADED = ["get_task_list"];

    /** Wait until the rows that were dealt with have gone. */
    async function pause() {
        await advanceTime(1500);
        await animationFrame();
    }

    beforeEach(() => {
        for (const method of ["action_done", "action_reopen"]) {
            onRpc("kontakti.contact", method, ({args}) => {
                expect.step([method, ...args]);
                return true;
            });
        }
    });

    test("done, and undone", async () => {
        await openTaskList("organisation.late");
        expect.verifySteps(LOADED);
        server.customers = [];
        await contains("button[name=done]").click();
        expect.verifySteps([["action_done", [1]], ...NUMBERS_LOADED]);
        expect(".o_notification").toHaveText(/“Offer promised” is done\./);
        await pause();
        expect.verifySteps(LOADED);
        expect(".o_kontakti_no_customers").toHaveCount(1);
        await undo();
        expect.verifySteps([["action_reopen", [1]], ...LOADED]);
        expect(".o_notification").toHaveCount(0);
    });

    test("a row dealt with stays a moment, struck through, and takes no click", async () => {
        const items = [makeItem(), makeItem({id: 2, name: "Site visit"})];
        server.customers = [makeCustomer({contacts: 2, items})];
        await openTaskList("organisation.late");
        server.customers = [makeCustomer({items: items.slice(1)})];
        await contains("button[name=done]:first").click();
        expect(".o_kontakti_gone .o_kontakti_contact_name").toHaveText(
            "Offer promised"
        );
        expect(".o_kontakti_contact").toHaveCount(2);
        await contains("button[name=done]:first").click();
        receiveChange();
        await advanceTime(600);
        const loads = [...NUMBERS_LOADED, "get_own_task_list"];
        expect.verifySteps([...LOADED, ["action_done", [1]], ...loads]);
        expect(".o_kontakti_gone").toHaveCount(1);
        await advanceTime(1500);
        await animationFrame();
        expect.verifySteps(LOADED);
        expect(queryAllTexts(".o_kontakti_contact_name")).toEqual(["Site visit"]);
        expect(".o_kontakti_gone").toHaveCount(0);
    });

    test("a row undone at once is struck through no longer", async () => {
        await openTaskList("organisation.late");
        await contains("button[name=done]").click();
        expect(".o_kontakti_gone").toHaveCount(1);
        await undo();
        expect(".o_kontakti_gone").toHaveCount(0);
        expect(".o_kontakti_contact").toHaveCount(1);
        expect.verifySteps([
            ...LOADED,
            ["action_done", [1]],
            ...NUMBERS_LOADED,
            ["action_reopen", [1]],
            ...LOADED,
        ]);
    });

    test.tags("desktop");
    test("put off by a week, and undone", async () => {
        onRpc("kontakti.contact", "action_postpone", ({args}) => {
            expect.step(["action_postpone", ...args]);
            return {1: "2026-11-20"};
        });
        onRpc("kontakti.contact", "action_restore_next_dates", ({args}) => {
            expect.step(["action_restore_next_dates", ...args]);
            return true;
        });
        onRpc("kontakti.contact", "read", () => [{id: 1, next_date: "2026-11-30"}]);
        await openTaskList("organisation.late");
        await contains("button[name=week]").click();
        const postponed = ["action_postpone", [1], 7];
        expect.verifySteps([...LOADED, postponed, ...NUMBERS_LOADED]);
        expect(".o_notification").toHaveText(
            /“Offer promised” was moved: Mon,? 11\/30/
        );
        await undo();
        const restore = ["action_restore_next_dates", {1: "2026-11-20"}];
        expect.verifySteps([restore, ...LOADED]);
    });

    test.tags("desktop");
    test("a follow-up opens what the server made", async () => {
        const action = {type: "ir.actions.act_window", res_id: 2};
        onRpc("kontakti.contact", "action_follow_up", () => action);
        await openTaskList("organisation.late");
        expect.verifySteps(LOADED);
        mockDoAction();
        await contains("button[name=follow_up]").click();
        expect.verifySteps([["doAction", action, undefined], ...LOADED]);
    });

    test("undone from elsewhere, after the task list has been left", async () => {
        await openTaskList("organisation.late");
        await contains("button[name=done]").click();
        expect.verifySteps([...LOADED, ["action_done", [1]], ...NUMBERS_LOADED]);
        await getService("action").doAction({
            type: "ir.actions.client",
            tag: "elsewhere",
        });
        await animationFrame();
        expect(".o_kontakti_task_list").toHaveCount(0);
        await undo();
        expect.verifySteps([["action_reopen", [1]]]);
    });

    test.tags("desktop");
    test("a double click makes one follow-up", async () => {
        onRpc("kontakti.contact", "action_follow_up", () => {
            expect.step("action_follow_up");
            return {type: "ir.actions.act_window", res_id: 2};
        });
        await openTaskList("organisation.late");
        patchWithCleanup(getService("action"), {doAction: () => {}});
        queryOne("button[name=follow_up]").click();
        queryOne("button[name=follow_up]").click();
        await animationFrame();
        expect.verifySteps([...LOADED, "action_follow_up", ...LOADED]);
    });

    test("the focus goes to the contact event that comes next", async () => {
        const items = [makeItem(), makeItem({id: 2, name: "Site visit"})];
        server.customers = [makeCustomer({contacts: 2, items})];
        await openTaskList("organisation.late");
        server.customers = [makeCustomer({items: items.slice(1)})];
        queryOne("button[name=done]:first").focus();
        await contains("button[name=done]:first").click();
        expect.verifySteps([...LOADED, ["action_done", [1]], ...NUMBERS_LOADED]);
        await pause();
        expect("button[name=done]").toBeFocused();
        expect("button[name=done]").toHaveAttribute("aria-label", "Done: Site visit");
        expect.verifySteps(LOADED);
    });
});

describe("log and plan in place", () => {
    const LOADED = ["get_task_list", "get_task_list_customers organisation late 0"];
    const contact = (id, name) => ({id, name, discussion: false, actions: false});

    beforeEach(() => {
        server.customers = [
            makeCustomer(),
            makeCustomer({
                key: "#8",
                name: "Fazer Ab",
                items: [makeItem({id: 2, name: "Site visit"})],
            }),
        ];
        onRpc("kontakti.contact", "read", ({args}) =>
            args[0].map((id) => contact(id, id === 1 ? "Offer promised" : "Site visit"))
        );
        onRpc("kontakti.channel", "search_read", () => []);
        onRpc("kontakti.contact", "action_log_and_plan", ({args}) => {
            expect.step(["action_log_and_plan", args[0], args[1].next_date || false]);
            return {done: args[0][0], next: 9};
        });
        onRpc("kontakti.contact", "action_undo_log_and_plan", ({args}) => {
            expect.step(["action_undo_log_and_plan", ...args]);
            return true;
        });
        onRpc("kontakti.contact", "action_no_answer", ({args}) => {
            expect.step(["action_no_answer", ...args]);
            return {1: "2026-11-20"};
        });
    });

    test.tags("desktop");
    test("save and next opens the next customer, and undo brings it back", async () => {
        await openTaskList("organisation.late");
        await contains("button[name=log]:first").click();
        expect(".o_kontakti_contact:first .o_kontakti_log_form").toHaveCount(1);
        await contains("button[data-next=week]").click();
        await contains("button[name=save_and_next]").click();
        await animationFrame();
        expect.verifySteps([
            ...LOADED,
            ["action_log_and_plan", [1], "2026-11-30"],
            "get_task_list",
        ]);
        expect(".o_kontakti_contact:last .o_kontakti_log_form").toHaveCount(1);
        expect("button[name=save_and_next]").toHaveCount(0);
        await undo();
        expect.verifySteps([
            ["action_undo_log_and_plan", {done: 1, next: 9}],
            ...LOADED,
        ]);
        expect(".o_kontakti_gone").toHaveCount(0);
    });

    test.tags("desktop");
    test("a second click on the button closes it, and what was typed is kept", async () => {
        await openTaskList("organisation.late");
        await contains("button[name=log]:first").click();
        await contains("textarea[name=discussion]").edit("Half", {confirm: false});
        await contains("button[name=log]:first").click();
        expect(".o_kontakti_log_form").toHaveCount(0);
        await contains("button[name=log]:first").click();
        expect(queryOne("textarea[name=discussion]").value).toBe("Half");
        await contains("button[name=discard]").click();
        expect.verifySteps(LOADED);
    });

    test("nobody answered is one click", async () => {
        await openTaskList("organisation.late");
        await contains("button[name=no_answer]:first").click();
        expect.verifySteps([...LOADED, ["action_no_answer", [1]], "get_task_list"]);
        expect(".o_notification").toHaveText(/Nobody answered/);
    });

    test("attempts are counted on the row", async () => {
        server.customers = [makeCustomer({items: [makeItem({attempts: 2})]})];
        await openTaskList("organisation.late");
        expect(".o_kontakti_attempts").toHaveText("nobody answered 2 times");
        expect.verifySteps(LOADED);
    });
});

describe("refresh", () => {
    test("a thousand messages from the server are one refresh", async () => {
        await openTaskList();
        expect.verifySteps(["get_task_list"]);
        server.list = makeTaskList(NUMBERS, {late: [4, 8]});
        for (let i = 0; i < 1000; i++) {
            receiveChange();
        }
        await advanceTime(5000);
        await animationFrame();
        expect.verifySteps(["get_own_task_list"]);
        expect(`${OWN_LATE} .o_kontakti_customers`).toHaveText("4");
    });

    test("a change of what is the user's own after midnight loads all", async () => {
        await openTaskList();
        server.list = {...makeTaskList(NUMBERS, {late: [4, 8]}), today: "2026-11-24"};
        receiveChange();
        await advanceTime(5000);
        await animationFrame();
        expect.verifySteps(["get_task_list", "get_own_task_list", "get_task_list"]);
        expect(`${OWN_LATE} .o_kontakti_customers`).toHaveText("4");
    });

    test("a hidden tab waits until it is seen", async () => {
        await openTaskList();
        let isHidden = true;
        patchWithCleanup(document, {
            get hidden() {
                return isHidden;
            },
        });
        receiveChange();
        await advanceTime(5000);
        expect.verifySteps(["get_task_list"]);
        isHidden = false;
        document.dispatchEvent(new Event("visibilitychange"));
        await advanceTime(5000);
        expect.verifySteps(["get_task_list"]);
    });

    test("a new day brings new numbers", async () => {
        await openTaskList();
        expect.verifySteps(["get_task_list"]);
        await advanceTime(24 * 60 * 60 * 1000);
        expect.verifySteps(["get_task_list"]);
    });

    test("a failed refresh keeps the numbers", async () => {
        expect.errors(1);
        await openTaskList();
        onRpc("kontakti.contact", "get_own_task_list", () => {
            throw makeServerError({message: "The server is busy"});
        });
        receiveChange();
        await advanceTime(5000);
        await animationFrame();
        expect(`${LATE} .o_kontakti_customers`).toHaveText("1");
        expect.verifySteps(["get_task_list"]);
        expect.verifyErrors(["The server is busy"]);
    });

    test("a task list that has been left listens no more", async () => {
        await openTaskList();
        expect(listeners).toHaveLength(1);
        await getService("action").doAction({
            type: "ir.actions.client",
            tag: "elsewhere",
        });
        await animationFrame();
        expect(listeners).toHaveLength(0);
        await advanceTime(24 * 60 * 60 * 1000);
        expect.verifySteps(["get_task_list"]);
    });
});
