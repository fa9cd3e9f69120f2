import {ListRenderer} from "@web/views/list/list_renderer";
import {useEffect, useState} from "@odoo/owl";

const FUNCTIONS = ["sum", "avg", "max", "min"];

/**
 * Shows beneath a grouped list the totals of all that is in it. Odoo adds up the groups
 * of the page: of several tags or pages, that counts a record twice or not at all.
 */
export class TotalsRenderer extends ListRenderer {
    setup() {
        super.setup();
        this.totals = useState({key: "", values: {}});
        useEffect(
            (key) => {
                this.loadTotals(key);
            },
            () => [this.totalsKey]
        );
    }

    /** @returns {string[]} what the footer shows, such as "duration:sum" */
    get totalSpecifications() {
        const {isGrouped, selection} = this.props.list;
        if (!isGrouped || selection.length) {
            return [];
        }
        const shown = this.columns.filter(({name}) => name in this.aggregates);
        return shown.map(({name, attrs}) => {
            const aggregator = FUNCTIONS.find((candidate) => attrs[candidate]);
            return `${name}:${aggregator}`;
        });
    }

    /** @returns {string} changes whenever other totals are needed */
    get totalsKey() {
        const specifications = this.totalSpecifications;
        const {loadId} = this.props.list.config;
        return specifications.length ? [loadId, ...specifications].join() : "";
    }

    async loadTotals(key) {
        if (!key || key === this.totals.key) {
            return;
        }
        const {context, domain, resModel} = this.props.list;
        const [found] = await this.orm.formattedReadGroup(
            resModel,
            domain,
            [],
            this.totalSpecifications,
            {context}
        );
        const values = {};
        for (const [specification, value] of Object.entries(found)) {
            values[specification.split(":")[0]] = value;
        }
        Object.assign(this.totals, {key, values});
    }

    computeAggregates() {
        const aggregates = super.computeAggregates();
        const {isGrouped, selection} = this.props.list;
        if (isGrouped && !selection.length) {
            const columns = this.columns.filter(({name}) => name in aggregates);
            for (const column of columns) {
                const {value} = this.formatGroupAggregate(
                    {aggregates: this.totals.values},
                    column
                );
                aggregates[column.name].value = value;
            }
        }
        return aggregates;
    }
}
