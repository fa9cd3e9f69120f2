import {user} from "@web/core/user";

const {DateTime} = luxon;

/**
 * The moment it is now in the user's time zone, as the server counts days by it; in the
 * browser's when the user has none, or one that the browser does not know.
 *
 * @returns {DateTime}
 */
export function userNow() {
    const there = DateTime.now().setZone(user.tz || "local");
    return there.isValid ? there : DateTime.local();
}

/**
 * The user's today as Odoo's date fields hold a date: a midnight of the browser.
 *
 * @returns {DateTime}
 */
export function userToday() {
    const {year, month, day} = userNow();
    return DateTime.local(year, month, day);
}
