import {_t} from "@web/core/l10n/translation";
import {Component, useState} from "@odoo/owl";
import {LogForm} from "../../log_and_plan/log_form";
import {attemptsLabel, dateLabel} from "../task_list_labels";

/** The others are in the form: a phone shows what one thumb needs. */
const PHONE_BUTTONS = ["log", "no_answer", "done", "day"];

/** One contact event, with what can be done about it in one click. */
export class ContactRow extends Component {
    static template = "kontakti_contact.ContactRow";
    static components = {LogForm};
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
        onNoAnswer: Function,
        log: Object,
    };

    setup() {
        this.log = useState(this.props.log.state);
    }

    /** @returns {Object | null} what is being logged in this row */
    get session() {
        const {session} = this.log;
        return session?.contact.id === this.props.item.id ? session : null;
    }

    get attempts() {
        return attemptsLabel(this.props.item.attempts);
    }

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
        const {item, log, onDone, onFollowUp, onNoAnswer, onPostpone} = this.props;
        const followUp = {
            name: "follow_up",
            label: _t("Follow-up"),
            onClick: () => onFollowUp(item),
        };
        if (this.isDone) {
            return [followUp];
        }
        const buttons = [
            {name: "log", label: _t("Log and plan"), onClick: () => log.toggle(item)},
            {
                name: "no_answer",
                label: _t("No answer"),
                onClick: () => onNoAnswer(item),
            },
            {name: "done", label: _t("Done"), onClick: () => onDone(item)},
            followUp,
            {name: "day", label: _t("+1 day"), onClick: () => onPostpone(item, 1)},
            {name: "week", label: _t("+1 week"), onClick: () => onPostpone(item, 7)},
        ];
        return this.env.isSmall
            ? buttons.filter(({name}) => PHONE_BUTTONS.includes(name))
            : buttons;
    }

    buttonLabel(button) {
        const {name} = this.props.item;
        return _t("%(action)s: %(name)s", {action: button.label, name});
    }
}
