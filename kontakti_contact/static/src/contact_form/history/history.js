import {_t} from "@web/core/l10n/translation";
import {deserializeDate, deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {SIZES} from "@web/core/ui/ui_service";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {formatInteger} from "@web/views/fields/formatters";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {Component, markup, useEffect, useState} from "@odoo/owl";
import {formAction} from "../../core/form_action";

const MODEL = "kontakti.contact";
const PAGE = 5;
const TYPING = 300; // milliseconds without a key, before it is searched

/**
 * What was said and promised before: earlier contact events of the form's customer.
 *
 * It stands in two places of the form, beside it and in a tab; on any screen one of them
 * is shown, and that one loads.
 */
export class History extends Component {
    static template = "kontakti_contact.History";
    static props = {...standardWidgetProps, place: String};

    setup() {
        this.orm = useService("orm");
        this.ui = useState(useService("ui"));
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({
            count: 0,
            items: [],
            promised: [],
            text: "",
            isLoaded: false,
        });
        this.search = useDebounced(() => this.load(), TYPING);
        useEffect(
            () => {
                this.load();
            },
            () => [this.isShown, this.props.record.resId, this.partnerId]
        );
    }

    get isShown() {
        const isWide = this.ui.size >= SIZES.LG;
        return this.props.place === (isWide ? "side" : "tab");
    }

    get partnerId() {
        return this.props.record.data.partner_id?.id || false;
    }

    get hasMore() {
        return this.state.items.length < this.state.count;
    }

    get isSearchable() {
        return this.state.text || this.state.count > PAGE;
    }

    get title() {
        return _t("History (%(count)s)", {count: formatInteger(this.state.count)});
    }

    // Loading -------------------------------------------------------------------

    async load() {
        const found = this.isShown ? await this.keepLast.add(this.fetch(0)) : {};
        const {count = 0, items = [], promised = []} = found;
        Object.assign(this.state, {count, items, promised, isLoaded: true});
    }

    async loadMore() {
        const {count, items} = await this.keepLast.add(
            this.fetch(this.state.items.length)
        );
        this.state.count = count;
        this.state.items.push(...items);
    }

    /** Ask for a page: of the customer chosen, also before that is saved. */
    async fetch(offset) {
        const {resId} = this.props.record;
        const page = {limit: PAGE, offset, text: this.state.text.trim()};
        if (this.partnerId) {
            const args = [this.partnerId];
            const kwargs = {...page, left_out: resId || false};
            return this.orm.silent.call(MODEL, "get_customer_history", args, kwargs);
        }
        return resId ? this.orm.silent.call(MODEL, "get_history", [[resId]], page) : {};
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.search();
    }

    // Showing -------------------------------------------------------------------

    dateLabel(item) {
        return item.date ? formatDate(deserializeDateTime(item.date)) : _t("Planned");
    }

    nextLabel(item) {
        return formatDate(deserializeDate(item.next_date));
    }

    /** The texts are the server's, which has cleaned them. */
    html(text) {
        return markup(text);
    }

    open(item, newWindow) {
        return this.action.doAction(formAction(MODEL, item.id), {newWindow});
    }
}

registry.category("view_widgets").add("kontakti_history", {
    component: History,
    extractProps: ({attrs}) => ({place: attrs.place}),
    fieldDependencies: [{name: "partner_id", type: "many2one"}],
});
