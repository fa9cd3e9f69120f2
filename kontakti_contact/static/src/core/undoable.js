import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {offer} from "./offer";

/**
 * Say what was done, and offer to undo it or to open what was made, also after what
 * said it has been left.
 *
 * @param {Object} env
 * @param {Object} params
 * @param {string} params.message
 * @param {Array} [params.undo] model, method and arguments
 * @param {Object | Array} [params.open] an action, or what to call for one
 * @returns {() => void} takes the offer away
 */
export function tell(env, {message, undo, open}) {
    const {orm, action} = env.services;
    let choice = null;
    if (undo) {
        const onClick = async () => {
            await orm.call(...undo);
            await action.doAction("soft_reload");
        };
        choice = {name: _t("Undo"), onClick};
    } else if (open) {
        const onClick = async () =>
            action.doAction(Array.isArray(open) ? await orm.call(...open) : open);
        choice = {name: _t("Open it"), onClick};
    }
    return offer(env, message, choice);
}

/** The same as an action that the server returns. */
function undoable(env, {params}) {
    tell(env, params);
    return {type: "ir.actions.act_window_close"};
}

registry.category("actions").add("kontakti_contact.undoable", undoable);
