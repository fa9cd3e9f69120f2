import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

/** Picks the first free label on a small drawing of the sheet. */
export class LabelPlaceField extends Component {
    static template = "kontakti_contact.LabelPlaceField";
    static props = {...standardFieldProps};

    get sheet() {
        return this.props.record.data.places || {};
    }

    get labels() {
        return this.sheet.labels || [];
    }

    get chosen() {
        return this.props.record.data[this.props.name];
    }

    get group() {
        return `kontakti_place_${this.props.record.id}`;
    }

    get legend() {
        return _t("First free label: %(place)s of %(count)s", {
            place: this.chosen,
            count: this.labels.length,
        });
    }

    get sheetStyle() {
        return `aspect-ratio: ${this.sheet.width} / ${this.sheet.height};`;
    }

    /** The place of a label. Right-to-left languages do not mirror a sheet of paper. */
    labelStyle({left, top, width, height}) {
        const {width: across, height: down} = this.sheet;
        const percent = (part, whole) => `${(100 * part) / whole}%`;
        return (
            `left: ${percent(left, across)}; top: ${percent(top, down)};` +
            `width: ${percent(width, across)}; height: ${percent(height, down)};`
        );
    }

    label({place}) {
        return _t("Label %(place)s of %(count)s", {place, count: this.labels.length});
    }

    choose({place}) {
        return this.props.record.update({[this.props.name]: place});
    }
}

export const labelPlaceField = {
    component: LabelPlaceField,
    displayName: _t("First free label"),
    supportedTypes: ["integer"],
    fieldDependencies: [{name: "places", type: "json"}],
};

registry.category("fields").add("kontakti_label_place", labelPlaceField);
