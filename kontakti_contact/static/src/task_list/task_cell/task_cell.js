import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {Component} from "@odoo/owl";
import {cellLabel, contactsLabel, customersLabel} from "../task_list_labels";

/** One number of the task list: opens the list, or shows its customers in place. */
export class TaskCell extends Component {
    static template = "kontakti_contact.TaskCell";
    static props = {
        group: {
            type: Object,
            shape: {
                key: String,
                name: String,
                help: {type: String, optional: true},
                customers: Number,
                contacts: Number,
                model: {type: String, optional: true},
                domain: Array,
                "*": true,
            },
        },
        sectionName: String,
        isOpen: Boolean,
        onDrillDown: Function,
        onToggle: Function,
    };

    get isZero() {
        return this.props.group.customers === 0;
    }

    /** @returns {boolean} whether customers are counted, and no contact events */
    get isOfCustomers() {
        return this.props.group.model === "res.partner";
    }

    get customers() {
        return formatInteger(this.props.group.customers);
    }

    get contacts() {
        return contactsLabel(this.props.group.contacts);
    }

    get name() {
        return cellLabel({name: this.props.sectionName}, this.props.group);
    }

    get numberLabel() {
        if (this.isOfCustomers) {
            return _t("%(section)s: %(customers)s", {
                section: this.props.sectionName,
                customers: customersLabel(this.props.group.customers),
            });
        }
        return _t("%(section)s, %(group)s: %(customers)s, %(contacts)s", {
            section: this.props.sectionName,
            group: this.props.group.name,
            customers: customersLabel(this.props.group.customers),
            contacts: this.contacts,
        });
    }

    get toggleLabel() {
        return this.props.isOpen
            ? _t("Hide the customers of %(cell)s", {cell: this.name})
            : _t("Show the customers of %(cell)s", {cell: this.name});
    }

    get className() {
        const isLate = this.props.group.key === "late" && !this.isZero;
        const classes = {
            o_kontakti_zero: this.isZero,
            o_kontakti_late: isLate,
            o_kontakti_open: this.props.isOpen,
        };
        const names = Object.keys(classes).filter((name) => classes[name]);
        return [`o_kontakti_cell_${this.props.group.key}`, ...names].join(" ");
    }
}
