from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import unlisted
from ...tools.due import PERIODS, period_days
from ...tools.phones import (
    is_international,
    phone_key,
    phone_terms,
    registered_phone_key,
)
from ...tools.plain_text import SEPARATOR, plain_text


def _for_searching(compute):
    """Return what makes a column that searches use and nobody sees."""
    return {
        "compute": compute,
        "store": True,
        "precompute": True,
        "index": "trigram",
        "groups": fields.NO_ACCESS,
        "prefetch": False,
        "exportable": False,
        "export_string_translation": False,
    }


class KontaktiContact(models.Model):
    """Finding contact events: a phone number in any way of writing it, a text as it is
    read.

    Two columns hold what is sought; ``tools/searched.py`` has the fields that look in
    them. How the register's number comes into the key is in
    ``register.py``.
    """

    _inherit = "kontakti.contact"

    phone_key = fields.Char(**_for_searching("_compute_phone_key"))
    plain_text = fields.Text(**_for_searching("_compute_plain_text"))

    contact_period = unlisted.Asked(
        store=False, search="_search_contact_period", export_string_translation=False
    )

    @api.model
    def _add_precomputed_values(self, vals_list):
        # sudo: computed of what the user gives, and not for the user to read
        super(KontaktiContact, self.sudo())._add_precomputed_values(vals_list)

    @api.model
    def _search_contact_period(self, operator, value):
        """Search by when the contact took place: ``today``, ``week`` or ``last_week``."""
        if operator != "in":
            return NotImplemented
        periods = [key for key in PERIODS if key in value]
        return Domain.OR(self._get_period_domain(key) for key in periods)

    @api.model
    def _get_period_domain(self, key):
        user = self.env.user
        first, after = period_days(key, user._get_kontakti_today())
        return Domain("date", ">=", user._get_kontakti_midnight(first)) & Domain(
            "date", "<", user._get_kontakti_midnight(after)
        )

    @api.depends("phone", "country_id", "company_id", "partner_id")
    def _compute_phone_key(self):
        for contact in self:
            contact.phone_key = contact._get_phone_key()

    @api.depends("discussion", "actions")
    def _compute_plain_text(self):
        for contact in self:
            contact.plain_text = contact._get_plain_text()

    def _get_phone_key(self):
        """Return what the number of a contact event is found by."""
        number = self.phone
        if not number:
            return False
        partner = self.partner_id
        if partner.phone == number:
            return registered_phone_key(number, partner.phone_sanitized)
        return phone_key(number, self._get_phone_region(number))

    def _get_phone_region(self, number):
        """Return the ISO code of the country that a number typed here is of."""
        if is_international(number.strip()):
            return None
        company = self.company_id or self.env.company
        return (self.country_id or company.country_id).code

    @api.model
    def _get_phone_terms(self, text):
        """Return what to look for in ``phone_key``, to find the number ``text``."""
        # sudo: the country alone, of the user's own organisation
        return phone_terms(text, self.env.company.sudo().country_id.code)

    def _get_plain_text(self):
        """Return what the texts say, as ``searched.Html`` expects it."""
        texts = [plain_text(self.discussion), plain_text(self.actions)]
        return any(texts) and SEPARATOR.join(texts)
