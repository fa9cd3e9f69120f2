import {ListRenderer} from "@web/views/list/list_renderer";
import {useEffect, useState} from "@odoo/owl";

const FUNCTIONS = ["sum", "avg", "max", "min"];

/**
 * Shows the totals of all records beneath a grouped list. Odoo adds up the groups of
 * the page, and so counts a record with two tags twice, and other pages not at all.
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

    /** @returns {string} a key that changes when the totals must be loaded again */
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
