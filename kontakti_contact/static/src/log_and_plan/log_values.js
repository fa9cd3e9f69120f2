import {serializeDate, serializeDateTime} from "@web/core/l10n/dates";
import {escape} from "@web/core/utils/strings";
import {userToday} from "../core/user_today";

const {DateTime} = luxon;
const EMPTY = /^(\s|<\/?(p|br|div)\b[^>]*>|&nbsp;)*$/;
/** How many days from the user's today; a chosen date is none of them. */
export const NEXT_DAYS = {today: 0, tomorrow: 1, week: 7};

/**
 * @param {string} text as it is typed
 * @returns {string} HTML: a paragraph for each of its blocks
 */
export function toParagraphs(text) {
    const blocks = text.trim().split(/\n\s*\n/);
    const lines = blocks.map((block) => escape(block).replaceAll("\n", "<br>"));
    return lines.map((line) => `<p>${line}</p>`).join("");
}

/**
 * @param {string | false} html of the field
 * @returns {boolean} whether there is anything to read in it
 */
export function isBlank(html) {
    return EMPTY.test(html || "");
}

/**
 * @param {string | false} html what the field holds
 * @param {string} text what was typed beneath it
 * @returns {string} HTML
 */
export function addText(html, text) {
    return isBlank(html) ? toParagraphs(text) : html + toParagraphs(text);
}

/**
 * @param {Object} draft of the form
 * @returns {string | false} when the next contact is, as the server writes a date
 */
export function nextDate(draft) {
    if (draft.next === "date") {
        return draft.nextDate || false;
    }
    return draft.next in NEXT_DAYS
        ? serializeDate(userToday().plus({days: NEXT_DAYS[draft.next]}))
        : false;
}

/**
 * What `action_log_and_plan` is called with: what was typed or chosen, no more.
 *
 * @param {Object} draft of the form
 * @param {Object} contact as it was read
 * @returns {Object}
 */
export function logValues(draft, contact) {
    const values = {date: serializeDateTime(DateTime.now()), duration: draft.duration};
    for (const name of ["discussion", "actions"]) {
        if (draft[name].trim()) {
            values[name] = addText(contact[name], draft[name]);
        }
    }
    if (draft.channel_id) {
        values.channel_id = draft.channel_id;
    }
    const date = nextDate(draft);
    if (date) {
        values.next_date = date;
        if (draft.next_responsible_id) {
            values.next_responsible_id = draft.next_responsible_id;
        }
    }
    return values;
}

/**
 * @param {Object} values of {@link logValues}
 * @param {Object} contact as it was read
 * @returns {Object} which texts they began from, for the server to compare
 */
export function textsRead(values, contact) {
    const names = ["discussion", "actions"].filter((name) => name in values);
    const read = Object.fromEntries(names.map((name) => [name, contact[name] || ""]));
    return {[contact.id]: read};
}

/**
 * What `action_log_new` is called with.
 *
 * @param {Object} draft of the form
 * @param {Object} contact a new one
 * @param {{model: string, id: number} | null} shown the record it is logged from
 * @returns {Object}
 */
export function newValues(draft, contact, shown) {
    const values = {...logValues(draft, contact), name: draft.name};
    if (draft.partner_id) {
        values.partner_id = draft.partner_id;
    } else {
        values.customer_name = draft.customer_name;
        values.phone = draft.phone;
    }
    if (shown && !["kontakti.contact", "res.partner"].includes(shown.model)) {
        values.document = shown;
    }
    return values;
}
