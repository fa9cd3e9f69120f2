from odoo import api, models, tools
from odoo.fields import Domain

from odoo.addons.kontakti_contact.models.kontakti_application import CREATE, SEARCH

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
        configured = env["kontakti.link.model"].search(
            Domain("active", "in", [True, False])
        )
        out = set(configured.filtered(lambda rec: not rec.active).mapped("res_model"))
        names = [
            *FIRST,
            *self._get_application_models(),
            *(name for name in sorted(env) if env[name]._kontakti_links),
            *configured.mapped("res_model"),
        ]
        return tuple(
            name
            for name in dict.fromkeys(names)
            if name not in out and self._may_take_part(name)
        )

    @api.model
    def _get_application_models(self):
        """Return the models of the active applications, in their order."""
        # sudo: as in _get_models
        applications = self.env["kontakti.application"].sudo()
        return [
            application._get_target()[0]
            for application in applications.search(
                Domain("active", "=", True) & Domain("mode", "in", [CREATE, SEARCH])
            )
        ]

    @api.model
    def _may_take_part(self, model):
        """Return whether the model is installed and not a technical one."""
        return (
            self._can_be_linked(model)
            and self.env[model]._auto
            and not model.startswith(TECHNICAL)
        )

    @api.model
    def _can_be_linked(self, model):
        """Return whether records of the model can be linked at all."""
        return (
            model in self.env
            and model != self._name
            and not self.env[model]._abstract
            and not self.env[model]._transient
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
    def _describe_models(self, names):
        """Return ``{model: {"model", "name", "icon"}}`` in the user's language.

        The name is the administrator's, else the application's, else the model's.
        """
        # sudo: names of models and applications are in everybody's menus
        env = self.sudo().env
        ir_models = env["ir.model"]
        ids = [ir_models._get_id(name) for name in names]
        described = {
            record.model: {
                "model": record.model,
                "name": record.name,
                "icon": ICONS.get(record.model, DEFAULT_ICON),
            }
            for record in ir_models.browse(ids)
        }
        for name, icon, model in self._get_model_labels():
            if model in described:
                described[model]["name"] = name or described[model]["name"]
                described[model]["icon"] = icon or described[model]["icon"]
        return described

    @api.model
    def _get_model_labels(self):
        """Return (name, icon, model) of what names a model, the strongest last."""
        # sudo: as in _describe_models
        env = self.sudo().env
        applications = env["kontakti.application"].search(
            Domain("active", "=", True) & Domain("mode", "in", [CREATE, SEARCH])
        )
        configured = env["kontakti.link.model"].search([("active", "=", True)])
        named = [(app.name, app.icon, app._get_target()[0]) for app in applications]
        return [
            *reversed(named),
            *((rec.name, rec.icon, rec.res_model) for rec in configured),
        ]
