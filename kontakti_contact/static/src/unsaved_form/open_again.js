import {RPCError} from "@web/core/network/rpc";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** In the address of an unsaved form: `/odoo/contact-events/7/kontakti-new/new?application=…` */
export const PATH = "kontakti-new";
const CONTACT_EVENTS = "kontakti_contact.kontakti_contact_action";

/**
 * Open a new form of the Applications menu again, after F5, Back and Forward (S34).
 *
 * The server checks the user's rights again. When it refuses, the user returns to the
 * screen before.
 */
export async function openAgain(env, {params}, options) {
    const {action, notification, orm} = env.services;
    const {active_id: contactId, application, choice} = params;
    if (!contactId || !application) {
        return CONTACT_EVENTS;
    }
    try {
        return await orm.call(
            "kontakti.contact",
            "open_application",
            [[contactId], application],
            {choice: choice || null}
        );
    } catch (error) {
        if (!(error instanceof RPCError)) {
            throw error;
        }
        notification.add(error.data?.message || error.message, {type: "danger"});
        const below = options.newStack?.at(-1);
        if (!below) {
            return CONTACT_EVENTS;
        }
        await action.loadState(below.state);
        return undefined;
    }
}
openAgain.path = PATH;
openAgain.displayName = _t("New");

registry.category("actions").add("kontakti_contact.open_again", openAgain);
