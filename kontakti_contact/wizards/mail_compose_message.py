from odoo import models
from odoo.fields import Domain
from odoo.tools.mail import email_normalize_all

from ..tools import checked

CONTACT = "kontakti.contact"
DUPLICATE = "mail_dup"


class MailComposeMessage(models.TransientModel):
    """A message from a contact event, and mailings to contact events.

    A message may go to an address that nobody in the register has (T17, S17). Mailings
    go to no personal contact event and no blacklisted address (S8).
    """

    _inherit = "mail.compose.message"

    kontakti_email_to = checked.Char("To (not in the register)")

    def _prepare_mail_values_static(self):
        """Add: the address typed on the contact event; no partner is made of it."""
        values = super()._prepare_mail_values_static()
        if self.kontakti_email_to and self.composition_mode == "comment":
            values["outgoing_email_to"] = self.kontakti_email_to
        return values

    def _is_kontakti_mailing(self):
        """Whether this sends a mailing of Email Marketing to contact events."""
        return (
            self.model == CONTACT
            and self.composition_mode == "mass_mail"
            and "mass_mailing_id" in self._fields
            and bool(self.mass_mailing_id or self.mass_mailing_name)
        )

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        """Keep to whom a mailing may reach, however the ids were found."""
        if self._is_kontakti_mailing():
            contacts = self.env[CONTACT]
            allowed = contacts._get_mailable_domain(self.mass_mailing_id.user_id)
            given = Domain("id", "in", list(res_ids))
            res_ids = contacts.search(given & allowed, order="id").ids
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)

    def _get_blacklist_record_ids(self, mail_values_dict, recipients_info=None):
        """The blacklist counts for mailings to contact events, switched off or not."""
        if self._is_kontakti_mailing() and not self.use_exclusion_list:
            self.use_exclusion_list = True
        return super()._get_blacklist_record_ids(mail_values_dict, recipients_info)

    def _get_recipients_data(self, mail_values_dict):
        """A customer may have several addresses in one field: each of them counts."""
        found = super()._get_recipients_data(mail_values_dict)
        if self._is_kontakti_mailing():
            for data in found.values():
                mail_to = ", ".join(filter(None, data["mail_to"]))
                data["mail_to_normalized"] = email_normalize_all(mail_to)
        return found

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
