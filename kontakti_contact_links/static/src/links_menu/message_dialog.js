import {Dialog} from "@web/core/dialog/dialog";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {useService} from "@web/core/utils/hooks";
import {Component, markup, onWillStart} from "@odoo/owl";

const SPECIFICATION = {
    subject: {},
    email_from: {},
    author_id: {fields: {display_name: {}}},
    date: {},
    body: {},
    attachment_ids: {fields: {name: {}}},
};

/** Shows a sent message. Odoo's own form of it is a technical one. */
export class MessageDialog extends Component {
    static template = "kontakti_contact_links.MessageDialog";
    static components = {Dialog};
    static props = {resId: Number, title: String, close: Function};

    setup() {
        this.orm = useService("orm");
        onWillStart(() => this.load());
    }

    async load() {
        [this.message] = await this.orm.webRead("mail.message", [this.props.resId], {
            specification: SPECIFICATION,
        });
    }

    get author() {
        return this.message.author_id?.display_name || this.message.email_from;
    }

    get date() {
        return formatDateTime(deserializeDateTime(this.message.date));
    }

    /** Safe: the server has removed scripts, as for the chatter. */
    get body() {
        return markup(this.message.body || "");
    }
}
