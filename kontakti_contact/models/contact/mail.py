import re

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools.mail import email_normalize_all, formataddr, html_to_inner_content

from ...tools import arguments
from ...tools.addresses import join_addresses, split_addresses

EMAIL = "kontakti_contact.kontakti_channel_email"
AUTOMATIC = ("X-Autoreply", "X-Autorespond")
# A picture inside the e-mail: it stays with the message, which holds its file.
INLINE_PICTURE = re.compile(r"<img\b[^>]*\bsrc=[\"']?cid:[^>]*>", re.IGNORECASE)


class KontaktiContact(models.Model):
    """E-mail in and out of contact events, for people in the register or not (S1, T17).

    An e-mail to an alias becomes a contact event (S17).

    It is of the customer who wrote, found by the address and never added to the
    register; one of a user, sent as a copy, of whom it was written to.
    ================================  ==================================================
    written by                        contacted by
    a Kontakti user                   that user
    anybody else                      of the alias' default values Contacted by, else
                                      Responsible; else who made the alias
    ================================  ==================================================

    Whatever way a message is written on a contact event, it goes to the addresses typed
    there, and nobody is added to the register. An address that a partner has is the
    partner's.
    """

    _inherit = "kontakti.contact"

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """Add: whose the alias is; and an automatic answer begins no contact event."""
        route = super()._routing_check_route(
            message, message_dict, route, raise_exception
        )
        if not route or route[0] != self._name or route[1]:
            return route
        if _is_automatic(message):
            return ()
        model, thread_id, defaults, user_id, alias = route
        owner = self._get_alias_owner(defaults or {}, alias)
        if owner:
            defaults = {**(defaults or {}), "contacted_by_id": owner.id}
        return (model, thread_id, defaults, user_id, alias)

    @api.model
    def _get_alias_owner(self, defaults, alias):
        """Return the user whose e-mails to ``alias`` are, or none."""
        users = self.env["res.users"]
        chosen = [defaults.get("contacted_by_id"), defaults.get("responsible_id")]
        # sudo: who made it; aliases are the administrators'
        maker = alias.sudo().create_uid if alias else users
        candidates = users.browse(filter(None, chosen)) + maker
        return candidates.filtered(self._is_kontakti_user)[:1]

    @api.model
    def _is_kontakti_user(self, user):
        is_person = user.id != SUPERUSER_ID and user.exists()
        return bool(is_person) and user._may_be_responsible(self.env["res.company"])

    @api.model
    @api.private
    def message_new(self, msg_dict, custom_values=None):
        """Make the contact event of an e-mail.

        :param dict msg_dict: as Odoo's mail gateway parses it
        :param dict custom_values: the alias' default values, which come before those
            of the e-mail
        :return: the contact event
        """
        given = dict(custom_values or {})
        sender = self._mail_find_user_for_gateway(msg_dict.get("email_from"))
        if self._is_kontakti_user(sender):
            given["contacted_by_id"] = sender.id
        owner = self.env["res.users"].browse(
            given.setdefault("contacted_by_id", self.env.uid)
        )
        company = given.get("company_id") or owner.company_id.id
        contacts = self.with_company(company).with_context(lang=owner.lang)
        values = contacts._prepare_incoming_values(msg_dict, sender)
        contact = contacts.create({"company_id": company, **values, **given})
        if owner.id != SUPERUSER_ID:
            contact._message_subscribe(owner.partner_id.ids)
        return contact

    @api.model
    def _prepare_incoming_values(self, msg_dict, sender):
        """Return the values of the contact event of an e-mail; extend to add.

        :param sender: the user (``res.users``) who wrote it, if one did
        """
        text = INLINE_PICTURE.sub("", str(msg_dict.get("body") or ""))
        name, address = self._find_outside_party(msg_dict, sender)
        channel = self.env.ref(EMAIL, raise_if_not_found=False)
        subject = " ".join((msg_dict.get("subject") or "").split())
        return {
            "name": subject or self._name_incoming(name or address or sender.name),
            "discussion": text if _says_something(text) else False,
            "date": self._get_incoming_date(msg_dict),
            "channel_id": channel.id if channel else False,
            **self._prepare_writer_values(name, address),
        }

    @api.model
    def _name_incoming(self, who):
        """Return the subject of an e-mail that has none."""
        return self.env._("E-mail: %s", who) if who else self.env._("E-mail")

    @api.model
    def _find_outside_party(self, msg_dict, sender):
        """Return the name and address of who is no user: who wrote, or was written to."""
        if not self._is_kontakti_user(sender):
            return [*split_addresses(msg_dict.get("email_from")), ("", "")][0]
        written_to = (msg_dict.get("to_filtered"), msg_dict.get("cc_filtered"))
        for name, address in split_addresses(", ".join(filter(None, written_to))):
            if not self._mail_find_user_for_gateway(address):
                return name, address
        return "", ""

    @api.model
    def _prepare_writer_values(self, name, address):
        """Return the customer's values: of the register, or as the e-mail has them."""
        if not address:
            return {}
        companies = self.env["res.company"], self.env.company
        partner = self._partner_find_from_emails_single(
            [address],
            no_create=True,
            filter_found=lambda one: one.partner_share and one.company_id in companies,
        )[:1]
        if partner:
            return {"partner_id": partner.id}
        shorten = self._fields["customer_name"].shorten
        return {"customer_name": shorten(name or address), "email": address}

    @api.model
    def _get_incoming_date(self, msg_dict):
        """Return when the e-mail was sent, as far as its clock can be believed."""
        now = fields.Datetime.now()
        return min(fields.Datetime.to_datetime(msg_dict.get("date")) or now, now)

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


def _is_automatic(message):
    """Return whether an ``email.message.Message`` says that no person wrote it."""
    said = (message.get("Auto-Submitted") or "no").strip().lower()
    precedence = (message.get("Precedence") or "").strip().lower()
    return (
        said != "no"
        or precedence == "auto_reply"
        or any(message.get(header) for header in AUTOMATIC)
    )


def _says_something(html):
    """Return whether there is more in ``html`` than empty lines."""
    return bool(html_to_inner_content(html).strip()) or "<img" in html


def _addresses_of(partners):
    return set(email_normalize_all(", ".join(filter(None, partners.mapped("email")))))
