import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {DateTimeField, dateField} from "@web/views/fields/datetime/datetime_field";
import {Component} from "@odoo/owl";
import {isLate, userToday} from "../../core/user_today";

/** A date with buttons for the days that are chosen most. */
export class QuickDateField extends Component {
    static template = "kontakti_contact.QuickDateField";
    static components = {DateTimeField};
    static props = {...DateTimeField.props};

    /** @returns {Object[]} the days offered, counted from the user's today */
    get choices() {
        return [
            {days: 0, label: _t("Today")},
            {days: 1, label: _t("Tomorrow")},
            {days: 7, label: _t("In a week")},
        ];
    }

    get isLate() {
        const {record, name, readonly} = this.props;
        return readonly && record.data.state === "open" && isLate(record.data[name]);
    }

    choose(days) {
        return this.props.record.update({[this.props.name]: userToday().plus({days})});
    }
}

export const quickDateField = {
    ...dateField,
    component: QuickDateField,
    displayName: _t("Date with quick choices"),
};

registry
    .category("fields")
    .add("kontakti_quick_date", quickDateField)
    .add("list.kontakti_quick_date", dateField);
