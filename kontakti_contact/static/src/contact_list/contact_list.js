import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {extractFieldsFromArchInfo} from "@web/model/relational_model/utils";
import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";
import {NothingFound} from "../core/nothing_found/nothing_found";
import {TotalsRenderer} from "./totals_renderer";

const ALWAYS = ["1", "True"];
const NO_EXPRESSIONS = ["class", "field_id", "name", "string", "widget"];

/**
 * @param {Object} archInfo of a list view
 * @returns {Object[]} the columns that show a field
 */
function fieldColumns(archInfo) {
    return archInfo.columns.filter(({type}) => type === "field");
}

/** @returns {string} identifies the list among those whose columns are chosen */
function viewKey(resModel, viewId, archInfo) {
    const names = new Set(fieldColumns(archInfo).map(({name}) => name));
    return [resModel, "list", viewId, ...[...names].sort()].join(",");
}

/**
 * @param {string} key what {@link viewKey} returned
 * @param {Object[]} columns
 * @returns {Set<string>} the names of the optional columns that the user looks at
 */
function chosenColumns(key, columns) {
    const stored = browser.localStorage.getItem(`optional_fields,${key}`);
    if (stored !== null) {
        return new Set(stored.split(","));
    }
    const shown = columns.filter(({optional}) => optional === "show");
    return new Set(shown.map(({name}) => name));
}

/** @returns {Set<string>} the words of what a view and its fields say of other fields */
function mentionedWords({xmlDoc}, fields) {
    const attributes = [...xmlDoc.querySelectorAll("*"), xmlDoc].flatMap((node) =>
        [...node.attributes].filter(({name}) => !NO_EXPRESSIONS.includes(name))
    );
    const texts = attributes.map(({value}) => value);
    for (const {currency_field, definition_record, domain} of Object.values(fields)) {
        texts.push(currency_field, definition_record, domain);
    }
    const expressions = texts.filter((text) => typeof text === "string");
    return new Set(expressions.flatMap((text) => text.match(/\w+/g) || []));
}

/**
 * @param {Object} archInfo of a list view
 * @param {Object} fields of its model
 * @param {Set<string>} chosen names of optional columns
 * @returns {Object} the active fields of the columns shown, and of what their
 *  expressions mention
 */
function readFields(archInfo, fields, chosen) {
    const mentioned = mentionedWords(archInfo, fields);
    const fieldNodes = [];
    for (const column of fieldColumns(archInfo)) {
        const node = {...column, type: column.fieldType};
        // which properties there are to choose from is known once they are read
        const isAlwaysRead = !column.optional || column.fieldType === "properties";
        if (isAlwaysRead || chosen.has(column.name)) {
            fieldNodes.push(node);
        } else if (mentioned.has(column.name)) {
            fieldNodes.push({...node, column_invisible: "1"});
        }
    }
    return extractFieldsFromArchInfo({...archInfo, fieldNodes}, fields).activeFields;
}

/**
 * A list that reads the columns that the user looks at, and the hidden ones when they
 * are shown. Odoo's reads all of them: many columns to choose from make it slow.
 */
class ContactListController extends ListController {
    get modelParams() {
        const params = super.modelParams;
        const {archInfo, fields, resModel, state} = this.props;
        const key = viewKey(resModel, this.env.config.viewId, archInfo);
        const chosen = chosenColumns(key, fieldColumns(archInfo));
        const {config} = params;
        // on the way back: with the columns shown before, and in place, because the
        // groups of a grouped list have them in common
        const before = state?.modelState ? config.activeFields : {};
        config.activeFields = Object.assign(
            before,
            readFields(archInfo, fields, chosen)
        );
        config.fieldsToAggregate = Object.assign(
            config.fieldsToAggregate || [],
            Object.keys(config.activeFields)
        );
        return params;
    }
}

class ContactListRenderer extends TotalsRenderer {
    static components = {...TotalsRenderer.components, ActionHelper: NothingFound};

    createViewKey() {
        const {archInfo, list} = this.props;
        return viewKey(list.resModel, this.env.config.viewId, archInfo);
    }

    /** Without those that another tab of the browser has shown: they were not read. */
    computeOptionalActiveFields() {
        const shown = super.computeOptionalActiveFields();
        for (const name of Object.keys(shown)) {
            shown[name] = shown[name] && this.isRead(name);
        }
        return shown;
    }

    isRead(name) {
        const field = this.props.list.activeFields[name];
        return Boolean(field) && !ALWAYS.includes(field.invisible);
    }

    async toggleOptionalField(name) {
        if (this.optionalActiveFields[name] || this.isRead(name)) {
            await super.toggleOptionalField(name);
        } else if (!this.isReading && (await this.readColumn(name))) {
            this.optionalActiveFields[name] = false; // another tab may show it
            await super.toggleOptionalField(name);
        }
    }

    /** @returns {Promise<boolean>} false when what is being edited cannot be saved */
    async readColumn(name) {
        const {archInfo, list} = this.props;
        const columns = fieldColumns(archInfo).filter((column) => column.name === name);
        const only = {...archInfo, columns, widgetNodes: {}};
        const added = readFields(only, list.fields, new Set([name]));
        this.isReading = true;
        try {
            return (await list.leaveEditMode()) && (await this.readFields(added));
        } finally {
            this.isReading = false;
        }
    }

    /** Load the list with more fields; what is selected stays selected. */
    async readFields(added) {
        const {list} = this.props;
        const selected = new Set(list.selection.map(({resId}) => resId));
        const before = {...list.activeFields};
        // in place: the groups of a grouped list have them in common
        Object.assign(list.activeFields, added);
        list.config.fieldsToAggregate.push(...Object.keys(added));
        try {
            await list.load();
        } catch (error) {
            for (const name of Object.keys(added)) {
                delete list.activeFields[name];
            }
            Object.assign(list.activeFields, before);
            throw error;
        }
        for (const record of list.records) {
            if (selected.has(record.resId) && !record.selected) {
                record.toggleSelection(true);
            }
        }
        return true;
    }
}

export const contactListView = {
    ...listView,
    Controller: ContactListController,
    Renderer: ContactListRenderer,
};

registry.category("views").add("kontakti_contact_list", contactListView);
