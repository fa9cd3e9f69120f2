import {_t} from "@web/core/l10n/translation";
import {Dialog} from "@web/core/dialog/dialog";
import {Component} from "@odoo/owl";

/** Another user changed a text meanwhile: shows both and asks which one to keep. */
export class TextsDialog extends Component {
    static template = "kontakti_contact.TextsDialog";
    static components = {Dialog};
    static props = {
        texts: {
            type: Array,
            element: {
                type: Object,
                shape: {
                    field: String,
                    label: String,
                    user: String,
                    at: String,
                    theirs: true,
                    mine: true,
                    "*": true,
                },
            },
        },
        onAnswer: Function,
        close: Function,
    };

    title({user, label}) {
        return _t("%(user)s changed “%(field)s” while you wrote in it", {
            user,
            field: label,
        });
    }

    theirsLabel({user, at}) {
        return _t("%(user)s, saved at %(time)s", {user, time: at});
    }

    answer(choice) {
        this.props.onAnswer(choice);
        this.props.close();
    }
}
