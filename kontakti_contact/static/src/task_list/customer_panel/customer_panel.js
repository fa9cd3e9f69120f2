import {_t} from "@web/core/l10n/translation";
import {Component, useEffect, useRef} from "@odoo/owl";
import {CustomerRow} from "../customer_row/customer_row";
import {useFocusKeeper} from "../focus_keeper_hook";
import {cellLabel, contactsLabel, customersLabel} from "../task_list_labels";

/** The customers of one cell of the task list, beneath the numbers. */
export class CustomerPanel extends Component {
    static template = "kontakti_contact.CustomerPanel";
    static components = {CustomerRow};
    static props = {
        section: Object,
        group: Object,
        gone: {type: Array, element: Number},
        customers: {type: Array, element: Object},
        more: Boolean,
        isLoaded: Boolean,
        isRevealed: Boolean,
        onClose: Function,
        onShowAll: Function,
        onHandOver: {type: Function, optional: true},
        onMore: Function,
        onOpenCustomer: Function,
        onShowCustomer: Function,
        onOpenContact: Function,
        onDone: Function,
        onFollowUp: Function,
        onPostpone: Function,
        onNoAnswer: Function,
        log: Object,
    };

    setup() {
        this.root = useRef("root");
        useFocusKeeper(this.root);
        useEffect(
            () => this.reveal(),
            () => [this.props.isLoaded]
        );
    }

    reveal() {
        if (this.props.isRevealed) {
            this.root.el.scrollIntoView({block: "nearest"});
        }
    }

    get title() {
        return cellLabel(this.props.section, this.props.group);
    }

    get summary() {
        const {customers, contacts} = this.props.group;
        if (customers === undefined) {
            return contactsLabel(contacts);
        }
        return _t("%(customers)s, %(contacts)s", {
            customers: customersLabel(customers),
            contacts: contactsLabel(contacts),
        });
    }
}
