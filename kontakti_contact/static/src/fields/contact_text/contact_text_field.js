import {HtmlField, htmlField} from "@html_editor/fields/html_field";
import {registry} from "@web/core/registry";
import {useDebounced} from "@web/core/utils/timing";
import {status} from "@odoo/owl";

const TYPING_PAUSE = 300;

/** A long text of a contact event: kept in the tab while it is typed. */
export class ContactTextField extends HtmlField {
    setup() {
        super.setup();
        this.keepSoon = useDebounced(() => this.keep(), TYPING_PAUSE);
    }

    onChange() {
        super.onChange();
        this.keepSoon();
    }

    keep() {
        if (this.isDirty && status(this) !== "destroyed" && this.editor?.editable) {
            const {record, name} = this.props;
            record.keepTyped?.(name, this.editor.getContent());
        }
    }
}

registry.category("fields").add("kontakti_text", {
    ...htmlField,
    component: ContactTextField,
    additionalClasses: ["o_field_html"],
});
