import {user} from "@web/core/user";

const {DateTime} = luxon;

/**
 * The time now in the user's time zone, which the server uses too. Without one that the
 * browser knows, in the browser's.
 *
 * @returns {DateTime}
 */
export function userNow() {
    const there = DateTime.now().setZone(user.tz || "local");
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
