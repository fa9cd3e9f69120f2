import {
    deserializeDate,
    deserializeDateTime,
    serializeDate,
    serializeDateTime,
} from "@web/core/l10n/dates";
import {markup} from "@odoo/owl";

const same = (value) => value;
const KINDS = {
    char: {keep: same, take: same},
    text: {keep: same, take: same},
    boolean: {keep: same, take: same},
    integer: {keep: same, take: same},
    float: {keep: same, take: same},
    selection: {keep: same, take: same},
    // safe: the page itself has written it
    html: {keep: String, take: markup},
    date: {keep: serializeDate, take: deserializeDate},
    datetime: {keep: serializeDateTime, take: deserializeDateTime},
    many2one: {
        keep: ({id, display_name}) => ({id, display_name}),
        take: same,
    },
};

function convert(fields, values, way) {
    const known = Object.entries(values).filter(
        ([name]) => fields[name]?.type in KINDS
    );
    return Object.fromEntries(
        known.map(([name, value]) => [
            name,
            value ? KINDS[fields[name].type][way](value) : value,
        ])
    );
}

/**
 * @param {Object} fields of the model
 * @param {Object} values as a record of the web client holds them
 * @returns {Object} the same as JSON, without lists of records
 */
export function toDraft(fields, values) {
    return convert(fields, values, "keep");
}

/** The opposite of {@link toDraft}. */
export function fromDraft(fields, values) {
    return convert(fields, values, "take");
}

function visibleText(html) {
    const page = new DOMParser().parseFromString(html || "", "text/html");
    const pictures = page.images.length;
    return [page.body.textContent.replace(/\s+/g, " ").trim(), pictures].join("#");
}

/** @returns {boolean} whether two values of a draft read the same */
export function isSame({type}, one, other) {
    if (type === "html") {
        return visibleText(one) === visibleText(other);
    }
    if (type === "many2one") {
        return (one?.id || false) === (other?.id || false);
    }
    return (one || false) === (other || false);
}
