from odoo import api, models
from odoo.fields import Domain

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
        :return: ``[{"model", "id", "name", "application", "icon", "state", "active"}]``;
            ``state`` is the text shown, ``False`` where there is none; ``active`` is
            ``False`` for an archived record
        """
        links = self.search_fetch(
            self._get_shown_domain(model, res_id),
            ["source_model", "source_id", "target_model", "target_id"],
            limit=limit,
            offset=offset,
        )
        return self._describe_ends(
            [link._get_other_end(model, res_id) for link in links]
        )

    @api.model
    @api.readonly
    def get_links_menu(self, model, res_id):
        """Return all that the Links menu of a record needs.

        :param str model: of the record ``res_id`` (int)
        :return: ``{"count": int, "links": the first 40 of get_links, "models":
            [{"model", "name", "icon"}] that the user may add, "can_edit": bool}``;
            all empty when the user may not read the record
        """
        if not self.has_access("read") or not self._filter_ends(
            {(model, res_id)}, "read"
        ):
            self._ask_primary_if_unknown(model, res_id)
            return dict(EMPTY_MENU)
        names = self._get_user_models()
        return {
            "count": self.search_count(self._get_shown_domain(model, res_id)),
            "links": self.get_links(model, res_id, limit=SHOWN),
            "models": self._get_addable(names),
            "can_edit": self._can_link(model, res_id, names),
        }

    @api.model
    def _ask_primary_if_unknown(self, model, res_id):
        """Let the primary answer when a replica lacks the record, just made."""
        if model in self._get_user_models() and isinstance(res_id, int):
            record = self.env[model].browse(res_id)
            self.env["kontakti.contact"]._ask_primary_for(record)

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
        """Return the domain of a record's links, for superuser code of existing ends."""
        domain = self._get_links_domain(model, [res_id])
        if self.env.su:
            return domain & Domain.custom(
                to_sql=lambda links, alias, query: links._get_readable_sql(
                    domain, alias
                )
            )
        return domain

    @api.model
    def _describe_ends(self, ends):
        """Return what the menu shows of ``ends`` [(model, id)], in their order."""
        rows = {}
        described = self._describe_models(dict.fromkeys(model for model, _id in ends))
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
