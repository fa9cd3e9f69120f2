import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";
import {formAction} from "../../core/form_action";

const MILLIMETRES_IN_POINT = 25.4 / 72;

/**
 * A picture of one sheet of labels, in millimetres, from the same data as the PDF:
 * `{width, height, labels: [{place, left, top, width, height, lines}]}`. With `model` and
 * each label's `id`, a label opens the record that it is for.
 */
export class LabelSheetField extends Component {
    static template = "kontakti_contact.LabelSheetField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get sheet() {
        return this.props.record.data[this.props.name] || {};
    }

    get labels() {
        return this.sheet.labels || [];
    }

    get viewBox() {
        return `0 0 ${this.sheet.width} ${this.sheet.height}`;
    }

    get description() {
        const first = this.labels.find(({lines}) => lines.length);
        if (!first) {
            return _t("A sheet with %(count)s labels", {count: this.labels.length});
        }
        const address = first.lines.map(({text}) => text).join(", ");
        return _t("The first sheet; its first label says: %(address)s", {address});
    }

    get isOpenable() {
        return Boolean(this.sheet.model);
    }

    onKeydown(ev, label) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            this.open(label);
        }
    }

    async open({id}) {
        // so that the choices are still there when the user comes back
        if (this.isOpenable && (await this.props.record.save())) {
            await this.action.doAction(formAction(this.sheet.model, id));
        }
    }

    fontSize(line) {
        return line.size * MILLIMETRES_IN_POINT;
    }
}

export const labelSheetField = {
    component: LabelSheetField,
    displayName: _t("Sheet of labels"),
    supportedTypes: ["json"],
};

registry.category("fields").add("kontakti_label_sheet", labelSheetField);
