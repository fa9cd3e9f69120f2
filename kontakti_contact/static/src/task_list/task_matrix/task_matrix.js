import {localization} from "@web/core/l10n/localization";
import {deserializeDate} from "@web/core/l10n/dates";
import {Component} from "@odoo/owl";
import {TaskSection} from "../task_section/task_section";

const STEPS = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
};

/** All the numbers of the task list: a row for each section, a column for each group. */
export class TaskMatrix extends Component {
    static template = "kontakti_contact.TaskMatrix";
    static components = {TaskSection};
    static props = {
        sections: {type: Array, element: Object},
        today: String,
        open: String,
        onDrillDown: Function,
        onToggle: Function,
        onPrintLabels: Function,
    };

    /** @returns {Object[]} the groups of all sections, each key once */
    get columns() {
        const groups = this.props.sections.flatMap((section) => section.groups);
        return [...new Map(groups.map((group) => [group.key, group])).values()];
    }

    get dateLabel() {
        const format = {weekday: "long", day: "numeric", month: "long"};
        return deserializeDate(this.props.today).toLocaleString(format);
    }

    /** Move between the cells with the arrow keys. */
    onKeydown(ev) {
        const step = STEPS[ev.key];
        const target = step && this.findNeighbour(ev.target, ...step);
        if (target) {
            ev.preventDefault();
            target.focus();
        }
    }

    findNeighbour(el, down, right) {
        const cell = el.closest("td");
        const across = localization.direction === "rtl" ? -right : right;
        const row = [...cell.closest("tbody").rows][
            cell.parentElement.rowIndex - 1 + down
        ];
        const next = row?.cells[cell.cellIndex + across];
        return next?.querySelector(".o_kontakti_cell_number");
    }
}
