import {Component} from "@odoo/owl";
import {TaskCell} from "../task_cell/task_cell";

/** One row of the task list. */
export class TaskSection extends Component {
    static template = "kontakti_contact.TaskSection";
    static components = {TaskCell};
    static props = {
        section: {
            type: Object,
            shape: {
                key: String,
                name: String,
                groups: {type: Array, element: Object},
                "*": true,
            },
        },
        columns: {type: Array, element: Object},
        open: String,
        onDrillDown: Function,
        onToggle: Function,
        onPrintLabels: Function,
    };

    /** @returns {boolean} whether a phone shows it as one line */
    get isEmpty() {
        return this.props.section.groups.every(({customers}) => !customers);
    }

    findGroup(column) {
        return this.props.section.groups.find(({key}) => key === column.key);
    }

    cellKey(column) {
        return `${this.props.section.key}.${column.key}`;
    }
}
