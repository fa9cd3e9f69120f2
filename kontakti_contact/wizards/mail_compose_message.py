from odoo import api, models
from odoo.fields import Domain
from odoo.tools.mail import email_normalize_all

from ..tools import checked
from ..tools.addresses import join_addresses, split_addresses

CONTACT = "kontakti.contact"
DUPLICATE = "mail_dup"
OUTGOING = "outgoing_email_to"


class MailComposeMessage(models.TransientModel):
    """A message from a contact event, and mailings to contact events.

    A message may go to an address that nobody in the register has (T17, S17). Mailings
    go to no personal contact event and no blacklisted address (S8).
    """

    _inherit = "mail.compose.message"

    kontakti_email_to = checked.Char(
        "To (not in the register)",
        compute="_compute_kontakti_email_to",
        store=True,
        readonly=False,
    )

    @api.depends(
        "composition_comment_option",
        "composition_mode",
        "model",
        "res_ids",
        "template_id",
    )
    def _compute_kontakti_email_to(self):
        """Those of a template or a reply that nobody in the register has."""
        for composer in self:
            found = composer._find_kontakti_addresses()
            composer.kontakti_email_to = found or composer.kontakti_email_to

    def _find_kontakti_addresses(self):
        if self.model != CONTACT or self.composition_mode != "comment":
            return False
        res_ids = self._evaluate_res_ids()
        if len(res_ids) != 1:
            return False
        if self.template_id:
            suggested = self.message_type == "comment" and not self.subtype_is_log
            [values] = self._generate_template_for_composer(
                res_ids, {"email_to", "email_cc"}, allow_suggested=suggested
            ).values()
            return values.get(OUTGOING)
        if self.composition_comment_option != "reply_all":
            return False
        contact = self.env[CONTACT].browse(res_ids)
        found = contact._message_get_suggested_recipients(reply_discussion=True)
        return join_addresses(
            (one["name"], one["email"])
            for one in found
            if one["email"] and not one["partner_id"]
        )

    def _generate_template_for_composer(
        self,
        res_ids,
        render_fields,
        allow_suggested=False,
        find_or_create_partners=True,
    ):
        """Add nobody to the register whom a template writes to (S17)."""
        is_ours = self.model == CONTACT and find_or_create_partners
        found = super()._generate_template_for_composer(
            res_ids,
            render_fields,
            allow_suggested=allow_suggested,
            find_or_create_partners=find_or_create_partners and not is_ours,
        )
        for res_id, values in found.items() if is_ours else ():
            texts = filter(
                None, (values.pop("email_to", ""), values.pop("email_cc", ""))
            )
            partners, typed = (
                self.env[CONTACT]
                .browse(res_id)
                ._split_recipients(split_addresses(", ".join(texts)))
            )
            if partners:
                values["partner_ids"] = [*values.get("partner_ids", []), *partners.ids]
            if typed:
                is_message = self.composition_mode == "comment"
                key = OUTGOING if is_message else "email_to"
                values[key] = join_addresses(typed)
        return found

    def _prepare_mail_values_static(self):
        """Add: the address typed on the contact event; no partner is made of it."""
        values = super()._prepare_mail_values_static()
        if self.kontakti_email_to and self.composition_mode == "comment":
            addresses = split_addresses(self.kontakti_email_to)
            values[OUTGOING] = join_addresses(addresses)
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
