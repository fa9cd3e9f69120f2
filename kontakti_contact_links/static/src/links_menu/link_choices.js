import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {Component, onMounted, useRef} from "@odoo/owl";

/** The models to link with; scrolls into view on a phone. */
export class LinkChoices extends Component {
    static template = "kontakti_contact_links.LinkChoices";
    static components = {DropdownItem};
    static props = {
        choices: {
            type: Array,
            element: {
                type: Object,
                shape: {model: String, name: String, icon: String},
            },
        },
        onChosen: Function,
    };

    setup() {
        const root = useRef("root");
        onMounted(() => root.el.scrollIntoView({block: "nearest"}));
    }
}
