import {user} from "@web/core/user";

/** What is a user's own is told to that user alone, who loads it. */
const OWN = ["personal", "mine"];

/**
 * Put the numbers that the server sent to all screens of a company into the task list.
 *
 * @param {Object} state of the task list
 * @param {Object} numbers as `_send_numbers` sends them
 * @returns {boolean} whether all that is shown is true now
 */
export function takeNumbers(state, numbers) {
    const {today, company, sections} = numbers;
    const companies = user.activeCompanies;
    const isOurs = companies.length === 1 && companies[0].id === company;
    if (!isOurs || state.whose || today !== state.today) {
        return false;
    }
    let isAll = true;
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
