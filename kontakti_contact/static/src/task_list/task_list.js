import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {Layout} from "@web/search/layout";
import {useSetupAction} from "@web/search/action_hook";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {
    Component,
    onWillDestroy,
    onWillStart,
    status,
    toRaw,
    useRef,
    useState,
} from "@odoo/owl";
import {CustomerPanel} from "./customer_panel/customer_panel";
import {TaskMatrix} from "./task_matrix/task_matrix";
import {formAction} from "../core/form_action";
import {offerUndo} from "../core/offer";
import {useLiveRefresh} from "./live_refresh_hook";
import {cellLabel, customerLabel, weekdayLabel} from "./task_list_labels";

const MODEL = "kontakti.contact";
const CUSTOMERS = "res.partner";
const DRILL_DOWN = "kontakti_contact.kontakti_contact_action_drill_down";
const MAILING_LIST_DRILL_DOWN =
    "kontakti_contact.kontakti_contact_action_drill_down_mailing_list";
const SILENT = "kontakti_contact.res_partner_action_silent";
const ALL_CONTACTS = "kontakti_contact.kontakti_contact_action";
const MAILING_LIST_LABELS = "kontakti_contact.action_print_mailing_list_labels";
const OPEN_CELL = "kontakti_contact.task_list.open_cell";
const MOST_URGENT = ["late", "today", "week"];
const MINE = ["personal", "mine"];
const TO_DO = ["personal.all", "mine.all", "organisation.all", "silent.all"];
const GONE_DELAY = 1500; // milliseconds that a finished row stays, struck through

/**
 * The task list: says what is late, due and unowned, counted by customer (S5-S14).
 * It alone loads and acts; the components below it only draw.
 */
export class TaskList extends Component {
    static template = "kontakti_contact.TaskList";
    static components = {CustomerPanel, Layout, TaskMatrix};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({today: "", sections: [], open: ""});
        this.panel = useState({
            customers: [],
            more: false,
            isLoaded: false,
            gone: [],
        });
        this.goneTimer = null;
        this.busy = new Set();
        this.isOpenedByUser = false;
        this.refresher = useLiveRefresh(() => this.load());
        this.root = useRef("root");
        useSetupAction({rootRef: this.root});
        onWillDestroy(() => browser.clearTimeout(this.goneTimer));
        onWillStart(() => this.loadFirst());
    }

    // Cells ---------------------------------------------------------------------

    /** @returns {{section: Object, group: Object} | undefined} the cell shown in place */
    get openCell() {
        return this.findCell(this.state.open);
    }

    /** @returns {boolean} whether there is nothing open to do */
    get isEmpty() {
        return TO_DO.every((key) => !this.findCell(key)?.group.customers);
    }

    findCell(cellKey) {
        const [sectionKey, groupKey] = cellKey.split(".");
        const section = this.state.sections.find(({key}) => key === sectionKey);
        const group = section?.groups.find(({key}) => key === groupKey);
        return group && {section, group};
    }

    /** @returns {string} the most urgent cell of what is mine, else of all */
    findUrgentCell() {
        const all = this.state.sections.map(({key}) => key);
        const keys = [MINE, all].flatMap((sections) =>
            MOST_URGENT.flatMap((group) => sections.map((key) => `${key}.${group}`))
        );
        return keys.find((key) => this.findCell(key)?.group.contacts) || "";
    }

    findFirstCell() {
        const stored = browser.sessionStorage.getItem(OPEN_CELL);
        const isKnown = stored === "" || (stored && this.findCell(stored));
        return isKnown ? stored : this.findUrgentCell();
    }

    // Loading -------------------------------------------------------------------

    async loadFirst() {
        await this.loadNumbers();
        this.state.open = this.findFirstCell();
        const panel = this.loadCustomers();
        if (this.props.state) {
            // back by a breadcrumb: the scroll position needs the whole page
            await panel;
        }
    }

    async load() {
        await Promise.all([this.loadNumbers(), this.loadCustomers()]);
    }

    async loadNumbers() {
        const {today, sections} = await this.orm.silent.call(MODEL, "get_task_list");
        Object.assign(this.state, {today, sections});
    }

    /**
     * Load as many customers of the open cell as are shown. It waits while finished rows
     * are still there, so that nothing moves under the user's pointer.
     */
    async loadCustomers() {
        const cell = this.state.open;
        if (!cell || this.panel.gone.length) {
            return;
        }
        const wanted = this.panel.customers.length;
        let page = {customers: [], more: true};
        do {
            page = await this.fetchNextPage(cell, page.customers);
        } while (page.more && page.customers.length < wanted);
        this.showCustomers(cell, page);
    }

    async loadMore() {
        const cell = this.state.open;
        const page = await this.fetchNextPage(cell, this.panel.customers);
        this.showCustomers(cell, page);
    }

    async fetchNextPage(cell, known) {
        const args = [...cell.split("."), known.length];
        const page = await this.orm.silent.call(MODEL, "get_task_list_customers", args);
        const keys = new Set(known.map(({key}) => key));
        const added = page.customers.filter(({key}) => !keys.has(key));
        return {
            customers: [...known, ...added],
            more: page.more && added.length > 0,
        };
    }

    showCustomers(cell, {customers, more}) {
        if (cell === this.state.open && !this.panel.gone.length) {
            Object.assign(this.panel, {customers, more, isLoaded: true});
        }
    }

    async toggleCell(key) {
        this.isOpenedByUser = true;
        this.state.open = key === this.state.open ? "" : key;
        browser.sessionStorage.setItem(OPEN_CELL, this.state.open);
        Object.assign(this.panel, {
            customers: [],
            more: false,
            isLoaded: false,
            gone: [],
        });
        await this.loadCustomers();
    }

    /** Close the panel and move the focus back to the cell. */
    async closePanel() {
        this.root.el.querySelector(".o_kontakti_open .o_kontakti_cell_toggle")?.focus();
        await this.toggleCell(this.state.open);
    }

    // Going elsewhere -----------------------------------------------------------

    openNew() {
        const name = _t("New contact event");
        return this.action.doAction({...formAction(MODEL), name});
    }

    openAll() {
        return this.action.doAction(ALL_CONTACTS);
    }

    printLabels() {
        return this.action.doAction(MAILING_LIST_LABELS);
    }

    openRecord(resModel, resId, options) {
        return this.action.doAction(formAction(resModel, resId), options);
    }

    /** Open a contact event; the form's pager goes through the cell. */
    async openContact({id}, newWindow) {
        const cell = this.state.open.split(".");
        const ids = await this.orm.call(MODEL, "get_task_list_ids", cell);
        const props = {resIds: ids.includes(id) ? ids : [id]};
        return this.openRecord(MODEL, id, {newWindow, props});
    }

    openCustomer(customer, newWindow) {
        return this.openRecord(CUSTOMERS, customer.partner_id, {newWindow});
    }

    /**
     * List exactly the contact events that a cell counts.
     *
     * @param {string} key of the cell
     * @param {boolean} [newWindow]
     */
    drillDown(key, newWindow) {
        const {section, group} = this.findCell(key);
        if (group.model === CUSTOMERS) {
            return this.action.doAction(SILENT, {newWindow});
        }
        return this.openList(key, cellLabel(section, group), group.domain, newWindow);
    }

    drillDownCustomer(customer, newWindow) {
        const {group} = this.openCell;
        const key = `${this.state.open}.${customer.key || ""}`;
        const domain = [...toRaw(group.domain), ["customer_key", "=", customer.key]];
        return this.openList(key, customerLabel(customer), domain, newWindow);
    }

    async openList(key, name, domain, newWindow) {
        const context = {active_id: key}; // says in the URL which cell it is
        const isMailingList = key.startsWith("mailing_list.");
        const drillDown = isMailingList ? MAILING_LIST_DRILL_DOWN : DRILL_DOWN;
        const action = await this.action.loadAction(drillDown, context);
        await this.action.doAction(
            {...action, name, display_name: name, domain: toRaw(domain)},
            {newWindow}
        );
    }

    // Actions on contact events -------------------------------------------------

    async markDone({id, name}) {
        await this.perform(id, async () => {
            await this.orm.call(MODEL, "action_done", [[id]]);
            this.strikeThrough(id);
            const message = _t("“%(name)s” is done.", {name});
            this.offerUndo(id, message, "action_reopen", [[id]]);
        });
    }

    async postpone({id, name}, days) {
        await this.perform(id, async () => {
            const dates = await this.orm.call(MODEL, "action_postpone", [[id], days]);
            this.strikeThrough(id);
            // only the server knows the day: a late one moves from today
            const [moved] = await this.orm.read(MODEL, [id], ["next_date"]);
            const date = weekdayLabel(moved.next_date);
            const message = _t("“%(name)s” was moved: %(date)s", {name, date});
            this.offerUndo(id, message, "action_restore_next_dates", [dates]);
        });
    }

    async followUp({id}) {
        await this.perform(id, async () => {
            const action = await this.orm.call(MODEL, "action_follow_up", [[id]]);
            await this.action.doAction(action);
        });
    }

    /** Run `work` once, even when it is clicked twice, then show what it changed. */
    async perform(id, work) {
        if (this.busy.has(id) || this.panel.gone.includes(id)) {
            return;
        }
        this.busy.add(id);
        try {
            await work();
        } finally {
            this.busy.delete(id);
        }
        await this.refresh();
    }

    /**
     * Leave a finished row in its place for a moment, so that no other row moves under
     * the user's next click.
     */
    strikeThrough(id) {
        this.panel.gone = [...this.panel.gone, id];
        browser.clearTimeout(this.goneTimer);
        this.goneTimer = browser.setTimeout(() => {
            this.panel.gone = [];
            this.refresh();
        }, GONE_DELAY);
    }

    async refresh() {
        if (status(this) !== "destroyed") {
            await this.refresher.run();
        }
    }

    offerUndo(id, message, method, args) {
        const {orm} = this.env.services; // still works when the task list has been left
        offerUndo(this.env, message, async () => {
            await orm.call(MODEL, method, args);
            this.panel.gone = this.panel.gone.filter((goneId) => goneId !== id);
            await this.refresh();
        });
    }
}

registry.category("actions").add("kontakti_contact.task_list", TaskList);
