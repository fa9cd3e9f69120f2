from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

CONTACT = "kontakti.contact"


class MailActivity(models.Model):
    """Activities on a personal contact event belong to its owner (S8).

    A meeting planned from an activity of a contact event is of the contact event.
    """

    _inherit = "mail.activity"

    @api.constrains("user_id", "res_model", "res_id", "active")
    def _check_kontakti_personal(self):
        """Let others have no activity there, nor on one made personal meanwhile."""
        on_contact = self.filtered(lambda rec: rec.res_model == CONTACT)
        contacts = self.env[CONTACT].browse(on_contact.mapped("res_id")).exists()
        contacts._keep_shared_meanwhile()
        owners = contacts._get_personal_owners(contacts.ids)
        for activity in on_contact:
            owner = self.env["res.users"].browse(owners.get(activity.res_id))
            if owner and activity.user_id - owner:
                # the message names the owner: only for who may read the contact event
                seen = contacts.browse(owners).with_user(self.env.user)
                seen.check_access("read")
                raise ValidationError(
                    self.env._(
                        "The contact event is personal: its activities can be assigned "
                        "to %s only.",
                        owner.name,
                    )
                )

    def _leave_to_kontakti_owner(self, owner):
        """Make these activities (as superuser) those of ``owner``, done ones too.

        Odoo lets who is assigned read an activity, and who made it change it.
        """
        others = self.filtered(lambda activity: activity.user_id != owner)
        others.with_context(mail_activity_quick_update=True).write(
            {"user_id": owner.id}
        )
        made = self.filtered(lambda activity: activity.create_uid != owner)
        if made:
            # the ORM does not change who made a record
            self.env.cr.execute(
                SQL(
                    "UPDATE mail_activity SET create_uid = %s WHERE id IN %s",
                    owner.id,
                    tuple(made.ids),
                )
            )
            made.invalidate_recordset(["create_uid"], flush=False)

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._keep_meetings_with_contacts()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("calendar_event_id", "res_id", "res_model_id")):
            self._keep_meetings_with_contacts()
        return result

    def _keep_meetings_with_contacts(self):
        for activity in self:
            if activity.calendar_event_id and activity.res_model == "kontakti.contact":
                contact = self.env["kontakti.contact"].browse(activity.res_id)
                activity.calendar_event_id._keep_with_kontakti_contact(contact)
