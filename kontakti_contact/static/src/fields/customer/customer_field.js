import {AutoComplete} from "@web/core/autocomplete/autocomplete";
import {Many2One} from "@web/views/fields/many2one/many2one";
import {
    Many2OneField,
    buildM2OFieldDescription,
} from "@web/views/fields/many2one/many2one_field";
import {
    Many2XAutocomplete,
    useOpenMany2XRecord,
} from "@web/views/fields/relational_utils";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const NAME = "customer_name";

/** Calls `onLeft` with the typed text when the user leaves without choosing. */
class NameKeepingAutoComplete extends AutoComplete {
    static props = {...AutoComplete.props, onLeft: Function};

    cancel() {
        const typed = this.inputRef.el.value.trim();
        super.cancel();
        if (typed && !this.props.value) {
            this.props.onLeft(typed);
        }
    }
}

/** Proposes to use what is typed as the name of a customer who is not registered. */
class CustomerAutocomplete extends Many2XAutocomplete {
    static components = {
        ...Many2XAutocomplete.components,
        AutoComplete: NameKeepingAutoComplete,
    };
    static props = {...Many2XAutocomplete.props, keepName: Function, useName: Function};

    setup() {
        super.setup();
        // an object of its own, because a template calls methods with a copy as "this"
        this.dialog = {typed: ""};
        const {activeActions, fieldString, resModel, update} = this.props;
        this.openMany2X = useOpenMany2XRecord({
            resModel,
            activeActions,
            fieldString,
            isToMany: false,
            onRecordSaved: (record) => update([{...record.data, id: record.resId}]),
            onRecordDiscarded: () => this.leave(),
            onClose: () => this.input.focus(),
        });
    }

    get input() {
        return this.autoCompleteContainer.el.querySelector("input");
    }

    get autoCompleteProps() {
        return {...super.autoCompleteProps, onLeft: this.props.keepName};
    }

    get actionSuggestions() {
        const useName = {
            enabled: ({request}) => request.length > 0,
            build: (request) => this.buildUseNameSuggestion(request),
        };
        return [useName, ...super.actionSuggestions];
    }

    /** Search also when fewer digits found nothing: of a phone number, more may. */
    async search(name) {
        if (/\d/.test(name)) {
            this.lastEmptySearch = null;
        }
        return super.search(name);
    }

    addNoRecordsSuggestion({request, records}) {
        return !request.length && super.addNoRecordsSuggestion({request, records});
    }

    buildUseNameSuggestion(request) {
        return {
            cssClass: "o_m2o_dropdown_option o_kontakti_use_name",
            data: {slotName: "useNameItem"},
            label: _t("Use the name “%s” (not in the register)", request),
            onSelect: () => this.props.useName(request),
        };
    }

    slowCreate(request) {
        this.dialog.typed = request;
        return super.slowCreate(request);
    }

    /** When the dialog is left without saving, keep the customer or the typed name. */
    leave() {
        this.input.value = this.props.value;
        if (this.dialog.typed && !this.props.value) {
            this.props.keepName(this.dialog.typed);
        }
    }
}

class CustomerMany2One extends Many2One {
    static components = {
        ...Many2One.components,
        Many2XAutocomplete: CustomerAutocomplete,
    };
    static props = {...Many2One.props, keepName: Function, useName: Function};

    get many2XAutocompleteProps() {
        const {keepName, useName} = this.props;
        return {...super.many2XAutocompleteProps, keepName, useName};
    }
}

/** The customer from the register, or the name of one who is not in it. */
export class CustomerField extends Many2OneField {
    static components = {...Many2OneField.components, Many2One: CustomerMany2One};

    get m2oProps() {
        return {
            ...super.m2oProps,
            keepName: this.keepName.bind(this),
            useName: this.useName.bind(this),
        };
    }

    useName(name) {
        return this.props.record.update({[this.props.name]: false, [NAME]: name});
    }

    /** Use the typed text as the name, unless there is a customer or a name. */
    keepName(name) {
        const {data} = this.props.record;
        const isNamed = data[this.props.name] || data[NAME];
        return isNamed ? Promise.resolve() : this.useName(name);
    }
}

registry
    .category("fields")
    .add("kontakti_customer", buildM2OFieldDescription(CustomerField));
