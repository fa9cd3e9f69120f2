import {useService} from "@web/core/utils/hooks";
import {useState} from "@odoo/owl";

/**
 * Log and plan in the rows of the panel; on a phone, in the dialog.
 *
 * @param {Object} panel the customers shown, and the rows that are gone
 * @param {(id: number, work: () => Promise<void>) => Promise<void>} perform
 * @param {(id: number) => void} strikeThrough
 * @param {(id: number) => Promise<void>} bringBack after an undo
 * @returns {Object} what the rows need: which of them logs, and how it is done
 */
export function useLogInPlace({panel, perform, strikeThrough, bringBack}) {
    const service = useService("kontakti_contact.log_and_plan");
    const ui = useService("ui");
    const state = useState({session: null});

    const findNext = (id) => {
        const isShown = ({id: other}) => other !== id && !panel.gone.includes(other);
        const place = panel.customers.findIndex(({items}) =>
            items.some((item) => item.id === id)
        );
        const later = panel.customers.slice(place + 1);
        return later.map(({items}) => items.find(isShown)).find(Boolean);
    };

    const goOn = (id, next, andNext) => {
        strikeThrough(id);
        if (andNext && next) {
            return open(next);
        }
    };

    const close = () => (state.session = null);

    const open = async ({id}) => {
        if (!ui.isSmall) {
            state.session = await service.begin(id);
            return;
        }
        const next = findNext(id);
        await service.open(id, {
            hasNext: Boolean(next),
            onSaved: (_result, andNext) =>
                perform(id, async () => goOn(id, next, andNext)),
            onUndone: () => bringBack(id),
        });
    };

    const save = (draft, andNext) => {
        const {session} = state;
        const {id} = session.contact;
        return perform(id, async () => {
            await service.save({...session, draft}, () => bringBack(id));
            const next = findNext(id);
            close();
            await goOn(id, next, andNext);
        });
    };

    const discard = () => {
        service.discard(state.session.draft);
        close();
    };

    return {
        state,
        open: (item) => (state.session?.contact.id === item.id ? close() : open(item)),
        close,
        save,
        discard,
        keep: (draft) => service.keep(draft),
        hasNext: (id) => Boolean(findNext(id)),
    };
}
