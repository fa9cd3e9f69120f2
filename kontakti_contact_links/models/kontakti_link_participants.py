from odoo import api, models, tools

FIRST = ("kontakti.contact", "res.partner")
TECHNICAL = ("ir.", "base.", "base_import.", "bus.", "report.", "res.config")
ICONS = {
    "kontakti.contact": "fa-comments-o",
    "mail.message": "fa-envelope-o",
}
DEFAULT_ICON = "fa-file-o"


class KontaktiLink(models.Model):
    """Which models take part: have the Links menu and can be added in it (S18).

    An integrator's model does with ``_kontakti_links = True`` in its class, or with
    one record of ``kontakti.link.model``; an inactive such record takes one out.
    """

    _inherit = "kontakti.link"

    @api.model
    @tools.ormcache()
    def _get_models(self):
        """Return the names of the models that take part, in the menu's order."""
        # sudo: the same for everybody; who may see what is asked by the callers
        env = self.sudo().env
        applications = env["kontakti.application"]._get_linkable()
        configured = env["kontakti.link.model"].search(
            [("active", "in", [True, False])]
        )
        out = set(configured.filtered(lambda rec: not rec.active).mapped("res_model"))
        names = [
            *FIRST,
            *(app._get_target()[0] for app in applications),
            *(name for name in sorted(env) if env[name]._kontakti_links),
            *configured.mapped("res_model"),
        ]
        return tuple(
            name
            for name in dict.fromkeys(names)
            if name not in out and self._may_take_part(name)
        )

    @api.model
    def _may_take_part(self, model):
        """Return whether the model is installed and not a technical one."""
        return self._can_be_linked(model) and not model.startswith(TECHNICAL)

    @api.model
    def _can_be_linked(self, model):
        """Return whether records of the model can be linked at all."""
        return (
            model in self.env
            and model != self._name
            and not self.env[model]._abstract
            and not self.env[model]._transient
            and self.env[model]._auto
        )

    @api.model
    def _get_user_models(self):
        """Return the models that take part and the user may read."""
        if not self.has_access("read"):
            return []
        return [
            model for model in self._get_models() if self.env[model].has_access("read")
        ]

    @api.model
    def _describe_models(self, names, of_applications=True):
        """Return ``{model: {"model", "name", "icon"}}`` in the user's language.

        The administrator's name, else the first application's, else the model's.

        :param of_applications: whether a model may have an application's name
        """
        # sudo: names of models and applications are in everybody's menus
        env = self.sudo().env
        applications = env["kontakti.application"]
        if of_applications:
            applications = applications._get_linkable()
        labels = {app._get_target()[0]: app for app in reversed(applications)}
        labels.update(self._get_configured())
        ids = [env["ir.model"]._get_id(name) for name in names]
        return {
            record.model: self._describe_model(record, labels.get(record.model))
            for record in env["ir.model"].browse(ids)
        }

    @api.model
    def _describe_model(self, ir_model, label):
        """Describe one ``ir.model``; ``label`` is what has a name and an icon for it."""
        model = ir_model.model
        return {
            "model": model,
            "name": (label and label.name) or ir_model.name,
            "icon": (label and label.icon) or ICONS.get(model, DEFAULT_ICON),
        }

    @api.model
    def _get_configured(self):
        """Return ``{model: kontakti.link.model}`` of the administrator's models."""
        # sudo: as in _describe_models
        models = self.env["kontakti.link.model"].sudo()
        configured = models.browse(self._get_configured_ids())
        return {record.res_model: record for record in configured}

    @api.model
    @tools.ormcache()
    def _get_configured_ids(self):
        # sudo: as in _describe_models
        models = self.env["kontakti.link.model"].sudo()
        return models.search([("active", "=", True)]).ids
