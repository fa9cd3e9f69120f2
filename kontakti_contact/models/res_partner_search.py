from odoo import api, models
from odoo.fields import Domain

from ..tools.phones import international_number, national_digits

BY_PHONE = "kontakti_by_phone"


class ResPartner(models.Model):
    """Customers found by phone number, where a contact event asks for one."""

    _inherit = "res.partner"

    @api.model
    def _search_display_name(self, operator, value):
        """Add: by phone, written in any way, with ``kontakti_by_phone`` in the context."""
        domain = super()._search_display_name(operator, value)
        is_sought = operator == "ilike" and isinstance(value, str)
        if is_sought and self.env.context.get(BY_PHONE):
            domain = Domain(domain) | self._get_kontakti_phone_domain(value)
        return domain

    @api.model
    def _get_kontakti_phone_domain(self, text):
        """Return the domain of the partners whose number ``text`` is, or is in.

        By Odoo's index of the digits, which are the same in every way of writing but for
        what stands for the country; with a country in ``text``, of that country or of
        none that is known.
        """
        # sudo: the country alone, of the user's own organisation
        digits = national_digits(text, self.env.company.sudo().country_id.code)
        if not digits:
            return Domain.FALSE
        domain = Domain("phone_mobile_search", "ilike", digits)
        number = international_number(text)
        if number:
            domain &= Domain("phone_sanitized", "in", [number, False])
        return domain
