from odoo import models
from odoo.tools.mail import email_normalize_all, formataddr

from ..tools import arguments
from ..tools.addresses import join_addresses, split_addresses


class KontaktiContact(models.Model):
    """Messages to customers who are not in the register (T17, S17).

    Whatever way a message is written on a contact event, it goes to the addresses typed
    there, and nobody is added to the register. An address that a partner has is the
    partner's.
    """

    _inherit = "kontakti.contact"

    def _partner_find_from_emails(self, records_emails, *args, **kwargs):
        """Find partners by their addresses as Odoo does, and create none."""
        return super()._partner_find_from_emails(
            records_emails, *args, **{**kwargs, "no_create": True}
        )

    def _mail_get_primary_email(self):
        """Return the addresses typed, in the one form that Odoo reads."""
        return {
            contact.id: join_addresses(contact._get_typed_addresses())
            for contact in self
        }

    def _get_typed_addresses(self):
        """Return ``[(name or "", address)]``; one alone bears the customer's name."""
        found = split_addresses(self.email)
        name = self.contact_person or self.customer_name or ""
        return [(own or name, one) for own, one in found] if len(found) == 1 else found

    def _split_recipients(self, addresses):
        """Return the partners who have some of ``addresses``, and the other addresses.

        :param addresses: ``[(name, address)]``
        """
        partners = self._partner_find_from_emails_single(
            [formataddr(pair) for pair in addresses]
        )
        known = _addresses_of(partners)
        return partners, [pair for pair in addresses if pair[1] not in known]

    def _prepare_message_recipients(self):
        """Return the composer's defaults: the customer, else who was typed."""
        if self.partner_id:
            return {"default_partner_ids": self.partner_id.ids}
        partners, typed = self._split_recipients(self._get_typed_addresses())
        found = {"default_partner_ids": partners.ids}
        if typed:
            found["default_kontakti_email_to"] = join_addresses(typed)
        return found

    def _prepare_outgoing_values(self, emails, partner_ids):
        """Return the values of a message to the addresses that nobody has.

        :param list emails: texts as the chatter sends them, or None
        :param partner_ids: to whom it goes anyway
        """
        texts = arguments.texts(self.env, "partner_emails", emails or [])
        names = {address: name for name, address in self._get_typed_addresses()}
        _partners, others = self._split_recipients(split_addresses(", ".join(texts)))
        known = _addresses_of(self.env["res.partner"].browse(partner_ids))
        typed = [
            (name or names.get(address, ""), address)
            for name, address in others
            if address not in known
        ]
        return {"outgoing_email_to": join_addresses(typed)} if typed else {}


def _addresses_of(partners):
    return set(email_normalize_all(", ".join(filter(None, partners.mapped("email")))))
