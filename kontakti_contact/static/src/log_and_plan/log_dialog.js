import {Dialog} from "@web/core/dialog/dialog";
import {Component} from "@odoo/owl";
import {LogForm} from "./log_form";

/** Log and plan as a dialog; on a phone, a sheet of the whole screen. */
export class LogDialog extends Component {
    static template = "kontakti_contact.LogDialog";
    static components = {Dialog, LogForm};
    static props = {
        session: Object,
        log: Object,
        hasNext: {type: Boolean, optional: true},
        onSaved: {type: Function, optional: true},
        onUndone: Function,
        close: Function,
    };

    get phoneUrl() {
        return `tel:${this.props.session.contact.phone.replace(/[^\d+*#,;]/g, "")}`;
    }

    async save(draft, andNext) {
        const {session, log, onUndone, onSaved, close} = this.props;
        const result = await log.save({...session, draft}, onUndone);
        close();
        onSaved?.(result, andNext);
    }

    discard() {
        this.props.log.discard(this.props.session.draft);
        this.props.close();
    }
}
