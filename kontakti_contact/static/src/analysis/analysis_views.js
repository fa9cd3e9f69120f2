import {GraphController} from "@web/views/graph/graph_controller";
import {NothingFound} from "../core/nothing_found/nothing_found";
import {PivotController} from "@web/views/pivot/pivot_controller";
import {graphView} from "@web/views/graph/graph_view";
import {pivotView} from "@web/views/pivot/pivot_view";
import {registry} from "@web/core/registry";

class ContactPivotController extends PivotController {
    static components = {...PivotController.components, ActionHelper: NothingFound};
}

class ContactGraphController extends GraphController {
    static components = {...GraphController.components, ActionHelper: NothingFound};
}

/**
 * Let a graph group by the customer's key. The key is not among the fields that people
 * choose ("Customer" stands for it), and Odoo's graph takes only those.
 */
function graphProps(props, view) {
    const {customer_key: key} = props.fields;
    const fields = {...props.fields, customer_key: {...key, groupable: true}};
    return graphView.props(key ? {...props, fields} : props, view);
}

registry
    .category("views")
    .add("kontakti_contact_pivot", {...pivotView, Controller: ContactPivotController})
    .add("kontakti_contact_graph", {
        ...graphView,
        Controller: ContactGraphController,
        props: graphProps,
    });
