import {_t} from "@web/core/l10n/translation";
import {Component} from "@odoo/owl";
import {dateLabel} from "../task_list_labels";

/** One contact event, with what can be done about it in one click. */
export class ContactRow extends Component {
    static template = "kontakti_contact.ContactRow";
    static props = {
        item: {
            type: Object,
            shape: {
                id: Number,
                name: String,
                next_date: [String, Boolean],
                due: [String, Boolean],
                responsible: String,
                "*": true,
            },
        },
        isGone: Boolean,
        onOpen: Function,
        onDone: Function,
        onFollowUp: Function,
        onPostpone: Function,
    };

    get isLate() {
        return this.props.item.due === "late";
    }

    get isDone() {
        return !this.props.item.due;
    }

    get nextDate() {
        return dateLabel(this.props.item.next_date) || _t("No next date");
    }

    /** @returns {Object[]} the buttons that make sense for this contact event */
    get buttons() {
        const {item, onDone, onFollowUp, onPostpone} = this.props;
        const followUp = {
            name: "follow_up",
            label: _t("Follow-up"),
            onClick: () => onFollowUp(item),
        };
        if (this.isDone) {
            return [followUp];
        }
        return [
            {name: "done", label: _t("Done"), onClick: () => onDone(item)},
            followUp,
            {name: "day", label: _t("+1 day"), onClick: () => onPostpone(item, 1)},
            {name: "week", label: _t("+1 week"), onClick: () => onPostpone(item, 7)},
        ];
    }

    buttonLabel(button) {
        const {name} = this.props.item;
        return _t("%(action)s: %(name)s", {action: button.label, name});
    }
}
