import {_t} from "@web/core/l10n/translation";
import {deserializeDate} from "@web/core/l10n/dates";
import {formatDate, formatInteger} from "@web/views/fields/formatters";

/**
 * @param {number} count
 * @returns {string} such as "12 contact events"
 */
export function contactsLabel(count) {
    if (count === 1) {
        return _t("1 contact event");
    }
    return _t("%(count)s contact events", {count: formatInteger(count)});
}

/**
 * @param {number} count
 * @returns {string} such as "3 customers"
 */
export function customersLabel(count) {
    if (count === 1) {
        return _t("1 customer");
    }
    return _t("%(count)s customers", {count: formatInteger(count)});
}

/**
 * @param {number} attempts
 * @returns {string} such as "nobody answered 2 times"
 */
export function attemptsLabel(attempts) {
    if (attempts === 1) {
        return _t("nobody answered once");
    }
    return _t("nobody answered %(count)s times", {count: formatInteger(attempts)});
}

/**
 * @param {{name: string}} section
 * @param {{name: string}} group
 * @returns {string} such as "Organisation: Late"
 */
export function cellLabel(section, group) {
    return _t("%(section)s: %(group)s", {section: section.name, group: group.name});
}

/**
 * @param {{name: string}} customer
 * @returns {string}
 */
export function customerLabel(customer) {
    return customer.name || _t("No customer");
}

/**
 * @param {string} value as the server sends a date
 * @returns {string} such as "Thu 26/11", as the user's language writes it
 */
export function weekdayLabel(value) {
    const format = {weekday: "short", day: "numeric", month: "numeric"};
    return deserializeDate(value).toLocaleString(format);
}

/**
 * @param {string | false} value as the server sends a date
 * @returns {string} as the user's language writes it
 */
export function dateLabel(value) {
    return value ? formatDate(deserializeDate(value)) : "";
}
