import {RecordSelector} from "@web/core/record_selectors/record_selector";
import {user} from "@web/core/user";
import {Component, onWillStart} from "@odoo/owl";

const MANAGER = "kontakti_contact.group_kontakti_manager";

/** For managers: the task list as of one person. */
export class WhoseList extends Component {
    static template = "kontakti_contact.WhoseList";
    static components = {RecordSelector};
    static props = {
        whose: [Number, {value: false}],
        onChange: Function,
    };

    setup() {
        this.isManager = false;
        onWillStart(async () => {
            this.isManager = await user.hasGroup(MANAGER);
        });
    }
}
