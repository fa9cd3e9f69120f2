from collections import defaultdict

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.kontakti_contact.tools import arguments

from .kontakti_link import ENDS

END_FIELDS = [f"{end}_{part}" for end in ENDS for part in ("model", "id")]


class KontaktiLink(models.Model):
    """Who sees and changes a link.

    ======== ==========================================================
    read     Kontakti users who may read both ends
    create   those of them who may write one of the ends
    unlink   as create
    write    nobody
    ======== ==========================================================

    An end that is gone, or whose addon is, can be read by nobody.
    """

    _inherit = "kontakti.link"

    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Find what the user may read: in SQL, so that limits and counts are right."""
        query = super()._search(domain, offset, limit, order, **kwargs)
        if self.env.su or kwargs.get("bypass_access") or query.is_empty():
            return query
        query.add_where(self._get_readable_sql(domain, query.table))
        return query

    def _get_readable_sql(self, domain, alias, linked=None):
        """Return the condition that both ends exist and can be read by the user.

        :param domain: what is searched; narrows what has to be looked at
        :param str alias: of the table of links in the query
        :param linked: ``{end: models}`` to look at; those of all links when not said
        """
        linked = linked or dict.fromkeys(ENDS, self._get_linked_models())
        ends = [
            SQL(" OR ").join(
                self._get_readable_end_sql(end, model, domain, alias)
                for model in sorted(set(linked[end]))
                if model in self.env and self.env[model].has_access("read")
            )
            for end in ENDS
        ]
        return SQL("((%s) AND (%s))", *ends) if all(ends) else SQL("FALSE")

    def _get_readable_end_sql(self, end, model, domain, alias):
        records = self.env[model].with_context(active_test=False)
        model_column = SQL.identifier(alias, f"{end}_model")
        column = SQL.identifier(alias, f"{end}_id")
        if self._searches_in_python(records):
            readable = SQL(
                "%s IN %s", column, self._search_linked(records, end, domain)
            )
        else:
            query = records._search([])
            query.add_where(SQL("%s = %s", SQL.identifier(query.table, "id"), column))
            readable = SQL("EXISTS (%s)", query.select(SQL("1")))
        return SQL("(%s = %s AND %s)", model_column, model, readable)

    @api.model
    def _searches_in_python(self, records):
        """Return whether the model may filter all that it finds, as messages do."""
        return any(
            "_search" in vars(cls)
            for cls in type(records).mro()
            if cls is not models.BaseModel
        )

    def _search_linked(self, records, end, domain):
        """Return what may be read of the records at one end of the links searched."""
        # sudo: only narrows down which records are tried
        linked = self.sudo()._search(
            Domain(domain) & Domain(f"{end}_model", "=", records._name)
        )
        ids = linked.subselect(SQL.identifier(linked.table, f"{end}_id"))
        return records._search(Domain("id", "in", ids)).subselect()

    def _check_access(self, operation):
        """Add: the ends decide. A link that is gone answers like a hidden one."""
        result = super()._check_access(operation)
        forbidden = result[0] if result else self.browse()
        links = self._origin - forbidden
        if not links:
            return result
        # sudo: which records the links are between, to ask about those
        found = links.sudo().search_fetch([("id", "in", links.ids)], END_FIELDS)
        pairs = {link.id: tuple(link._get_ends()) for link in found}
        allowed = self._filter_pairs(pairs.values(), operation)
        refused = links.filtered(lambda link: pairs.get(link.id) not in allowed)
        if not refused:
            return result
        return forbidden + refused, self._make_link_access_error

    @api.model
    def _check_new_pairs(self, vals_list):
        """Refuse before anything is tried: not even a double may tell of a link.

        :return: the set of the pairs of ends that are to be linked
        :raise AccessError: unless the user may read both records and change one
        :raise ValidationError: for values that name no record
        """
        if not self.env.su:
            self.check_access("create")
        given = arguments.sequence(self.env, "vals_list", vals_list)
        pairs = {self._get_new_pair(vals) for vals in given}
        if not self.env.su and pairs - self._filter_pairs(pairs, "create"):
            raise self._make_link_access_error()
        return pairs

    @api.model
    def _get_new_pair(self, vals):
        """Return the ends ((model, id), (model, id)) that values of a link name."""
        context = self.env.context
        if isinstance(vals, dict):
            given = [
                vals.get(name, context.get(f"default_{name}")) for name in END_FIELDS
            ]
            types = [type(value) for value in given]
            if types == [str, int, str, int]:
                return (tuple(given[:2]), tuple(given[2:]))
        raise ValidationError(
            self.env._("A link needs the model and the id of each of its two records.")
        )

    @api.model
    def _filter_pairs(self, pairs, operation):
        """Return the set of those ``pairs`` of ends that ``operation`` is allowed on."""
        pairs = {tuple(pair) for pair in pairs}
        ends = {end for pair in pairs for end in pair}
        readable = self._filter_ends(ends, "read")
        pairs = {pair for pair in pairs if readable.issuperset(pair)}
        if operation == "read" or not pairs:
            return pairs
        writable = self._filter_ends(readable, "write")
        return {pair for pair in pairs if not writable.isdisjoint(pair)}

    @api.model
    def _filter_ends(self, ends, operation):
        """Return the set of those ends (model, id) that exist and the user may access.

        One search a model, never one a record.
        """
        by_model = defaultdict(set)
        for model, res_id in ends:
            if model in self.env and isinstance(res_id, int):
                by_model[model].add(res_id)
        allowed = set()
        for model, ids in by_model.items():
            records = self.env[model].with_context(active_test=False)
            if self._can_be_linked(model) and records.has_access("read"):
                found = records.search([("id", "in", list(ids))])
                found = found._filtered_access(operation)
                allowed.update((model, res_id) for res_id in found.ids)
        return allowed
