import {patch} from "@web/core/utils/patch";
import {ControlPanel} from "@web/search/control_panel/control_panel";
import {session} from "@web/session";
import {LinksMenu} from "./links_menu";

/** Odoo offers no way to put a component into every form: hence the patch. */
patch(ControlPanel.prototype, {
    /** The Links menu, on a form whose model takes part; nothing anywhere else. */
    get kontaktiLinksMenu() {
        const {config, inDialog, model} = this.env;
        const isLinkable =
            config.viewType === "form" &&
            !inDialog &&
            session.kontakti_link_models?.includes(model?.root?.resModel);
        return isLinkable ? LinksMenu : undefined;
    },
});
