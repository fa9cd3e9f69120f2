import {_t} from "@web/core/l10n/translation";
import {localization} from "@web/core/l10n/localization";
import {registry} from "@web/core/registry";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {useService} from "@web/core/utils/hooks";
import {formatFloatTime} from "@web/views/fields/formatters";
import {useInputField} from "@web/views/fields/input_field_hook";
import {
    FloatTimeField,
    floatTimeField,
} from "@web/views/fields/float_time/float_time_field";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";
import {parseTimeUsed} from "./parse_time_used";

const QUICK_MINUTES = [5, 15, 30];
const LONG = 8; // hours: more than that is asked about
/** "1.30", as Finns write the time of day, where a comma is in decimal numbers. */
const DOTTED_CLOCK = /^(\d{1,2})\.([0-5]\d)$/;

/** The time used in hours, written as people write it, or chosen by a click. */
export class TimeUsedField extends Component {
    static template = "kontakti_contact.TimeUsedField";
    static props = {...standardFieldProps};

    setup() {
        this.dialog = useService("dialog");
        this.input = useInputField({
            getValue: () => this.formatted,
            parse: (text) => this.parse(text),
        });
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get formatted() {
        return formatFloatTime(this.value, {noLeadingZeroHour: true});
    }

    /** @returns {Object[]} the times offered */
    get choices() {
        return QUICK_MINUTES.map((minutes) => ({
            minutes,
            label: _t("%(minutes)s min", {minutes}),
        }));
    }

    parse(text) {
        const hasComma = localization.decimalPoint === ",";
        const plain = hasComma ? text.trim().replace(DOTTED_CLOCK, "$1:$2") : text;
        const hours = parseTimeUsed(plain);
        if (hours > LONG && hours !== this.value) {
            this.ask(hours);
        }
        return hours;
    }

    choose(minutes) {
        return this.props.record.update({[this.props.name]: minutes / 60});
    }

    /** Ask about a time that is probably a mistake; it stays unless the user says no. */
    ask(hours) {
        const before = this.value;
        const time = formatFloatTime(hours, {noLeadingZeroHour: true});
        this.dialog.add(ConfirmationDialog, {
            title: _t("So much time?"),
            body: _t("The time used is %(time)s hours. Is that right?", {time}),
            confirmLabel: _t("Yes, it is"),
            confirm: () => {},
            cancelLabel: _t("Change it"),
            cancel: () => this.change(before),
        });
    }

    async change(before) {
        await this.props.record.update({[this.props.name]: before});
        this.input.el?.focus();
        this.input.el?.select();
    }
}

/** The same in a list, without the buttons. */
export class TimeUsedListField extends FloatTimeField {
    setup() {
        this.inputFloatTimeRef = useInputField({
            getValue: () => this.formattedValue,
            refName: "numpadDecimal",
            parse: parseTimeUsed,
        });
    }
}

export const timeUsedField = {
    component: TimeUsedField,
    displayName: _t("Time used"),
    supportedTypes: ["float"],
    isEmpty: () => false,
};

registry
    .category("fields")
    .add("kontakti_time_used", timeUsedField)
    .add("list.kontakti_time_used", {...floatTimeField, component: TimeUsedListField});
registry.category("formatters").add("kontakti_time_used", formatFloatTime);
