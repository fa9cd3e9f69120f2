from odoo import api, models

CUSTOMER = "commercial_partner_id"
AGGREGATED_ORDERS = {"ASC": "min", "DESC": "max"}
ORDERS_OF_CUSTOMERS = frozenset(["customer_name", "date", "next_date"])


class KontaktiContact(models.Model):
    """The drill-down: contact events grouped by customer, fast with many (S11, S12)."""

    _inherit = "kontakti.contact"

    @api.model
    def _get_read_group_order(self, dict_order, groupby, aggregates):
        """Order customers as the list orders what is in them: the most urgent first.

        Odoo orders them by name whatever the list is ordered by, and joins every
        customer of the register to do so.
        """
        name, direction = next(iter(dict_order.items()), ("", ""))
        if list(groupby) != [CUSTOMER] or name not in ORDERS_OF_CUSTOMERS:
            return super()._get_read_group_order(dict_order, groupby, aggregates)
        aggregated = AGGREGATED_ORDERS[direction.split()[0]]
        return f"{name}:{aggregated} {direction}, {CUSTOMER}:min"

    @api.model
    def _formatted_read_group_with_length(
        self, domain, groupby, aggregates, offset=0, limit=None, order=None
    ):
        """Count the customers in the database.

        Odoo makes a record of each group beyond the page, to count them.
        """
        if list(groupby) != [CUSTOMER] or not limit:
            return super()._formatted_read_group_with_length(
                domain, groupby, aggregates, offset=offset, limit=limit, order=order
            )
        groups = self.formatted_read_group(
            domain, groupby, aggregates, offset=offset, limit=limit, order=order
        )
        if len(groups) < limit:
            return groups, len(groups) and len(groups) + offset
        return groups, self._count_customers(domain)

    @api.model
    def _count_customers(self, domain):
        """Return how many groups there are, with the one of no customer."""
        [(customers, known, contacts)] = self._read_group(
            domain, [], [f"{CUSTOMER}:count_distinct", f"{CUSTOMER}:count", "__count"]
        )
        return customers + (known < contacts)

    @api.model
    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        """Read what the names of the customers are made of, and not all about them."""
        if groupby_spec == CUSTOMER:
            partners = self.env["res.partner"].union(*values)
            # sudo: Odoo shows the name of a group to whoever sees the group
            partners.sudo().fetch(self._get_customer_name_fields())
        return super()._web_read_group_groupby_formatter(groupby_spec, values)

    @api.model
    def _get_customer_name_fields(self):
        partners = self.env["res.partner"]
        return {
            dependency.split(".")[0]
            for name in ("complete_name", "display_name")
            for dependency in self.pool.field_depends[partners._fields[name]]
        }
