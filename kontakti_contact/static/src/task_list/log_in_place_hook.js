import {useService} from "@web/core/utils/hooks";
import {reactive} from "@odoo/owl";

/** Log and plan in the rows of the panel; on a phone, in the dialog. */
class LogInPlace {
    /**
     * @param {Object} services `log` and `ui`
     * @param {Object} taskList see {@link useLogInPlace}
     */
    constructor(services, taskList) {
        Object.assign(this, services, taskList);
        /** What is being logged, and where. */
        this.state = reactive({session: null});
        this.save = this.save.bind(this);
        this.discard = this.discard.bind(this);
        this.keep = this.keep.bind(this);
    }

    /** Open it in a row; a second click closes it. */
    async toggle(item) {
        if (this.state.session?.contact.id === item.id) {
            this.close();
        } else {
            await this.open(item);
        }
    }

    async open({id}) {
        if (!this.ui.isSmall) {
            this.state.session = await this.log.begin(id);
            return;
        }
        const next = this.findNext(id);
        // not awaited: it ends when the dialog is closed
        this.log.open(id, {
            hasNext: Boolean(next),
            onSaved: (_result, andNext) =>
                this.perform(id, () => this.goOn(id, andNext && next)),
            onUndone: () => this.bringBack(id),
        });
    }

    close() {
        this.state.session = null;
    }

    keep(draft) {
        this.log.keep(draft);
    }

    discard() {
        this.log.discard(this.state.session.draft);
        this.close();
    }

    save(draft, andNext) {
        const {session} = this.state;
        const {id} = session.contact;
        return this.perform(id, async () => {
            await this.log.save({...session, draft}, () => this.bringBack(id));
            const next = andNext && this.findNext(id);
            this.close();
            await this.goOn(id, next);
        });
    }

    async goOn(id, next) {
        this.strikeThrough(id);
        if (next) {
            await this.open(next);
        }
    }

    /** @returns {Object | undefined} the first contact event of the next customer */
    findNext(id) {
        const {customers, gone} = this.panel;
        const place = customers.findIndex(({items}) =>
            items.some((item) => item.id === id)
        );
        const shown = customers
            .slice(place + 1)
            .map(({items}) => items.find((item) => !gone.includes(item.id)));
        return shown.find(Boolean);
    }

    hasNext(id) {
        return Boolean(this.findNext(id));
    }
}

/**
 * @param {Object} taskList
 * @param {Object} taskList.panel the customers shown, and the rows that are gone
 * @param {(id: number, work: () => Promise<void>) => Promise<void>} taskList.perform
 * @param {(id: number) => void} taskList.strikeThrough
 * @param {(id: number) => Promise<void>} taskList.bringBack after an undo
 * @returns {LogInPlace} what the rows need
 */
export function useLogInPlace(taskList) {
    const log = useService("kontakti_contact.log_and_plan");
    return new LogInPlace({log, ui: useService("ui")}, taskList);
}
