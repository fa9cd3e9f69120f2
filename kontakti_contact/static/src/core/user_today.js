import {user} from "@web/core/user";
import {session} from "@web/session";

const {DateTime} = luxon;

/**
 * The time now in the time zone that the server uses for the user: of a user without one
 * the company's. Without one that the browser knows, in the browser's.
 *
 * @returns {DateTime}
 */
export function userNow() {
    const there = DateTime.now().setZone(session.kontakti_tz || user.tz || "local");
    return there.isValid ? there : DateTime.local();
}

/**
 * The user's today, as a midnight of the browser, as in Odoo's date fields.
 *
 * @returns {DateTime}
 */
export function userToday() {
    const {year, month, day} = userNow();
    return DateTime.local(year, month, day);
}

/**
 * @param {DateTime | false} date of something open
 * @returns {boolean} whether it is before the user's today, as tools/due.py says
 */
export function isLate(date) {
    return Boolean(date) && date < userToday();
}
