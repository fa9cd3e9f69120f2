import {_t} from "@web/core/l10n/translation";
import {Component} from "@odoo/owl";
import {ContactRow} from "../contact_row/contact_row";
import {contactsLabel, customerLabel, dateLabel} from "../task_list_labels";

/** One customer with the first contact events. */
export class CustomerRow extends Component {
    static template = "kontakti_contact.CustomerRow";
    static components = {ContactRow};
    static props = {
        customer: {
            type: Object,
            shape: {
                key: [String, Boolean],
                name: String,
                partner_id: [Number, Boolean],
                phone: String,
                contacts: Number,
                next_date: [String, Boolean],
                items: {type: Array, element: Object},
                "*": true,
            },
        },
        gone: {type: Array, element: Number},
        onOpenCustomer: Function,
        onShowCustomer: Function,
        onOpenContact: Function,
        onDone: Function,
        onFollowUp: Function,
        onPostpone: Function,
        onNoAnswer: Function,
        log: Object,
    };

    get name() {
        return customerLabel(this.props.customer);
    }

    get contacts() {
        return contactsLabel(this.props.customer.contacts);
    }

    get nextDate() {
        return dateLabel(this.props.customer.next_date);
    }

    get isLate() {
        return this.props.customer.items.some(({due}) => due === "late");
    }

    get phoneUrl() {
        return `tel:${this.props.customer.phone.replace(/[^\d+*#,;]/g, "")}`;
    }

    get isCut() {
        return this.props.customer.contacts > this.props.customer.items.length;
    }

    get showAllLabel() {
        return _t("Show all %(contacts)s of %(customer)s", {
            contacts: this.contacts,
            customer: this.name,
        });
    }
}
