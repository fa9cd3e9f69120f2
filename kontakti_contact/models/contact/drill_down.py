from odoo import api, models
from odoo.tools import SQL

from ...tools import arguments

CUSTOMER = "customer_key"
ONE = "id:min"  # a contact event of the group, which tells its name
# The value of the group of no customer, which no customer has. Odoo's cards put a group
# of no value first, whatever comes before it.
NOBODY = "#"
AGGREGATED_ORDERS = {"ASC": "min", "DESC": "max"}
ORDERS_OF_CUSTOMERS = frozenset(["customer_name", "date", "next_date"])


class KontaktiContact(models.Model):
    """The drill-down: contact events grouped by customer, fast with many (S11, S12).

    A group's value is the customer's key, which the task list counts; its label is the
    customer's name.
    """

    _inherit = "kontakti.contact"

    @api.model
    def _get_read_group_order(self, dict_order, groupby, aggregates):
        """Order customers as the list orders what is in them: the most urgent first.

        In a list with another order, or none, they come by name.
        """
        if list(groupby) != [CUSTOMER]:
            return super()._get_read_group_order(dict_order, groupby, aggregates)
        name, direction = next(iter(dict_order.items()), ("", "ASC"))
        if name == "__count":
            return f"{name} {direction}, {CUSTOMER}"
        if name not in ORDERS_OF_CUSTOMERS:
            name, direction = "customer_name", "ASC"
        aggregated = AGGREGATED_ORDERS[direction.split()[0]]
        return f"{name}:{aggregated} {direction}, {CUSTOMER}"

    @api.model
    @api.readonly
    def formatted_read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        """Group as Odoo does; a customer's group is ``(key, name)``."""
        arguments.texts(self.env, "groupby", groupby)
        if CUSTOMER not in groupby:
            return super().formatted_read_group(
                domain, groupby, aggregates, having, offset, limit, order
            )
        groups = super().formatted_read_group(
            domain, groupby, [*aggregates, ONE], having, offset, limit, order
        )
        return self._name_customers(groups, keep=ONE in aggregates)

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(
        self, domain, grouping_sets, aggregates=(), **kwargs
    ):
        """Group as Odoo does; see :meth:`formatted_read_group`."""
        for groupby in arguments.sequence(self.env, "grouping_sets", grouping_sets):
            arguments.texts(self.env, "grouping_sets", groupby)
        if not any(CUSTOMER in groupby for groupby in grouping_sets):
            return super().formatted_read_grouping_sets(
                domain, grouping_sets, aggregates, **kwargs
            )
        found = super().formatted_read_grouping_sets(
            domain, grouping_sets, [*aggregates, ONE], **kwargs
        )
        keep = ONE in aggregates
        return [self._name_customers(groups, keep=keep) for groups in found]

    @api.model
    @api.readonly
    def read_progress_bar(self, domain, group_by, progress_bar):
        """Count as Odoo does; see :data:`NOBODY`."""
        found = super().read_progress_bar(domain, group_by, progress_bar)
        if group_by == CUSTOMER and "" in found:
            found[NOBODY] = found.pop("")
        return found

    @api.model
    def _name_customers(self, groups, keep):
        names = self._get_customer_names(group[ONE] for group in groups)
        for group in groups:
            one = group[ONE] if keep else group.pop(ONE)
            key = group.get(CUSTOMER)
            if key:
                group[CUSTOMER] = (key, names.get(one, ""))
            elif CUSTOMER in group:
                group[CUSTOMER] = (NOBODY, self.env._("No customer"))
        return groups

    @api.model
    def _get_customer_names(self, ids):
        """Return ``{id: its customer's name}`` of contact events that the user sees.

        The register's name, as Odoo shows the name of a many2one to whoever sees the
        record; else the stored or typed one.
        """
        ids = tuple(filter(None, ids))
        if not ids:
            return {}
        self.flush_model([CUSTOMER, "commercial_partner_id", "customer_name"])
        self.env["res.partner"].flush_model(["name"])
        rows = self.env.execute_query(
            SQL(
                """SELECT contact.id,
                          coalesce(nullif(partner.name, ''), contact.customer_name, '')
                     FROM kontakti_contact AS contact
                LEFT JOIN res_partner AS partner
                       ON partner.id = contact.commercial_partner_id
                    WHERE contact.id IN %s""",
                ids,
            )
        )
        return {contact_id: name.strip() for contact_id, name in rows}
