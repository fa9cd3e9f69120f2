import {hasTouch} from "@web/core/browser/feature_detection";
import {_t} from "@web/core/l10n/translation";

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
        buttons,
        onClose: () => withdraw(),
    });
    return () => close();
}

/** As {@link offer}, to undo it. */
export function offerUndo(env, message, undo) {
    return offer(env, message, {name: _t("Undo"), onClick: undo});
}
