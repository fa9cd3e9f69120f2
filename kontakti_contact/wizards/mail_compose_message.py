from odoo import models

CONTACT = "kontakti.contact"
DUPLICATE = "mail_dup"


class MailComposeMessage(models.TransientModel):
    """Mailings to contact events: no personal ones, no blacklisted address (S8)."""

    _inherit = "mail.compose.message"

    def _is_kontakti_mailing(self):
        """Whether this sends a mailing of Email Marketing to contact events."""
        return (
            self.model == CONTACT
            and self.composition_mode == "mass_mail"
            and "mass_mailing_id" in self._fields
            and bool(self.mass_mailing_id or self.mass_mailing_name)
        )

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        """Leave personal contact events out, however the ids were found."""
        if self._is_kontakti_mailing():
            shared = [("id", "in", list(res_ids)), ("personal", "=", False)]
            res_ids = self.env[CONTACT].search(shared, order="id").ids
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)

    def _get_blacklist_record_ids(self, mail_values_dict, recipients_info=None):
        """The blacklist counts for mailings to contact events, switched off or not."""
        if self._is_kontakti_mailing() and not self.use_exclusion_list:
            self.use_exclusion_list = True
        return super()._get_blacklist_record_ids(mail_values_dict, recipients_info)

    def _process_mail_values_state(self, mail_values_dict):
        """Send one mail an address: a customer has many contact events.

        Odoo compares the text too, and merge fields make that differ.
        """
        result = super()._process_mail_values_state(mail_values_dict)
        if self._is_kontakti_mailing():
            seen = set()
            recipients = self._get_recipients_data(result)
            for res_id, values in result.items():
                addresses = set(recipients[res_id]["mail_to_normalized"])
                if values.get("state"):
                    continue
                if addresses and addresses <= seen:
                    values.update(state="cancel", failure_type=DUPLICATE)
                seen |= addresses
        return result
