import {hasTouch} from "@web/core/browser/feature_detection";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const DELAY = 10000;
const HOTKEY = "alt+z";
const TAKEN = ".modal [data-hotkey=z]"; // some of Odoo's dialogs are closed by it

/**
 * Say what was done, and offer one choice. Alt+Z takes the choice that was offered last.
 *
 * @param {Object} env
 * @param {string} message
 * @param {Object} [choice] without it, it is only said
 * @param {string} choice.name
 * @param {() => Promise<void>} choice.onClick
 * @param {boolean} [choice.isSticky] stays until it is taken or put away
 * @returns {() => void} takes it away
 */
export function offer(env, message, choice) {
    const {hotkey, notification} = env.services;
    let close = () => {};
    let withdraw = () => {};
    const buttons = [];
    if (choice) {
        const onClick = async () => {
            close();
            await choice.onClick();
        };
        const named = _t("%(action)s (Alt+Z)", {action: choice.name});
        buttons.push({name: hasTouch() ? choice.name : named, onClick});
        withdraw = hotkey.add(HOTKEY, onClick, {
            bypassEditableProtection: true,
            global: true,
            isAvailable: () => !document.querySelector(TAKEN),
        });
    }
    close = notification.add(message, {
        type: "success",
        autocloseDelay: DELAY,
        sticky: Boolean(choice?.isSticky),
        buttons,
        onClose: () => withdraw(),
    });
    return () => close();
}

/** As {@link offer}, with Undo as the choice. */
export function offerUndo(env, message, undo) {
    return offer(env, message, {name: _t("Undo"), onClick: undo});
}

/**
 * As {@link offer}, with calls of the server instead of functions. It works after the
 * screen has been left.
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
    if (undo) {
        return offerUndo(env, message, async () => {
            await orm.call(...undo);
            await action.doAction("soft_reload");
        });
    }
    const onClick = async () =>
        action.doAction(Array.isArray(open) ? await orm.call(...open) : open);
    return offer(env, message, open && {name: _t("Open it"), onClick});
}

/** The client action by which the server does the same. */
function undoable(env, {params}) {
    tell(env, params);
    return {type: "ir.actions.act_window_close"};
}

registry.category("actions").add("kontakti_contact.undoable", undoable);
