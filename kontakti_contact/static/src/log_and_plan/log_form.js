import {_t} from "@web/core/l10n/translation";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {deserializeDate, serializeDate} from "@web/core/l10n/dates";
import {RecordSelector} from "@web/core/record_selectors/record_selector";
import {useAutofocus} from "@web/core/utils/hooks";
import {formatFloatTime} from "@web/views/fields/formatters";
import {Component, useState} from "@odoo/owl";
import {parseTimeUsed} from "../fields/time_used/parse_time_used";
import {hoursSince, useStopwatch} from "./stopwatch_hook";
import {nextDate} from "./log_values";

/**
 * What was said, and what comes next: the fields, in a row of the task list or in the
 * dialog. Nothing is required. What is typed is kept in the tab until it is saved or
 * thrown away.
 */
export class LogForm extends Component {
    static template = "kontakti_contact.LogForm";
    static components = {DateTimeInput, RecordSelector};
    static props = {
        contact: Object,
        channels: {type: Array, element: Object},
        draft: Object,
        hasNext: {type: Boolean, optional: true},
        onTyped: Function,
        onSave: Function,
        onDiscard: Function,
        slots: {type: Object, optional: true},
    };

    setup() {
        this.draft = useState(this.props.draft);
        this.state = useState({isSaving: false, isWrong: false});
        useAutofocus({refName: "discussion"});
        useStopwatch(() => this.tick());
        this.tick();
    }

    /** @returns {Object[]} when the next contact may be */
    get choices() {
        return [
            {
                key: "",
                label: this.props.contact.repeat_interval
                    ? _t("As it repeats")
                    : _t("Nothing"),
            },
            {key: "today", label: _t("Today")},
            {key: "tomorrow", label: _t("Tomorrow")},
            {key: "week", label: _t("In a week")},
            {key: "date", label: _t("A date")},
        ];
    }

    get pickedDate() {
        return this.draft.nextDate ? deserializeDate(this.draft.nextDate) : false;
    }

    get isPlanned() {
        return Boolean(nextDate(this.draft));
    }

    get responsibleDomain() {
        const {company_id: company} = this.props.contact;
        return company ? [["company_ids", "in", [company[0]]]] : [];
    }

    keep() {
        this.props.onTyped(this.draft);
    }

    type(name, ev) {
        this.draft[name] = ev.target.value;
        this.keep();
    }

    choose(name, value) {
        this.draft[name] = value;
        this.keep();
    }

    chooseDate(date) {
        Object.assign(this.draft, {
            next: date ? "date" : "",
            nextDate: date ? serializeDate(date) : false,
        });
        this.keep();
    }

    // Time used -----------------------------------------------------------------

    /** The time runs on until one is typed. */
    tick() {
        if (!this.draft.isTimeTyped) {
            const {since, timeBefore} = this.draft;
            this.draft.duration = timeBefore + hoursSince(since);
            this.draft.time = formatFloatTime(this.draft.duration, {
                noLeadingZeroHour: true,
            });
        }
    }

    typeTime(ev) {
        this.draft.time = ev.target.value;
        this.draft.isTimeTyped = true;
        try {
            this.draft.duration = parseTimeUsed(this.draft.time);
            this.state.isWrong = false;
        } catch {
            this.state.isWrong = true;
        }
        this.keep();
    }

    /** Ctrl+Enter, which Odoo's dialogs would take for themselves. */
    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.save(this.props.hasNext);
        }
    }

    // Saving --------------------------------------------------------------------

    /**
     * Save once, however often it is asked; after an error all is still there.
     *
     * @param {boolean} [andNext] go on to the next customer
     */
    async save(andNext) {
        if (this.state.isSaving || this.state.isWrong) {
            return;
        }
        this.state.isSaving = true;
        try {
            await this.props.onSave(this.draft, Boolean(andNext));
        } finally {
            this.state.isSaving = false;
        }
    }
}
