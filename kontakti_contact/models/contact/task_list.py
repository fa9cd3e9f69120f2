from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import arguments, checked, unlisted
from ...tools.due import DUE_KEYS
from .kontakti_contact import STATE_OPEN
from .privacy import SHARED

SECTION_KEYS = ("personal", "mine", "organisation", "mailing_list")
SIGNAL_FIELDS = frozenset(
    "active attempts company_id contacted_by_id customer_name date mailing_list name"
    " next_date participant_ids partner_id personal phone responsible_id state".split()
)
PANEL_FIELDS = (
    "attempts customer_key customer_name name next_date phone responsible_id"
    " state".split()
)
CUSTOMERS_PER_PAGE = 40
CONTACTS_PER_CUSTOMER = 5
IDS_PER_CELL = 2000


class KontaktiContact(models.Model):
    """The task list: what is late, due and unowned, counted by customer (S5-S14)."""

    _inherit = "kontakti.contact"

    task_list_cell = unlisted.Asked(
        store=False, search="_search_task_list_cell", export_string_translation=False
    )

    @api.model
    @api.readonly
    def get_task_list(self):
        """Return the numbers of the task list, one SQL statement for all (S6-S14).

        One more is of Odoo's rule of who sees customers. What the user hides is left out.

        :return: ``{"today": "2026-11-23", "sections": [{"key", "name", "groups":
            [{"key", "name", "help", "model", "customers": int,
            "contacts": int, "domain": [...]}]}]}``; the domain is of exactly the records
            of ``model`` that are counted
        """
        return self._fill_sections(self._get_shown_sections())

    @api.model
    def _get_task_list_sections(self):
        """Return the sections with their domains, before counting; extend to add."""
        names = {
            "personal": self.env._("Personal contact events"),
            "mine": self.env._("My responsibility"),
            "organisation": self.env._("Organisation"),
            "mailing_list": self.env._("On mailing list"),
        }
        sections = []
        for key in SECTION_KEYS:
            domain = self._get_section_domain(key)
            groups = self._get_task_list_groups(key, domain)
            sections.append(
                {"key": key, "name": names[key], "domain": domain, "groups": groups}
            )
        return sections

    @api.model
    def _get_section_domain(self, key):
        """Return the domain of one section: the one place that says what it holds."""
        if key == "mailing_list":
            return SHARED & Domain("mailing_list", "=", True)
        is_open = Domain("state", "=", STATE_OPEN)
        if key == "personal":
            mine = Domain("contacted_by_id", "=", self.env.uid)
            return Domain("personal", "=", True) & mine & is_open
        whose = self._get_mine_domain() if key == "mine" else Domain.TRUE
        return SHARED & is_open & whose

    @api.model
    def _get_mine_domain(self):
        """Return the domain of what the user is responsible for, as a deputy too."""
        represented = self.env["kontakti.deputy"]._get_represented()
        return Domain.OR(
            Domain("responsible_id", "=", user_id)
            for user_id in (self.env.uid, *represented)
        )

    @api.model
    def _get_task_list_groups(self, section_key, section_domain):
        """Return the groups (columns) of one section; extend to add."""
        groups = [("all", self.env._("All"), Domain.TRUE, "")]
        if section_key != "mailing_list":
            names = dict(self._fields["due"]._description_selection(self.env))
            groups += [
                (key, names[key], self._get_due_domain(key), "") for key in DUE_KEYS
            ]
        if section_key in ("personal", "organisation"):
            groups.append(self._get_unassigned_group())
        return [
            {
                "key": key,
                "name": name,
                "help": text,
                "model": self._name,
                "domain": section_domain & domain,
            }
            for key, name, domain, text in groups
        ]

    @api.model
    def _get_unassigned_group(self):
        domain = Domain("responsible_id", "=", False)
        text = self.env._("nobody responsible")
        return ("unassigned", self.env._("Unassigned"), domain, text)

    @api.model
    def _count_task_list(self, sections):
        """Return ``[[(contacts, customers), ...], ...]``, a list a section.

        None for a section that is not shown now.
        """
        if not sections:
            return []
        statements = [
            self._get_section_sql(place, section)
            for place, section in enumerate(sections)
        ]
        rows = self.env.execute_query(
            SQL("%s ORDER BY place", SQL(" UNION ALL ").join(statements))
        )
        found = {place: list(zip(*arrays, strict=True)) for place, *arrays in rows}
        return [found.get(place) for place in range(len(sections))]

    @api.model
    def _get_section_sql(self, place, section):
        """Return the SQL of one row of :meth:`_count_task_list`."""
        return self._get_count_sql(place, section["domain"], section["groups"])

    @api.model
    def _get_count_sql(self, place, domain, groups):
        """Return the SQL of one row: place, array of contacts, array of customers.

        Customers are grouped once, then each group asks how many of them it has:
        a fraction of the work of a COUNT(DISTINCT) a group.
        """
        query = self._search(domain)
        conditions = [
            self._get_rest_domain(group["domain"], domain)
            .optimize_full(self)
            ._to_sql(self, self._table, query)
            for group in groups
        ]
        names = [SQL.identifier(f"n{place}") for place in range(len(groups))]
        counts = [
            SQL("count(*) FILTER (WHERE %s) AS %s", condition, name)
            for condition, name in zip(conditions, names, strict=True)
        ]
        customers = SQL(
            "%s GROUP BY %s",
            query.select(*counts),
            self._field_to_sql(self._table, "customer_key", query),
        )
        return SQL(
            "SELECT %s AS place, ARRAY[%s], ARRAY[%s] FROM (%s) AS customers",
            place,
            SQL(", ").join(SQL("coalesce(sum(%s), 0)::int", name) for name in names),
            SQL(", ").join(
                SQL("count(*) FILTER (WHERE %s > 0)", name) for name in names
            ),
            customers,
        )

    @api.model
    def _get_rest_domain(self, domain, known):
        """Return what ``domain`` asks beyond ``known``, which holds already.

        A condition asked twice would make the database read the table for a column
        that the index need not hold.
        """
        known = set(self._split_domain(known))
        parts = self._split_domain(domain)
        return Domain.AND(part for part in parts if part not in known)

    @api.model
    def _split_domain(self, domain):
        """Return the conditions that ``domain`` demands all of."""
        is_and = getattr(domain, "OPERATOR", None) == "&"
        return domain.children if is_and else [domain]

    @api.model
    @api.readonly
    def get_task_list_customers(self, section, group, offset=0):
        """Return the customers of one cell, the most urgent first (S11, S12).

        :param str section: key of a section of :meth:`get_task_list`
        :param str group: key of one of its groups
        :param int offset: how many customers to skip
        :return: ``{"customers": [{"key", "name", "partner_id", "phone", "next_date",
            "contacts": int, "items": [{"id", "name", "next_date", "due", "responsible",
            "phone", "attempts": int}]}], "more": bool}``; ``items`` are the oldest five
        :raise UserError: when there is no such cell
        """
        arguments.whole_number(self.env, "offset", offset)
        domain = self._get_cell_domain(section, group)
        rows = self._read_group(
            domain,
            ["customer_key"],
            ["__count", "next_date:min"],
            order="next_date:min, customer_key",
            offset=offset,
            limit=CUSTOMERS_PER_PAGE + 1,
        )
        page = rows[:CUSTOMERS_PER_PAGE]
        keys = [row[0] for row in page]
        items = self._get_first_contacts(domain, keys)
        partners = self._get_readable_customers(keys)
        customers = [
            self._format_customer(*row, items[row[0]], partners.get(row[0]))
            for row in page
        ]
        return {"customers": customers, "more": len(rows) > len(page)}

    @api.model
    @api.readonly
    def get_task_list_ids(self, section, group):
        """Return the contact events of one cell, in the order of its customers.

        What the pager leads through of a contact event opened from the cell (S11).

        :param str section: key of a section of :meth:`get_task_list`
        :param str group: key of one of its groups
        :return: the ids of the first 2,000
        :raise UserError: when there is no such cell
        """
        query = self._search(self._get_cell_domain(section, group))
        key = self._field_to_sql(self._table, "customer_key", query)
        day = self._field_to_sql(self._table, "next_date", query)
        own_id = SQL.identifier(self._table, "id")
        first = SQL("min(%s) OVER (PARTITION BY %s)", day, key)
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) AS cell ORDER BY first, key, day, id LIMIT %s",
                query.select(
                    own_id,
                    SQL("%s AS first", first),
                    SQL("%s AS key", key),
                    SQL("%s AS day", day),
                ),
                IDS_PER_CELL,
            )
        )
        return [contact_id for (contact_id,) in rows]

    @api.model
    def _get_cell_domain(self, section, group):
        for found in self._get_task_list_sections():
            for cell in found["groups"]:
                if (found["key"], cell["key"]) == (section, group):
                    return cell["domain"]
        raise UserError(self.env._("The task list has no such cell."))

    @api.model
    def _search_task_list_cell(self, operator, value):
        """Search by the name of a cell: what the drill-down's address holds (S11)."""
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._get_named_cell_domain(name) for name in value)

    @api.model
    def _get_named_cell_domain(self, name):
        """Return the domain of ``organisation.late``, or of one customer in it.

        The customer's key follows: ``organisation.late.#12``.
        """
        known = isinstance(name, str) and checked.is_storable(name)
        section, _dot, rest = (name if known else "").partition(".")
        group, of_customer, key = rest.partition(".")
        domain = self._get_cell_domain(section, group)
        return domain & Domain("customer_key", "=", key) if of_customer else domain

    @api.model
    def _get_first_contacts(self, domain, keys):
        """Return ``{customer key: the first contact events}``, without more queries."""
        query = self._search(domain & Domain("customer_key", "in", keys))
        key_sql = self._field_to_sql(self._table, "customer_key", query)
        date_sql = self._field_to_sql(self._table, "next_date", query)
        id_sql = SQL.identifier(self._table, "id")
        place = SQL(
            "row_number() OVER (PARTITION BY %s ORDER BY %s, %s) AS place",
            *(key_sql, date_sql, id_sql),
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) AS numbered WHERE place <= %s",
                query.select(id_sql, place),
                CONTACTS_PER_CUSTOMER,
            )
        )
        contacts = self.browse(row[0] for row in rows)
        contacts.fetch(PANEL_FIELDS)  # and not what was discussed
        contacts = contacts.sorted(
            lambda contact: (contact.next_date or date.max, contact.id)
        )
        return contacts.grouped("customer_key")

    @api.model
    def _format_customer(self, key, count, next_date, contacts, partner):
        # not contacts[:1], which would read the customers one by one
        first = next(iter(contacts), contacts)
        phones = [contact.phone for contact in contacts if contact.phone]
        return {
            "key": key,
            "name": self._get_customer_label(partner, first.customer_name),
            "partner_id": partner.id if partner else False,
            "phone": phones[0] if phones else "",
            "contacts": count,
            "next_date": fields.Date.to_string(next_date),
            "items": [contact._format_task_list_item() for contact in contacts],
        }

    def _format_task_list_item(self):
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "next_date": fields.Date.to_string(self.next_date),
            "due": self.due,
            # sudo: Odoo shows the name of a many2one to whoever sees the record
            "responsible": self.responsible_id.sudo().name or "",
            "phone": self.phone or "",
            "attempts": self.attempts,
        }

    def _signal_if_shown(self, vals):
        """Tell open task lists, before and after what they show is written.

        Before, to those who see it as it was; after, to those who see it as it is now.
        """
        if not SIGNAL_FIELDS.isdisjoint(vals):
            self._signal_change()
