import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {LinksMenu} from "./links_menu";

/** Gives every form's control panel the Links menu; see ``control_panel.xml``. */
export const linksService = {
    start() {
        return {
            Menu: LinksMenu,
            /**
             * @param {Object} env of a control panel
             * @param {Object} env.config
             * @param {boolean} env.inDialog
             * @param {Object} env.model
             * @returns {boolean} whether it is of a form whose model has links
             */
            isOffered({config, inDialog, model}) {
                return (
                    config.viewType === "form" &&
                    !inDialog &&
                    Boolean(
                        session.kontakti_link_models?.includes(model?.root?.resModel)
                    )
                );
            },
        };
    },
};

registry.category("services").add("kontakti_links", linksService);
