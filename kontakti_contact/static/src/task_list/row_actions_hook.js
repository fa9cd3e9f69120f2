import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {useEnv} from "@odoo/owl";
import {logNoAnswer} from "../core/no_answer";
import {offerUndo} from "../core/offer";
import {weekdayLabel} from "./task_list_labels";

const MODEL = "kontakti.contact";

/** What the buttons of a row of the panel do, each with its undo. */
class RowActions {
    /**
     * @param {Object} env
     * @param {Object} services `orm` and `action`
     * @param {Object} taskList see {@link useRowActions}
     */
    constructor(env, services, taskList) {
        Object.assign(this, {env}, services, taskList);
        this.markDone = this.markDone.bind(this);
        this.postpone = this.postpone.bind(this);
        this.noAnswer = this.noAnswer.bind(this);
        this.followUp = this.followUp.bind(this);
    }

    async markDone({id, name}) {
        await this.perform(id, async () => {
            await this.orm.call(MODEL, "action_done", [[id]]);
            this.strikeThrough(id);
            const message = _t("“%(name)s” is done.", {name});
            this.offerUndo(id, {message, undo: [MODEL, "action_reopen", [[id]]]});
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
            const undo = [MODEL, "action_restore_next_dates", [dates]];
            this.offerUndo(id, {message, undo});
        });
    }

    async noAnswer(contact) {
        await this.perform(contact.id, async () => {
            const said = await logNoAnswer(this.orm, contact);
            this.strikeThrough(contact.id);
            this.offerUndo(contact.id, said);
        });
    }

    async followUp({id}) {
        await this.perform(id, async () => {
            const action = await this.orm.call(MODEL, "action_follow_up", [[id]]);
            await this.action.doAction(action);
        });
    }

    offerUndo(id, {message, undo}) {
        const {orm} = this.env.services; // still works when the task list has been left
        offerUndo(this.env, message, async () => {
            await orm.call(...undo);
            await this.bringBack(id);
        });
    }
}

/**
 * @param {Object} taskList
 * @param {(id: number, work: () => Promise<void>) => Promise<void>} taskList.perform
 * @param {(id: number) => void} taskList.strikeThrough
 * @param {(id: number) => Promise<void>} taskList.bringBack after an undo
 * @returns {RowActions} what the rows need
 */
export function useRowActions(taskList) {
    const services = {orm: useService("orm"), action: useService("action")};
    return new RowActions(useEnv(), services, taskList);
}
