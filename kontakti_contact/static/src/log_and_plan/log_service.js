import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {deserializeDate} from "@web/core/l10n/dates";
import {formatDate} from "@web/views/fields/formatters";
import {offerUndo} from "../core/offer";
import {LogDialog} from "./log_dialog";
import {LogNewDialog} from "./log_new_dialog";
import {logValues, newValues, textsRead} from "./log_values";
import {findShownRecord} from "./shown_record";

const MODEL = "kontakti.contact";
const FIELDS = [
    "name",
    "customer_name",
    "phone",
    "discussion",
    "actions",
    "duration",
    "channel_id",
    "responsible_id",
    "company_id",
    "personal",
    "repeat_interval",
];

/**
 * Logs contact events and plans what comes next, in the task list, in the dialog and
 * from anywhere. Drafts are kept in the tab, by contact event.
 */
export class LogAndPlan {
    constructor(env, {orm, dialog, drafts}) {
        Object.assign(this, {env, orm, dialog, drafts});
    }

    /**
     * @param {number} id of a contact event
     * @returns {Promise<Object>} what {@link LogForm} is made of
     */
    async begin(id) {
        const [[contact], channels] = await Promise.all([
            this.orm.read(MODEL, [id], FIELDS),
            this.loadChannels(),
        ]);
        return {contact, channels, draft: this.makeDraft(`log.${id}`, contact)};
    }

    loadChannels() {
        return this.orm.searchRead("kontakti.channel", [], ["name", "icon"]);
    }

    /** @returns {Object} the draft kept in the tab, or an empty one */
    makeDraft(key, contact) {
        const kept = this.drafts.read(key);
        return {
            discussion: "",
            actions: "",
            channel_id: contact.channel_id?.[0] || 0,
            next: "",
            nextDate: false,
            next_responsible_id: contact.responsible_id?.[0] || false,
            duration: 0,
            time: "",
            isTimeTyped: false,
            ...kept,
            since: Date.now(),
            timeBefore: kept?.duration || contact.duration || 0,
            key,
        };
    }

    keep(draft) {
        this.drafts.write(draft.key, {...draft});
    }

    discard(draft) {
        this.drafts.forget(draft.key);
    }

    /**
     * Save all in one call, and offer to undo it.
     *
     * @param {Object} session of {@link begin}
     * @param {() => Promise<void>} onUndone
     * @returns {Promise<Object>} as action_log_and_plan returns it
     */
    async save(session, onUndone) {
        const {contact, draft} = session;
        const values = logValues(draft, contact);
        const context = {kontakti_texts_read: textsRead(values, contact)};
        const args = [[contact.id], values];
        const result = await this.orm.call(MODEL, "action_log_and_plan", args, {
            context,
        });
        this.discard(draft);
        this.offerUndo(contact.name, values.next_date, async () => {
            await this.orm.call(MODEL, "action_undo_log_and_plan", [result]);
            await onUndone();
        });
        return result;
    }

    /** As {@link save}, of a contact that was not planned. */
    async saveNew({contact, draft, shown}) {
        const values = newValues(draft, contact, shown);
        const result = await this.orm.call(MODEL, "action_log_new", [values]);
        this.discard(draft);
        const name = draft.name || _t("Contact");
        this.offerUndo(name, values.next_date, () =>
            this.orm.call(MODEL, "action_undo_log_and_plan", [result])
        );
        return result;
    }

    offerUndo(name, nextDate, undo) {
        const message = nextDate
            ? _t("“%(name)s” is logged, next: %(date)s", {
                  name,
                  date: formatDate(deserializeDate(nextDate)),
              })
            : _t("“%(name)s” is logged and done.", {name});
        offerUndo(this.env, message, undo);
    }

    /**
     * Open the dialog on a contact event.
     *
     * @param {number} id
     * @param {Object} [options]
     * @param {boolean} [options.hasNext] whether there is a next customer to go on to
     * @param {(result: Object, andNext: boolean) => void} [options.onSaved]
     * @param {() => Promise<void>} [options.onUndone]
     * @returns {Promise<void>} resolved when it is closed
     */
    async open(id, options = {}) {
        const session = await this.begin(id);
        const onUndone =
            options.onUndone ||
            (() => this.env.services.action.doAction("soft_reload"));
        return new Promise((resolve) => {
            const props = {...options, onUndone, session, log: this};
            this.dialog.add(LogDialog, props, {onClose: resolve});
        });
    }

    /**
     * Open the dialog on what the screen shows: a contact event's own, else a new one of
     * the customer of the record.
     *
     * @param {Object} [called] whom
     * @param {number} [called.id] of the contact event called about
     * @param {string} [called.phone]
     */
    async openHere({id, phone = ""} = {}) {
        const shown = findShownRecord(this.env.services.action);
        if (id || (phone && shown?.model === MODEL)) {
            await this.open(id || shown.id);
            return;
        }
        const [known, channels] = await Promise.all([
            shown
                ? this.orm.call(MODEL, "get_log_defaults", [shown.model, shown.id])
                : {partner_id: false, customer: "", phone: "", subject: ""},
            this.loadChannels(),
        ]);
        const session = this.makeNew(shown, known, channels, phone);
        this.dialog.add(LogNewDialog, {session, log: this});
    }

    makeNew(shown, known, channels, phone) {
        const contact = {name: known.customer};
        const byPhone = channels.find(({icon}) => phone && icon === "fa-phone");
        const key = shown ? `log.${shown.model}.${shown.id}` : "log.new";
        const about = {
            name: known.subject,
            partner_id: known.partner_id,
            customer_name: "",
            phone: known.partner_id ? "" : phone,
        };
        const draft = {
            ...about,
            ...this.makeDraft(key, {
                channel_id: byPhone && [byPhone.id],
                responsible_id: [user.userId],
            }),
        };
        return {contact, channels, draft, shown};
    }
}

export const logAndPlanService = {
    dependencies: ["action", "orm", "dialog", "kontakti_contact.drafts"],
    start(env, {orm, dialog, "kontakti_contact.drafts": drafts}) {
        return new LogAndPlan(env, {orm, dialog, drafts});
    },
};

registry.category("services").add("kontakti_contact.log_and_plan", logAndPlanService);

/** The client action of the buttons of list and form: they load anew when it closes. */
async function openLogAndPlan(env, {params}) {
    await env.services["kontakti_contact.log_and_plan"].open(params.res_id);
    return {type: "ir.actions.act_window_close"};
}

registry.category("actions").add("kontakti_contact.log_and_plan", openLogAndPlan);
