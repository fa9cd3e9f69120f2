import {Dialog} from "@web/core/dialog/dialog";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";

const MODEL = "kontakti.label.print";

/** Asks the server for a long PDF part by part, shows the progress and opens it. */
export class PrintLabelsDialog extends Component {
    static template = "kontakti_contact.PrintLabelsDialog";
    static components = {Dialog};
    static props = {
        id: Number,
        total: Number,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({done: 0, url: ""});
        this.isStopped = false;
        onMounted(() => this.draw());
        onWillUnmount(() => {
            this.isStopped = true;
        });
    }

    get percent() {
        return Math.round((100 * this.state.done) / this.props.total);
    }

    async draw() {
        try {
            for (let part = 0; !this.state.url && !this.isStopped; part++) {
                await this.drawPart(part);
            }
        } catch (error) {
            this.props.close();
            throw error;
        }
    }

    async drawPart(part) {
        const args = [[this.props.id], part];
        const {done, url} = await this.orm.silent.call(MODEL, "print_part", args);
        Object.assign(this.state, {done, url: url || ""});
    }
}

function printLabels(env, {params}) {
    env.services.dialog.add(PrintLabelsDialog, params);
}

registry.category("actions").add("kontakti_contact.print_labels", printLabels);
