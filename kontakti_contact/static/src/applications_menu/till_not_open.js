import {RedirectWarningDialog} from "@web/core/errors/error_dialogs";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** Odoo would call it "Odoo Warning". */
class TillNotOpenDialog extends RedirectWarningDialog {
    setup() {
        super.setup();
        this.title = _t("The till is not open");
    }
}

registry
    .category("error_dialogs")
    .add("odoo.addons.kontakti_contact.exceptions.TillNotOpen", TillNotOpenDialog);
