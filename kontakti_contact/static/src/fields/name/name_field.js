import {registry} from "@web/core/registry";
import {CharField, charField} from "@web/views/fields/char/char_field";

/**
 * A translated name without the button of the translations while the record is new. The
 * button would save the record, and Tab would stop at it.
 */
export class NameField extends CharField {
    get isTranslatable() {
        return super.isTranslatable && !this.props.record.isNew;
    }
}

registry.category("fields").add("kontakti_name", {...charField, component: NameField});
