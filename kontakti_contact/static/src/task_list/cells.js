import {_t} from "@web/core/l10n/translation";
import {Domain} from "@web/core/domain";

const MOST_URGENT = ["late", "today", "week"];
const MINE = ["personal", "mine"];
const NOW = "now";
const REMINDED = ["late", "today"];

/**
 * @param {Object} section
 * @returns {Object} late and today as one group, which the server knows as "now"
 */
function makeNowGroup(section) {
    const parts = section.groups.filter(({key}) => REMINDED.includes(key));
    const sum = (name) => parts.reduce((total, group) => total + group[name], 0);
    return {
        key: NOW,
        name: _t("Late and today"),
        contacts: sum("contacts"),
        domain: Domain.or(parts.map(({domain}) => domain)).toList(),
    };
}

/**
 * @param {Object[]} sections of the task list
 * @param {string} cellKey such as "organisation.late"
 * @returns {{section: Object, group: Object} | undefined}
 */
export function findCell(sections, cellKey) {
    const [sectionKey, groupKey] = cellKey.split(".");
    const section = sections.find(({key}) => key === sectionKey);
    if (section && groupKey === NOW) {
        return {section, group: makeNowGroup(section)};
    }
    const group = section?.groups.find(({key}) => key === groupKey);
    return group && {section, group};
}

/**
 * @param {Object[]} sections of the task list
 * @param {boolean} isSmall a phone shows late and today together
 * @returns {string} the key of the most urgent cell that is not empty, if there is one:
 *  of what is mine, else of all
 */
export function findUrgentCell(sections, isSmall) {
    const all = sections.map(({key}) => key);
    const keys = [MINE, all].flatMap((names) =>
        MOST_URGENT.flatMap((group) => names.map((name) => `${name}.${group}`))
    );
    const urgent = keys.find((key) => findCell(sections, key)?.group.contacts) || "";
    const [section, group] = urgent.split(".");
    return isSmall && REMINDED.includes(group) ? `${section}.${NOW}` : urgent;
}
