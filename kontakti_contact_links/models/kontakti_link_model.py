from odoo import api, fields, models

from odoo.addons.kontakti_contact.tools import checked


class KontaktiLinkModel(models.Model):
    """A model that takes part in links, or does not: the administrator's word (S18).

    One such record in an addon's data is enough to let its model take part. The
    model need not be installed.
    """

    _name = "kontakti.link.model"
    _inherit = ["kontakti.link.cache.mixin"]
    _description = "Model in the Links Menu"
    _order = "sequence, id"
    _rec_name = "res_model"

    res_model = checked.Char(
        "Model",
        limit=100,
        required=True,
        help="Technical name, for example project.task.",
    )
    name = checked.Char(
        translate=True, help="Shown in the Links menu. Empty: the application's name."
    )
    icon = checked.Char(help="Font Awesome class, for example fa-tasks.")
    sequence = checked.Integer(default=10)
    active = fields.Boolean(
        default=True, help="Off: the model has no Links menu and cannot be added in it."
    )
    takes_part = fields.Boolean(
        compute="_compute_takes_part",
        help="Off: switched off, not installed, or a model that cannot be linked.",
    )

    _res_model_unique = models.UniqueIndex(
        "(res_model)", "This model is in the list already."
    )

    @api.depends("res_model", "active")
    def _compute_takes_part(self):
        links = self.env["kontakti.link"]
        for record in self:
            record.takes_part = record.active and links._may_take_part(
                record.res_model or ""
            )
