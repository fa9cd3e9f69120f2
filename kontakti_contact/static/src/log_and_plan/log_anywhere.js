import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useCommand} from "@web/core/commands/command_hook";
import {useService} from "@web/core/utils/hooks";
import {Component, onWillStart, useExternalListener} from "@odoo/owl";
import {offer} from "../core/offer";

const KONTAKTI_USER = "kontakti_contact.group_kontakti_user";
const TELEPHONE = "a[href^='tel:']";
/** Odoo's forms may have the same key for a button of their own. */
const TAKEN = "[data-hotkey='shift+l']";

/**
 * Log a contact from any screen: the icon in the menu bar, Ctrl+K and Alt+Shift+L. After
 * a click on a telephone number it is offered.
 */
export class LogAnywhere extends Component {
    static template = "kontakti_contact.LogAnywhere";
    static props = {};

    setup() {
        this.ui = useService("ui");
        this.log = useService("kontakti_contact.log_and_plan");
        this.isUser = false;
        onWillStart(async () => {
            this.isUser = await user.hasGroup(KONTAKTI_USER);
        });
        useCommand(_t("Log contact …"), () => this.open(), {
            hotkey: "alt+shift+l",
            global: true,
            hotkeyOptions: {bypassEditableProtection: true},
            isAvailable: () =>
                this.isUser && !this.ui.activeElement.querySelector(TAKEN),
        });
        useExternalListener(document, "click", (ev) => this.onClick(ev), {
            capture: true,
        });
    }

    open(options) {
        return this.log.openHere(options);
    }

    /** Offer to log the call; it is there until it is taken or put away. */
    onClick({target}) {
        const link = this.isUser && target.closest?.(TELEPHONE);
        if (!link || link.closest(".modal")) {
            return;
        }
        const phone = decodeURIComponent(link.href.replace(/^tel:/, ""));
        const row = link.closest("[data-kontakti-contact]");
        const id = Number(row?.dataset.kontaktiContact);
        offer(this.env, _t("Calling %(phone)s", {phone}), {
            name: _t("Log contact"),
            isSticky: true,
            onClick: () => this.open({id, phone}),
        });
    }
}

registry
    .category("systray")
    .add("kontakti_contact.log", {Component: LogAnywhere}, {sequence: 21});
