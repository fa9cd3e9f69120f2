import {Dialog} from "@web/core/dialog/dialog";
import {RecordSelector} from "@web/core/record_selectors/record_selector";
import {Component, useState} from "@odoo/owl";
import {LogForm} from "./log_form";

/** Log a contact from any screen: whose it was, and all that {@link LogForm} asks. */
export class LogNewDialog extends Component {
    static template = "kontakti_contact.LogNewDialog";
    static components = {Dialog, LogForm, RecordSelector};
    static props = {
        session: Object,
        log: Object,
        close: Function,
    };

    setup() {
        this.draft = useState(this.props.session.draft);
    }

    get customerContext() {
        return {res_partner_search_mode: "customer", kontakti_by_phone: true};
    }

    change(name, value) {
        this.draft[name] = value;
        this.props.log.keep(this.draft);
    }

    async save(draft) {
        await this.props.log.saveNew({...this.props.session, draft});
        this.props.close();
    }

    discard() {
        this.props.log.discard(this.draft);
        this.props.close();
    }
}
