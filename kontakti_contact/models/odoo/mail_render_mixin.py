from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError

CONTACT = "kontakti.contact"


class MailRenderMixin(models.AbstractModel):
    """No template shows others' personal contact events (S8).

    Email Marketing's "view in browser" renders any record by its id, as superuser.
    """

    _inherit = "mail.render.mixin"

    @api.model
    def _render_template(self, template_src, model, res_ids, *args, **kwargs):
        if model == CONTACT and self.env.uid != SUPERUSER_ID:
            # sudo: asks which of the contact events are hidden
            contacts = self.env[CONTACT].sudo().browse(filter(None, res_ids)).exists()
            if contacts.filtered_domain(contacts._get_hidden_personal_domain()):
                raise AccessError(
                    self.env._(
                        "This contact event is personal: only its owner sees it."
                    )
                )
        return super()._render_template(template_src, model, res_ids, *args, **kwargs)
