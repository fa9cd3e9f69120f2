from odoo import fields, models
from odoo.fields import Domain

from ..tools.checked import is_id


class KontaktiContact(models.Model):
    """On whose card in the register a contact event shows (S3).

    ======================  ==================================================
    a company, or a person  those that were of it, its people's and branches'
    of no company           included, and those with the person
    a person at a company   those with the person, or people below
    ======================  ==================================================
    """

    _inherit = "kontakti.contact"

    card_partner_id = fields.Many2one(
        "res.partner",
        store=False,
        search="_search_card_partner_id",
        export_string_translation=False,
    )

    def _search_card_partner_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: only asks which of them are companies; the rules narrow what is found
        partners = self.env["res.partner"].sudo().browse(filter(is_id, value))
        companies = partners.filtered(lambda rec: rec == rec.commercial_partner_id)
        people = partners - companies
        return (
            Domain("commercial_partner_id", "child_of", companies.ids)
            | Domain("partner_id", "in", companies.ids)
            | Domain("partner_id", "child_of", people.ids)
        )
