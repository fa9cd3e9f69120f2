import {_t} from "@web/core/l10n/translation";

const MODEL = "kontakti.contact";

/**
 * Log that nobody answered.
 *
 * @param {Object} orm
 * @param {{id: number, name: string}} contact
 * @returns {Promise<{message: string, undo: Array}>} what to say, and the call that
 *     takes it back, as `tell` of `offer.js` takes them
 */
export async function logNoAnswer(orm, {id, name}) {
    const dates = await orm.call(MODEL, "action_no_answer", [[id]]);
    const message = _t("Nobody answered: “%(name)s” is tried again.", {name});
    return {message, undo: [MODEL, "action_undo_no_answer", [dates]]};
}
