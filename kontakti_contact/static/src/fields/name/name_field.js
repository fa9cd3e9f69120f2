import {registry} from "@web/core/registry";
import {CharField, charField} from "@web/views/fields/char/char_field";

/**
 * A translated name of which a new record has no translation yet: Tab goes on to the
 * next field and not to the button of the translations, which would save the record.
 */
export class NameField extends CharField {
    get isTranslatable() {
        return super.isTranslatable && !this.props.record.isNew;
    }
}

registry.category("fields").add("kontakti_name", {...charField, component: NameField});
