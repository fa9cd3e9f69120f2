import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {KeepLast} from "@web/core/utils/concurrency";
import {session} from "@web/session";
import {formAction} from "@kontakti_contact/core/form_action";
import {reactive} from "@odoo/owl";
import {BackMemory} from "./back_memory";

const MODEL = "kontakti.contact";
const TASK_LIST = "kontakti_contact.task_list";

/**
 * @typedef {Object} Place a form of a contact event that the user came from
 * @property {number} resId
 * @property {string} name as the breadcrumbs know it
 * @property {number} [index] in the action service's stack
 * @property {Object[]} [trail] its breadcrumbs, when it is no longer in the stack
 */

/** Remembers the contact event that the user came from, and how to return (S20, S35). */
export class Back {
    constructor(env, {action, menu, notification, orm}) {
        Object.assign(this, {action, menu, notification, orm});
        this.memory = new BackMemory(`${session.db}.${user.userId}`);
        this.state = reactive({resId: false, name: ""});
        this.keepLast = new KeepLast();
        this.controller = null;
        this.liveIds = new Set();
        this.models = {};
        this.returning = null;
        this.isBusy = false;
        env.bus.addEventListener("ACTION_MANAGER:UPDATE", ({detail}) =>
            this.onWillShow(detail.componentProps)
        );
        env.bus.addEventListener("ACTION_MANAGER:UI-UPDATED", ({detail: mode}) => {
            if (mode !== "new") {
                this.onShown(this.action.currentController);
            }
        });
        browser.addEventListener("pagehide", () => this.keepLeft());
    }

    // Following the user ---------------------------------------------------------

    /** Give a form what we remember of it, when Odoo remembers nothing. */
    onWillShow(props) {
        const left = this.returning;
        if (left && props?.resModel === MODEL && props.resId === left.resId) {
            props.resIds = left.resIds;
            props.state = {activeNotebookPages: left.pages};
        }
    }

    onShown(controller) {
        if (this.controller !== controller) {
            this.keepLeft();
        }
        this.controller = controller;
        this.liveIds.add(controller.jsId);
        const {action} = this.steps.at(-1);
        if (action && controller.props?.resModel) {
            this.models[action] = controller.props.resModel;
        }
        return this.refresh();
    }

    /** Remember the contact event whose form is being left, and how it was. */
    keepLeft() {
        const resId = this.shownContact;
        if (!resId) {
            return;
        }
        const {exportedState, getLocalState, isMounted} = this.controller;
        const left = isMounted ? getLocalState() : exportedState;
        this.memory.trail = this.steps;
        this.memory.keepForm(resId, {
            resIds: left?.modelState?.config.resIds || [resId],
            pages: left?.activeNotebookPages || {},
        });
    }

    // Finding the way ------------------------------------------------------------

    /** @returns {Object[]} the breadcrumbs as states of the router, the current last */
    get steps() {
        return this.controller?.state?.actionStack || [];
    }

    /** @returns {number | false} the contact event whose form is shown */
    get shownContact() {
        const {resModel, type} = this.controller?.props || {};
        const resId = this.steps.at(-1)?.resId;
        return resModel === MODEL && type === "form" && typeof resId === "number"
            ? resId
            : false;
    }

    /** @returns {boolean} whether contact events themselves are shown: form or list */
    get isAtStart() {
        const {action, props} = this.controller;
        return props?.resModel === MODEL || action.tag === TASK_LIST;
    }

    /** Show where Back leads; late answers about earlier places are ignored. */
    async refresh() {
        const places = await this.keepLast.add(this.findPlaces());
        if (places[0]?.resId !== this.state.resId) {
            this.show(undefined); // until the answer is there, no button that leads elsewhere
        }
        this.show(await this.keepLast.add(this.choosePlace(places)));
    }

    show(place) {
        const {resId = false, name = ""} = place || {};
        if (this.state.resId !== resId || this.state.name !== name) {
            Object.assign(this.state, {resId, name});
            // the menu bar makes room
            registry.category("systray").trigger("UPDATE", {});
        }
    }

    /** @returns {Promise<Place | undefined>} the nearest that the user may read */
    async choosePlace(places) {
        const names = places.length ? await this.readNames(places) : {};
        const place = places.find(({resId}) => resId in names);
        return place && {...place, name: names[place.resId]};
    }

    /** @returns {Promise<Place[]>} contact events the user came from, nearest first */
    async findPlaces() {
        const {steps, shownContact} = this;
        const below = steps.slice(0, -1);
        const isContact = await Promise.all(below.map((step) => this.isContact(step)));
        const places = below
            .map(({resId, displayName}, index) => ({resId, name: displayName, index}))
            .filter(({index}) => isContact[index])
            .reverse();
        if (places.length) {
            this.memory.trail = steps.slice(0, places[0].index + 1);
        } else if (this.isAtStart) {
            this.memory.trail = [];
        } else if (this.memory.trail.length) {
            const {trail} = this.memory;
            const {resId, displayName} = trail.at(-1);
            places.push({resId, name: displayName, trail});
        }
        return places.filter(({resId}) => resId !== shownContact);
    }

    async isContact({action, model, resId}) {
        if (typeof resId !== "number") {
            return false;
        }
        return (model || (await this.findModel(action))) === MODEL;
    }

    /** @returns {Promise<string | null>} the model of an action not seen since F5 */
    async findModel(action) {
        if (!(action in this.models)) {
            const params = {action_id: action, context: user.context};
            const options = {silent: true, cache: {type: "disk"}};
            this.models[action] = rpc("/web/action/load", params, options).then(
                (loaded) => loaded.res_model || null,
                () => null
            );
        }
        return this.models[action];
    }

    /** @returns {Promise<Object>} names by id, only of those that the user may read */
    async readNames(places) {
        const ids = places.map(({resId}) => resId);
        const domain = [["id", "in", ids]];
        try {
            const found = await this.orm.silent.searchRead(MODEL, domain, [
                "display_name",
            ]);
            return Object.fromEntries(
                found.map((read) => [read.id, read.display_name])
            );
        } catch (error) {
            const isOffline = error instanceof ConnectionLostError;
            return isOffline
                ? Object.fromEntries(places.map(({resId, name}) => [resId, name]))
                : {};
        }
    }

    // Going ----------------------------------------------------------------------

    /** Return to the form, unless its record was deleted meanwhile. */
    async goBack() {
        if (this.isBusy) {
            return;
        }
        this.isBusy = true;
        try {
            const offered = this.state.resId;
            const place = await this.choosePlace(await this.findPlaces());
            this.show(place);
            if (place?.resId === offered) {
                await this.open(place);
            } else {
                const message = _t("That contact event can no longer be opened.");
                this.notification.add(message, {type: "warning"});
            }
        } finally {
            this.isBusy = false;
        }
    }

    async open(place) {
        if (!place.trail && this.isLive(place.index)) {
            return this.action.restore(this.findCrumb(place.index).jsId);
        }
        this.returning = this.memory.findForm(place.resId);
        try {
            return await (place.trail
                ? this.openTrail(place.trail)
                : this.openStep(place));
        } finally {
            this.returning = null;
        }
    }

    /** Only the first steps of the stack can be missing in the breadcrumbs. */
    findCrumb(index) {
        return this.controller.config.breadcrumbs.at(index - this.steps.length);
    }

    /** @returns {boolean} whether Odoo still has the form itself, as it was */
    isLive(index) {
        return this.liveIds.has(this.findCrumb(index).jsId);
    }

    /** Open a form of the stack that has not been shown since F5. */
    openStep({index, resId}) {
        const {action, active_id: activeId} = this.steps[index];
        const context = activeId ? {active_id: activeId, active_ids: [activeId]} : {};
        if (action) {
            return this.action.doAction(action, {
                index,
                viewType: "form",
                props: {resId},
                additionalContext: context,
            });
        }
        return this.action.doAction(formAction(MODEL, resId), {index});
    }

    /** Load the breadcrumbs that another application's menu has removed. */
    async openTrail(trail) {
        const left = this.action.currentController;
        await this.action.loadState({...trail.at(-1), actionStack: trail});
        if (this.action.currentController !== left) {
            this.selectApp(trail[0].action);
        }
    }

    selectApp(action) {
        const isFirst = (menu) =>
            menu.actionID && [menu.actionID, menu.actionPath].includes(action);
        const menu = this.menu.getAll().find(isFirst);
        if (menu) {
            this.menu.setCurrentMenu(menu);
        }
    }
}

export const backService = {
    dependencies: ["action", "menu", "notification", "orm"],
    start(env, services) {
        return new Back(env, services);
    },
};

registry.category("services").add("kontakti_back", backService);
