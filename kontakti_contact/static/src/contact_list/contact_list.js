import {registry} from "@web/core/registry";
import {listView} from "@web/views/list/list_view";
import {NothingFound} from "../core/nothing_found/nothing_found";
import {TotalsRenderer} from "./totals_renderer";

class ContactListRenderer extends TotalsRenderer {
    static components = {...TotalsRenderer.components, ActionHelper: NothingFound};
}

registry
    .category("views")
    .add("kontakti_contact_list", {...listView, Renderer: ContactListRenderer});
