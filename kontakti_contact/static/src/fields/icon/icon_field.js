import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

/** Font Awesome classes offered as pictures. */
const ICONS = (
    "phone mobile envelope-o comment-o comments-o whatsapp video-camera users user" +
    " handshake-o home building-o map-marker car train plane calendar-o clock-o" +
    " file-text-o pencil-square-o bullhorn newspaper-o globe facebook linkedin gift" +
    " coffee cutlery shopping-cart truck wrench industry money tag star-o heart-o" +
    " question-circle-o exclamation-triangle external-link"
)
    .split(" ")
    .map((name) => `fa-${name}`);

/** An icon, chosen from pictures; the field holds its Font Awesome class. */
export class IconField extends Component {
    static template = "kontakti_contact.IconField";
    static components = {Dropdown, DropdownItem};
    static props = {...standardFieldProps};

    get icon() {
        return this.props.record.data[this.props.name] || "";
    }

    /** A stored icon that is not among the pictures stays a choice. */
    get icons() {
        const isOther = this.icon && !ICONS.includes(this.icon);
        return isOther ? [this.icon, ...ICONS] : ICONS;
    }

    get label() {
        return this.icon
            ? _t("Icon: %(name)s", {name: this.icon})
            : _t("Choose an icon");
    }

    /** Enter opens the pictures, where a list would go to its next row. */
    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.stopPropagation();
        }
    }

    choose(icon) {
        return this.props.record.update({[this.props.name]: icon});
    }
}

export const iconField = {
    component: IconField,
    displayName: _t("Icon"),
    supportedTypes: ["char"],
};

registry.category("fields").add("kontakti_icon", iconField);
