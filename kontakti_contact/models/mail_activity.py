from odoo import api, models
from odoo.exceptions import ValidationError


class MailActivity(models.Model):
    """Activities on a personal contact event belong to its owner (S8)."""

    _inherit = "mail.activity"

    @api.constrains("user_id", "res_model", "res_id")
    def _check_kontakti_personal(self):
        on_contact = self.filtered(lambda rec: rec.res_model == "kontakti.contact")
        contacts = self.env["kontakti.contact"].browse(on_contact.mapped("res_id"))
        # sudo: the assigned user must be checked against records hidden from others
        personal = contacts.sudo().exists().filtered("personal")
        owners = {contact.id: contact.contacted_by_id for contact in personal}
        for activity in on_contact:
            owner = owners.get(activity.res_id)
            if owner and activity.user_id - owner:
                # the message names the owner: only for who may read the contact event
                personal.with_user(self.env.user).check_access("read")
                raise ValidationError(
                    self.env._(
                        "The contact event is personal: its activities can be assigned "
                        "to %s only.",
                        owner.name,
                    )
                )
