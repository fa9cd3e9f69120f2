import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";
import {formAction} from "../../core/form_action";

const SHOWN = 20;

/** Who gets no label and why. One opens as a form, all of a reason as a list. */
export class LabelSkippedField extends Component {
    static template = "kontakti_contact.LabelSkippedField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get groups() {
        const groups = this.props.record.data[this.props.name] || [];
        return groups.map((group) => ({
            ...group,
            shown: group.items.slice(0, SHOWN),
            heading: _t("%(reason)s: %(count)s", {
                reason: group.name,
                count: group.items.length,
            }),
        }));
    }

    get count() {
        return this.groups.reduce((sum, group) => sum + group.items.length, 0);
    }

    get heading() {
        return _t("Not printed: %(count)s", {count: this.count});
    }

    async open(group, items) {
        // so that the choices are still there when the user comes back
        if (!(await this.props.record.save())) {
            return;
        }
        const [first, ...others] = items;
        const action = {...formAction(group.model, first.id), name: group.name};
        if (others.length) {
            delete action.res_id;
            action.views.unshift([false, "list"]);
            action.domain = [["id", "in", items.map(({id}) => id)]];
            action.context = {active_test: false, search_disable_custom_filters: true};
        }
        await this.action.doAction(action);
    }
}

export const labelSkippedField = {
    component: LabelSkippedField,
    displayName: _t("Addresses not printed"),
    supportedTypes: ["json"],
};

registry.category("fields").add("kontakti_label_skipped", labelSkippedField);
