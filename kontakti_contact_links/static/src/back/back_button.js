import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Component, useState} from "@odoo/owl";

/** Back (X) in the menu bar: returns to the contact event that the user came from. */
export class BackButton extends Component {
    static template = "kontakti_contact_links.BackButton";
    static props = {};

    setup() {
        this.back = useService("kontakti_back");
        this.target = useState(this.back.state);
    }

    get label() {
        return _t("Back to: %s", this.target.name);
    }
}

registry.category("systray").add(
    "kontakti_contact_links.back",
    {
        Component: BackButton,
        isDisplayed: ({services}) => Boolean(services.kontakti_back.state.resId),
    },
    {sequence: 1000}
);
