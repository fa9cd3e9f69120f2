import {router} from "@web/core/browser/router";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {useDropdownState} from "@web/core/dropdown/dropdown_hooks";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {useChildRef, useService} from "@web/core/utils/hooks";
import {SelectCreateDialog} from "@web/views/view_dialogs/select_create_dialog";
import {offerUndo} from "@kontakti_contact/core/offer";
import {Component, markup, status, useEffect, useState} from "@odoo/owl";
import {LinkChoices} from "./link_choices";
import {MessageDialog} from "./message_dialog";

const MODEL = "kontakti.link";
const PAGE = 200;
const MESSAGE = "mail.message";
/** The count is null until it is loaded; the list is loaded when the menu opens. */
const EMPTY = {count: null, links: [], models: [], can_edit: false};

/** The Links menu of a form: the links of its record (S18, S23, S36). */
export class LinksMenu extends Component {
    static template = "kontakti_contact_links.LinksMenu";
    static components = {Dropdown, DropdownItem, LinkChoices};
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.model = useState(this.env.model);
        this.menu = useState({...EMPTY, state: "loading", isAdding: false});
        this.menuRef = useChildRef();
        this.dropdown = useDropdownState();
        this.keepLast = new KeepLast();
        useEffect(
            () => this.onRecordShown(),
            // the values change when the record is saved, reloaded or another one
            () => [this.record.resModel, this.record.resId, this.record._values]
        );
    }

    get record() {
        return this.model.root;
    }

    /** @returns {Array} what identifies the record in calls of the server */
    get end() {
        return [this.record.resModel, this.record.resId];
    }

    /** @returns {number} how many links the next click adds */
    get nextCount() {
        return Math.min(PAGE, this.menu.count - this.menu.links.length);
    }

    get moreLabel() {
        const {count, links} = this.menu;
        return links.length + PAGE >= count
            ? _t("Show all %s links", count)
            : _t("Show %(more)s more of %(count)s links", {more: PAGE, count});
    }

    getKey({model, id}) {
        return `${model},${id}`;
    }

    getDetails({application, state, active}) {
        return [application, state, !active && _t("Archived")].filter(Boolean);
    }

    getRemoveLabel({name}) {
        return _t("Remove the link to %s", name);
    }

    /** @returns {string} the address for a new tab, whose breadcrumbs lead back here */
    getUrl({model, id}) {
        if (model === MESSAGE) {
            // the record it was written on: its own form is a technical one
            return `/mail/message/${id}`;
        }
        const step = {model, resId: id};
        const steps = this.action.currentController?.state?.actionStack || [];
        return router.stateToUrl({...step, actionStack: [...steps, step]});
    }

    // Loading ---------------------------------------------------------------------

    onRecordShown() {
        const shown = this.end.join();
        if (this.shown !== shown) {
            this.shown = shown;
            Object.assign(this.menu, EMPTY, {state: "loading", isAdding: false});
        }
        if (this.record.resId) {
            this.reload();
        }
    }

    /** Load the links, or only their number while the menu is closed. */
    reload() {
        return this.dropdown.isOpen ? this.load() : this.loadCount();
    }

    /** Load the number; an error never disturbs the form. */
    async loadCount() {
        try {
            this.menu.count = await this.ask("get_links_count");
        } catch {
            this.menu.count = null;
        }
    }

    async load() {
        try {
            const menu = await this.ask("get_links_menu");
            Object.assign(this.menu, menu, {state: "ready"});
        } catch {
            this.menu.state = "failed";
        }
    }

    /** Ask about the shown record; late answers about earlier ones are ignored. */
    ask(method) {
        return this.keepLast.add(this.orm.silent.call(MODEL, method, this.end));
    }

    async loadIfShown() {
        if (status(this) !== "destroyed") {
            await this.load();
        }
    }

    async loadMore() {
        const {shown} = this;
        const offset = this.menu.links.length;
        const more = await this.orm.call(MODEL, "get_links", this.end, {
            limit: PAGE,
            offset,
        });
        if (shown === this.shown) {
            const known = new Set(this.menu.links.map(this.getKey));
            const added = more.filter((link) => !known.has(this.getKey(link)));
            this.menu.links.push(...added);
        }
    }

    // Opening ---------------------------------------------------------------------

    async open({model, id, name}) {
        if (model === MESSAGE) {
            this.dialog.add(MessageDialog, {resId: id, title: name});
            return;
        }
        const action = await this.orm.call(model, "get_formview_action", [[id]]);
        await this.action.doAction(action);
    }

    // Adding and removing ---------------------------------------------------------

    /** Search records of a model to link with; choosing links at once. */
    choose({model, name}) {
        const {end} = this;
        const same = this.menu.links.filter((link) => link.model === model);
        const taken = same.map(({id}) => id);
        if (model === end[0]) {
            taken.push(end[1]);
        }
        const help = _t("Nothing found to link with");
        this.dialog.add(SelectCreateDialog, {
            resModel: model,
            title: _t("Link with: %s", name),
            domain: [["id", "not in", taken]],
            noCreate: true,
            noContentHelp: markup`<p>${help}</p>`,
            onSelected: async (ids) => {
                await this.orm.call(MODEL, "link_between", [...end, model, ids]);
                await this.reload();
            },
        });
    }

    async remove(link) {
        const {orm} = this.env.services; // still works when the form has been left
        const args = [...this.end, link.model, link.id];
        this.takeOff(link);
        try {
            await orm.call(MODEL, "unlink_between", args);
        } catch (error) {
            await this.loadIfShown();
            throw error;
        }
        this.offerUndo(link, () => orm.call(MODEL, "link_between", args));
    }

    /** Remove the link from the menu, and move the focus to the next one. */
    takeOff(link) {
        const index = this.menu.links.findIndex(
            (other) => this.getKey(other) === this.getKey(link)
        );
        const buttons = this.menuRef.el.querySelectorAll(".o_kontakti_link_remove");
        const add = this.menuRef.el.querySelector(".o_kontakti_links_add");
        (buttons[index + 1] || buttons[index - 1] || add)?.focus();
        this.menu.links.splice(index, 1);
        this.menu.count--;
    }

    offerUndo({name}, relink) {
        offerUndo(this.env, _t("The link to %s was removed.", name), async () => {
            await relink();
            await this.loadIfShown();
        });
    }
}
