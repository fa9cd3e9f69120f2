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
import {WhoseList} from "./whose_list/whose_list";
import {findCell, findUrgentCell} from "./cells";
import {formAction} from "../core/form_action";
import {useLiveRefresh} from "./live_refresh_hook";
import {isOwn, takeNumbers, takeOwn} from "./live_numbers";
import {useLogInPlace} from "./log_in_place_hook";
import {useRowActions} from "./row_actions_hook";
import {cellLabel, customerLabel} from "./task_list_labels";

const MODEL = "kontakti.contact";
const CUSTOMERS = "res.partner";
const DRILL_DOWN = "kontakti_contact.kontakti_contact_action_drill_down";
const MAILING_LIST_DRILL_DOWN =
    "kontakti_contact.kontakti_contact_action_drill_down_mailing_list";
const SILENT = "kontakti_contact.res_partner_action_silent";
const ALL_CONTACTS = "kontakti_contact.kontakti_contact_action";
const MAILING_LIST_LABELS = "kontakti_contact.action_print_mailing_list_labels";
const OPEN_CELL = "kontakti_contact.task_list.open_cell";
const NOT_TO_DO = ["mailing_list"];
const GONE_DELAY = 1500; // milliseconds that a finished row stays, struck through

const emptyPanel = () => ({customers: [], more: false, isLoaded: false, gone: []});

/**
 * The task list: says what is late, due and unowned, counted by customer (S5-S14).
 * It alone loads and acts; the components below it only draw.
 */
export class TaskList extends Component {
    static template = "kontakti_contact.TaskList";
    static components = {CustomerPanel, Layout, TaskMatrix, WhoseList};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({today: "", sections: [], open: "", whose: false});
        this.panel = useState(emptyPanel());
        this.goneTimer = null;
        this.busy = new Set();
        this.hidden = new Set();
        this.loads = {asked: 0, shown: 0};
        this.isOpenedByUser = false;
        this.refresher = useLiveRefresh(() => this.load(), {
            loadOwn: () => this.loadOwn(),
            ask: (told) => this.askForNumbers(told),
            take: (numbers) => takeNumbers(this.state, numbers, this.hidden),
            loadLater: () => isOwn(this.state.open) || this.loadCustomers(),
        });
        const rows = {
            panel: this.panel,
            perform: (id, work) => this.perform(id, work),
            strikeThrough: (id) => this.strikeThrough(id),
            bringBack: (id) => this.bringBack(id),
        };
        this.rowActions = useRowActions(rows);
        this.log = useLogInPlace(rows);
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
        return this.state.sections
            .filter(({key}) => !NOT_TO_DO.includes(key))
            .every(({key}) => !this.findCell(`${key}.all`)?.group.customers);
    }

    findCell(cellKey) {
        return findCell(this.state.sections, cellKey);
    }

    /** @returns {string[]} in the order of reading: on a phone first what to do now */
    get parts() {
        return this.env.isSmall ? ["panel", "matrix"] : ["matrix", "panel"];
    }

    /** @returns {string} the most urgent cell of what is mine, else of all */
    findUrgentCell() {
        return findUrgentCell(this.state.sections, this.env.isSmall);
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

    /** What is the user's own has changed; of what is shared the server tells apart. */
    async loadOwn() {
        await Promise.all([this.loadOwnNumbers(), this.loadCustomers()]);
    }

    async loadOwnNumbers() {
        const found = await this.orm.silent.call(MODEL, "get_own_task_list");
        if (!takeOwn(this.state, found)) {
            await this.loadNumbers();
        }
    }

    async askForNumbers(told) {
        const found = await this.loadNumbers("share_live_numbers", [told]);
        return {isSent: !found.sections, isFirst: Boolean(found.counted)};
    }

    /** @returns {Promise<Object>} the answer, which is shown when it has numbers */
    async loadNumbers(method = "get_task_list", args = []) {
        const {whose} = this.state;
        const options = whose ? {context: {kontakti_whose: whose}} : {};
        const place = ++this.loads.asked;
        const found = await this.orm.silent.call(MODEL, method, args, options);
        if (found.sections && whose === this.state.whose && place > this.loads.shown) {
            this.loads.shown = place;
            Object.assign(this.state, found);
        }
        return found;
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
        await this.openInPlace(key === this.state.open ? "" : key);
    }

    /** Show the task list as of one person, at what is most urgent; false: all. */
    async showListOf(userId) {
        this.state.whose = userId;
        await this.loadNumbers();
        await this.openInPlace(this.findUrgentCell());
    }

    async openInPlace(key) {
        this.isOpenedByUser = true;
        this.log.close();
        this.state.open = key;
        browser.sessionStorage.setItem(OPEN_CELL, this.state.open);
        Object.assign(this.panel, emptyPanel());
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

    /** Ask whom the contact events of the open cell are handed over to. */
    async handOver() {
        const cell = this.state.open.split(".");
        const action = await this.orm.call(MODEL, "action_hand_over_cell", cell);
        await this.action.doAction(action, {onClose: () => this.refresh()});
    }

    // Rows that are dealt with --------------------------------------------------

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

    async bringBack(id) {
        this.panel.gone = this.panel.gone.filter((goneId) => goneId !== id);
        await this.refresh();
    }
}

registry.category("actions").add("kontakti_contact.task_list", TaskList);
