import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {NothingFound} from "../core/nothing_found/nothing_found";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {registry} from "@web/core/registry";

class ContactKanbanRenderer extends KanbanRenderer {
    static components = {...KanbanRenderer.components, ActionHelper: NothingFound};
}

registry
    .category("views")
    .add("kontakti_contact_kanban", {...kanbanView, Renderer: ContactKanbanRenderer});
