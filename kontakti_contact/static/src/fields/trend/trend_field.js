import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatInteger} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

const LEAST = 8; // percent: the smallest bar that is seen

/** How many contacts there were in each of the last months, as small bars. */
export class TrendField extends Component {
    static template = "kontakti_contact.TrendField";
    static props = {...standardFieldProps};

    /** @returns {number[]} the oldest month first */
    get counts() {
        return this.props.record.data[this.props.name] || [];
    }

    get bars() {
        const most = Math.max(...this.counts);
        return this.counts.map((count, month) => ({
            month,
            height: count ? Math.max(LEAST, Math.round((100 * count) / most)) : 0,
        }));
    }

    get label() {
        const counts = this.counts.map((count) => formatInteger(count)).join(", ");
        return _t("Contacts a month, the last one this month: %(counts)s", {counts});
    }
}

export const trendField = {
    component: TrendField,
    displayName: _t("Contacts a Month"),
    supportedTypes: ["json"],
};

registry.category("fields").add("kontakti_trend", trendField);
