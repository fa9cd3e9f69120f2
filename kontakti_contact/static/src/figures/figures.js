import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {useSetupAction} from "@web/search/action_hook";
import {
    formatFloatTime,
    formatInteger,
    formatMonetary,
} from "@web/views/fields/formatters";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Component, onWillStart, toRaw, useState} from "@odoo/owl";

const MODEL = "kontakti.contact";
const DETAILS = "kontakti_contact.kontakti_contact_action_analysis";
/** The actions that list what is counted. */
const LISTS = {
    [MODEL]: "kontakti_contact.kontakti_contact_action",
    "res.partner": "kontakti_contact.res_partner_action_customer",
    "sale.order": "sale.action_orders",
};

/** The analysis: what was done in a period, beside the period before (S3). */
export class Figures extends Component {
    static template = "kontakti_contact.Figures";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        const {filters} = this.props.state || {};
        this.filters = useState(
            filters || {period: "month", user_id: false, company_id: false}
        );
        this.state = useState({answer: null});
        useSetupAction({getLocalState: () => ({filters: {...this.filters}})});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.answer = await this.keepLast.add(
            this.orm.call(MODEL, "get_analysis", [], {...this.filters})
        );
    }

    get periods() {
        return [
            {key: "month", name: _t("This month")},
            {key: "last_month", name: _t("Last month")},
            {key: "quarter", name: _t("This quarter")},
            {key: "year", name: _t("This year")},
        ];
    }

    get periodLabel() {
        const {from, to} = this.state.answer;
        const [first, last] = [from, to].map((day) => formatDate(deserializeDate(day)));
        return _t("%(first)s – %(last)s", {first, last});
    }

    async choosePeriod(ev) {
        this.filters.period = ev.target.value;
        await this.load();
    }

    async chooseId(name, ev) {
        this.filters[name] = Number(ev.target.value) || false;
        await this.load();
    }

    // Showing -------------------------------------------------------------------

    format(value, unit) {
        if (unit === "hours") {
            return formatFloatTime(value, {noLeadingZeroHour: true});
        }
        if (unit === "money") {
            return formatMonetary(value, {currencyId: this.state.answer.currency});
        }
        return formatInteger(value);
    }

    beforeLabel({before, unit}) {
        return _t("before: %(number)s", {number: this.format(before, unit)});
    }

    /** What a screen reader says of a figure. */
    label({name, value, unit, before}) {
        const number = this.format(value, unit);
        return before === false
            ? _t("%(name)s: %(number)s", {name, number})
            : _t("%(name)s: %(number)s, in the period before %(before)s", {
                  name,
                  number,
                  before: this.format(before, unit),
              });
    }

    // Going elsewhere -----------------------------------------------------------

    /** List exactly the records that a figure counts. */
    async drillDown({name, model, domain, grouped}, newWindow) {
        const action = await this.action.loadAction(LISTS[model]);
        const groups = grouped ? {group_by: ["customer_key"]} : {};
        await this.action.doAction(
            {
                ...action,
                name,
                display_name: name,
                domain: toRaw(domain),
                context: {search_disable_custom_filters: true, ...groups},
            },
            {newWindow}
        );
    }

    openDetails() {
        return this.action.doAction(DETAILS);
    }
}

registry.category("actions").add("kontakti_contact.figures", Figures);
