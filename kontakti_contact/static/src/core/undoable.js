import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const UNDO_DELAY = 10000;

/** Say what was done, and offer to undo it. */
function undoable(env, {params}) {
    const {notification, orm, action} = env.services;
    let close = null;
    const undo = async () => {
        close();
        await orm.call(...params.undo);
        await action.doAction("soft_reload");
    };
    close = notification.add(params.message, {
        type: "success",
        autocloseDelay: UNDO_DELAY,
        buttons: params.undo ? [{name: _t("Undo"), onClick: undo}] : [],
    });
    return {type: "ir.actions.act_window_close"};
}

registry.category("actions").add("kontakti_contact.undoable", undoable);
