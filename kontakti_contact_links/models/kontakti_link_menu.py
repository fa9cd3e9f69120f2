from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .kontakti_link import ENDS
from .kontakti_link_access import END_FIELDS

SHOWN = 40
EMPTY_MENU = {"count": 0, "links": [], "models": [], "can_edit": False}


class KontaktiLink(models.Model):
    """What the Links menu shows: one call draws it (S18, S36)."""

    _inherit = "kontakti.link"

    @api.model
    @api.readonly
    def get_links(self, model, res_id, limit=None, offset=0):
        """Return the links of a record that the user may see, the newest first.

        :param str model: of the record ``res_id`` (int)
        :param int limit: how many at most, after leaving out the first ``offset``
        :return: ``[{"model", "id", "name", "application", "icon", "state", "active"}]``;
            ``state`` is the text shown, ``False`` where there is none; ``active`` is
            ``False`` for an archived record
        :raise AccessError: for who has no right to links
        :raise UserError: for what can be no model, id, limit or offset
        """
        page = self._check_page(limit), self._check_page(offset) or 0
        end = self._check_model(model), self._check_id(res_id)
        self.check_access("read")
        shown = self._get_shown_domain(*end)
        return self._describe_ends(self._find_other_ends(end, shown, *page))

    @api.model
    @api.readonly
    def get_links_count(self, model, res_id):
        """Return how many links of a record the user may see: for the menu's button.

        :param str model: of the record ``res_id`` (int)
        :return: int, 0 when the user may not read the record
        :raise UserError: for what can be no model or id
        """
        end = self._check_model(model), self._check_id(res_id)
        if not self.has_access("read"):
            return 0
        shown = self._get_shown_domain(*end)
        if shown.is_false():
            self._ask_primary_if_unknown(*end)
        return self._count_shown(shown)

    @api.model
    @api.readonly
    def get_links_menu(self, model, res_id):
        """Return all that the Links menu of a record needs.

        :param str model: of the record ``res_id`` (int)
        :return: ``{"count": int, "links": the first 40 of get_links, "models":
            [{"model", "name", "icon"}] that the user may add, "can_edit": bool}``;
            all empty when the user may not read the record
        :raise UserError: for what can be no model or id
        """
        end = self._check_model(model), self._check_id(res_id)
        if not self.has_access("read") or not self._filter_ends({end}, "read"):
            self._ask_primary_if_unknown(*end)
            return dict(EMPTY_MENU)
        names = self._get_user_models()
        shown = self._get_shown_domain(*end)
        ends = self._find_other_ends(end, shown, SHOWN)
        return {
            "count": self._count_shown(shown) if len(ends) == SHOWN else len(ends),
            "links": self._describe_ends(ends),
            "models": self._get_addable(names),
            "can_edit": self._can_link(*end, names),
        }

    @api.model
    def _ask_primary_if_unknown(self, model, res_id):
        """Let the primary answer when a replica lacks the record, just made."""
        if model in self._get_user_models():
            record = self.env[model].browse(res_id)
            self.env["kontakti.contact"]._ask_primary_if_unknown(record)

    @api.model
    def _get_addable(self, names):
        """Return what the menu offers to add, named after all a model's applications."""
        described = self._describe_models(names)
        for model, applications in self._get_naming_applications().items():
            if model in described:
                described[model]["name"] = " / ".join(applications.mapped("name"))
        return [described[name] for name in names]

    @api.model
    def _can_link(self, model, res_id, names):
        """Return whether the user may write the record, or what could be linked."""
        return bool(self.has_access("create")) and (
            any(self.env[name].has_access("write") for name in names)
            or bool(self._filter_ends({(model, res_id)}, "write"))
        )

    @api.model
    def _get_shown_domain(self, model, res_id):
        """Return the domain of what the user may see of a record's links.

        It is for the superuser to search, who would see all of them. Only the models
        that this record is linked with are looked at.
        """
        domain = self._get_links_domain(model, [res_id])
        linked = self._get_models_at_ends(domain) if model and res_id else None
        if not linked:
            return Domain.FALSE
        readable = Domain.custom(
            to_sql=lambda links, alias, query: self._get_readable_sql(
                domain, alias, linked
            )
        )
        return domain & readable & self.env["ir.rule"]._compute_domain(self._name)

    @api.model
    def _get_models_at_ends(self, domain):
        """Return ``{end: models}`` of the links in ``domain``, ``None`` without any."""
        # sudo: which models to look at; what is there and read decides the query
        query = self.sudo()._search(domain)
        names = [self._field_to_sql(query.table, f"{end}_model") for end in ENDS]
        rows = self.env.execute_query(query.select(SQL("DISTINCT %s, %s", *names)))
        return dict(zip(ENDS, zip(*rows, strict=True), strict=True)) if rows else None

    @api.model
    def _find_other_ends(self, end, shown, limit=None, offset=0):
        """Return the ends (model, id) linked with ``end``, of the links ``shown``."""
        # sudo: of these links the user may read both ends, see _get_shown_domain
        links = self.sudo().search_fetch(shown, END_FIELDS, limit=limit, offset=offset)
        return [link._get_other_end(*end) for link in links]

    @api.model
    def _count_shown(self, shown):
        # sudo: as in _find_other_ends
        return self.sudo().search_count(shown)

    @api.model
    def _describe_ends(self, ends):
        """Return what the menu shows of ``ends`` [(model, id)], in their order."""
        rows = {}
        models = dict.fromkeys(model for model, _id in ends)
        described = self._describe_models(models, of_applications=False)
        applications = self._get_naming_applications()
        no_application = self.env["kontakti.application"]
        contacts = self.env["kontakti.contact"]
        for model, description in described.items():
            ids = [res_id for name, res_id in ends if name == model]
            records = self.env[model].with_context(active_test=False).browse(ids)
            records = records._filtered_access("read")
            showing = applications.get(model, no_application)._get_showing(records)
            for record in records:
                application = showing[record.id]
                name = application.name or description["name"]
                rows[model, record.id] = {
                    **self._describe_end(record),
                    "name": contacts._get_document_name(record) or name,
                    "application": name,
                    "icon": application.icon or description["icon"],
                }
        return [rows[end] for end in ends if end in rows]

    @api.model
    def _name_application(self, record):
        """Return the name of the application that shows ``record``, else its model's.

        An order is no quotation, and a vendor bill no invoice.
        """
        model = record._name
        applications = self._get_naming_applications().get(model)
        if applications and applications._get_showing(record)[record.id]:
            return applications._get_showing(record)[record.id].name
        described = self._describe_models([model], of_applications=False)
        return described[model]["name"]

    @api.model
    def _get_naming_applications(self):
        """Return ``{model: applications}``, without models the administrator named."""
        configured = self._get_configured()
        # sudo: names of applications are in everybody's menus
        applications = self.env["kontakti.application"].sudo()._get_linkable()
        by_model = applications.grouped(lambda app: app._get_target()[0])
        return {model: by_model[model] for model in by_model if model not in configured}

    @api.model
    def _describe_end(self, record):
        active_name = record._active_name
        return {
            "model": record._name,
            "id": record.id,
            "state": self._get_state_label(record),
            "active": bool(record[active_name]) if active_name else True,
        }

    @api.model
    def _get_state_label(self, record):
        """Return what the record's ``state`` shows, ``False`` without one."""
        field = record._fields.get("state")
        if not field or field.type != "selection":
            return False
        if not record._has_field_access(field, "read"):
            return False
        labels = dict(field._description_selection(record.env))
        return labels.get(record.state, False)
