from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import arguments
from ...tools.matching import core_name, email_addresses, phone_digits

MATCH_LIMIT = 10
MATCHED_FIELDS = ("name", "phone", "email", "email_normalized")


class KontaktiContact(models.Model):
    """A typed customer becomes one of the register, unless it is there already (S17)."""

    _inherit = "kontakti.contact"

    def action_create_customer(self):
        """Make a registered customer of the typed data (S17).

        :return: True when it was created; when similar customers exist, the action of
            the dialog in which the user chooses one of them or creates a new one
        :raise UserError: without a name, or with a registered customer already
        """
        arguments.one(self)
        self._check_customer_creatable()
        if self._find_matching_customers():
            return self._get_customer_dialog()
        self._create_customer()
        return True

    def _check_customer_creatable(self):
        if self.partner_id:
            raise UserError(
                self.env._(
                    "%s is already in the register.", self.partner_id.display_name
                )
            )
        if not (self.customer_name or self.contact_person):
            raise UserError(
                self.env._("Type the customer's name before creating the customer.")
            )

    def _get_customer_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Is the customer already in the register?"),
            "res_model": "kontakti.customer.create",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_contact_id": self.id},
        }

    def _find_matching_customers(self):
        """Return the customers (``res.partner``) that the typed data may mean.

        By e-mail, phone number and name without company form, best first.
        """
        self.ensure_one()
        partners = self.env["res.partner"]
        allowed = Domain.TRUE
        if self.company_id:
            allowed = Domain(partners._check_company_domain(self.company_id))
        for domain, is_match in self._get_match_criteria():
            found = partners.search_fetch(Domain(domain) & allowed, MATCHED_FIELDS)
            partners |= found.filtered(is_match)
        return partners[:MATCH_LIMIT]

    def _get_match_criteria(self):
        """Return pairs (domain that narrows, function that decides), best first."""
        emails = email_addresses(self.email)
        digits = phone_digits(self.phone)
        criteria = []
        if emails:
            criteria.append(
                (
                    Domain("email_normalized", "in", list(emails))
                    | Domain.OR(
                        [("email", "ilike", _escape_like(email))] for email in emails
                    ),
                    lambda partner: emails & email_addresses(partner.email),
                )
            )
        if digits:
            pattern = "%" + "%".join(digits) + "%"
            criteria.append(
                (
                    [("phone", "=ilike", pattern)],
                    lambda partner: phone_digits(partner.phone) == digits,
                )
            )
        core = core_name(self.customer_name or self.contact_person)
        if core:
            # whole words, with anything around and between them
            words = "%".join(map(_escape_like, core.split()))
            criteria.append(
                (
                    Domain.OR(
                        [("name", "=ilike", pattern.format(words))]
                        for pattern in ("{}", "{} %", "% {}", "% {} %")
                    ),
                    lambda partner: (
                        core_name(partner.name).casefold() == core.casefold()
                    ),
                )
            )
        return criteria

    def _create_customer(self):
        """Create the customer from the typed data and put it on the contact event."""
        self.ensure_one()
        partner = self.env["res.partner"].create(self._prepare_customer_values())
        if self.customer_name and self.contact_person:
            partner = partner.create(self._prepare_contact_person_values(partner))
        self.partner_id = partner
        return partner

    def _prepare_customer_values(self):
        """Return the values of the new ``res.partner``; extend to add."""
        values = self._prepare_typed_customer_values()
        name = values.pop("customer_name")
        return {
            **values,
            "name": name or self.contact_person,
            "is_company": bool(name),
            "company_id": self.company_id.id,
        }

    def _prepare_contact_person_values(self, customer):
        """Return the values of the person (``res.partner``) at ``customer``."""
        return {
            "name": self.contact_person,
            "parent_id": customer.id,
            "company_id": self.company_id.id,
            "phone": self.phone,
            "email": self.email,
        }

    def _use_customer(self, partner):
        """Put an existing customer on the contact event; typed data goes to a note."""
        self.ensure_one()
        typed = self._get_typed_lines()
        self.partner_id = partner
        kept = set(self._get_typed_lines())
        lost = [line for line in typed if line not in kept]
        if lost:
            self._message_log(
                body=self.env._(
                    "Typed before the customer was chosen: %s", ", ".join(lost)
                )
            )

    def _get_typed_lines(self):
        values = self._prepare_typed_customer_values()
        values["country_id"] = self.country_id.name
        values["contact_person"] = self.contact_person
        return [str(value) for value in values.values() if value]


def _escape_like(text):
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
