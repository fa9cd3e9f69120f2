import {serializeDateTime} from "@web/core/l10n/dates";
import {user} from "@web/core/user";
import {userNow} from "../core/user_today";

const {DateTime} = luxon;

/** What is a user's own is told to that user alone, who loads it. */
const OWN = ["personal", "mine"];

/** @returns {boolean} whether the cell's rows are the user's own */
export function isOwn(cell) {
    return OWN.includes(cell.split(".")[0]);
}

/** @returns {string} when the day that is shown began, in UTC */
function getMidnight(today) {
    const {zone} = userNow();
    return serializeDateTime(DateTime.fromISO(today, {zone}));
}

/**
 * Put the numbers that the server sent to all screens of a company into the task list.
 *
 * @param {Object} state of the task list
 * @param {Object} numbers as `_send_numbers` sends them
 * @param {Set<string>} hidden keys of the sections that are not shown; what is sent of
 *  others for the first time is added
 * @returns {boolean | null} whether all that is shown is true now; null: of others
 */
export function takeNumbers(state, numbers, hidden) {
    const {midnight, company, sections} = numbers;
    const companies = user.activeCompanies;
    const isOurs = companies.length === 1 && companies[0].id === company;
    if (!isOurs || state.whose || midnight !== getMidnight(state.today)) {
        return null;
    }
    const shown = state.sections.map(({key}) => key);
    const added = Object.keys(sections).filter(
        (key) => !shown.includes(key) && !hidden.has(key)
    );
    added.forEach((key) => hidden.add(key));
    let isAll = !added.length;
    for (const {key, groups} of state.sections) {
        const found = sections[key];
        isAll &&= Boolean(found) || OWN.includes(key);
        for (const group of found ? groups : []) {
            const [contacts, customers] = found[group.key] || [];
            isAll &&= contacts !== undefined;
            Object.assign(group, contacts === undefined ? {} : {contacts, customers});
        }
    }
    return isAll;
}

/**
 * Put the user's own numbers into the task list.
 *
 * @param {Object} state of the task list
 * @param {Object} found what `get_own_task_list` returns
 * @returns {boolean} false: something else is shown than they are of
 */
export function takeOwn(state, found) {
    const {today, sections} = found;
    const shown = state.sections.filter(({key}) => OWN.includes(key));
    const isSame =
        String(shown.map(({key}) => key)) === String(sections.map((s) => s.key));
    if (state.whose || today !== state.today || !isSame) {
        return false;
    }
    shown.forEach((section, place) => Object.assign(section, sections[place]));
    return true;
}
