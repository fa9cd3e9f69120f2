from odoo import api, models


class MailActivity(models.Model):
    """A meeting planned from an activity of a contact event is of it (S8)."""

    _inherit = "mail.activity"

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
