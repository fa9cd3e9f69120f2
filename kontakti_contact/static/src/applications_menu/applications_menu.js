import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {Component} from "@odoo/owl";

/** The Applications menu of a contact event. It shows only what the user may open. */
export class ApplicationsMenu extends Component {
    static template = "kontakti_contact.ApplicationsMenu";
    static components = {Dropdown, DropdownItem};
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.isOpening = false;
    }

    /** One entry for each application; with choices, one entry for each choice. */
    get entries() {
        const applications = this.props.record.data.applications || [];
        return applications.flatMap((application) => {
            const {code, name, icon, choices} = application;
            if (!choices.length) {
                return [{key: code, code, name, icon, choice: null}];
            }
            return choices.map((choice) => ({
                key: `${code}-${choice.key}`,
                code,
                icon,
                name: _t("%(application)s: %(choice)s", {
                    application: name,
                    choice: choice.name,
                }),
                choice: choice.key,
            }));
        });
    }

    /** Open only one form or dialog, even when the entry is clicked twice. */
    async open(entry) {
        if (this.isOpening) {
            return;
        }
        this.isOpening = true;
        try {
            await this.openEntry(entry);
        } finally {
            this.isOpening = false;
        }
    }

    async openEntry({code, choice}) {
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        const action = await this.orm.call(
            "kontakti.contact",
            "open_application",
            [[record.resId], code],
            {choice}
        );
        await this.action.doAction(action, {onClose: () => record.load()});
    }
}

registry.category("view_widgets").add("kontakti_applications", {
    component: ApplicationsMenu,
    fieldDependencies: [{name: "applications", type: "json"}],
});
