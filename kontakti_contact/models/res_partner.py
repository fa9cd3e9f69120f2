from odoo import api, fields, models

from ..tools import arguments
from .kontakti_contact import ALL_OF_DOMAIN, STATE_OPEN


class ResPartner(models.Model):
    """A customer's contact events, its people's included (S3)."""

    _inherit = "res.partner"

    kontakti_contact_count = fields.Integer(
        "Contact Events",
        compute="_compute_kontakti_contacts",
        groups="kontakti_contact.group_kontakti_user",
    )
    kontakti_last_date = fields.Datetime(
        "Last Contact",
        compute="_compute_kontakti_contacts",
        groups="kontakti_contact.group_kontakti_user",
    )
    kontakti_next_date = fields.Date(
        "Next Contact",
        compute="_compute_kontakti_contacts",
        groups="kontakti_contact.group_kontakti_user",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_kontakti_contacts(self):
        """Count what the user may read; personal ones of others never shift it."""
        people = self.with_context(active_test=False).search_fetch(
            [("id", "child_of", self.ids)], ["parent_id", "commercial_partner_id"]
        )
        rows = self.env["kontakti.contact"]._read_group(
            [("card_partner_id", "in", self.ids)],
            ["partner_id", "commercial_partner_id", "state"],
            ["__count", "date:max", "next_date:min"],
        )
        for partner in self:
            partner.kontakti_contact_count = 0
            partner.kontakti_last_date = partner.kontakti_next_date = False
        for person, company, state, count, last, first in rows:
            for partner in self._get_cards(person & people, company & people):
                partner.kontakti_contact_count += count
                dates = filter(None, (partner.kontakti_last_date, last))
                partner.kontakti_last_date = max(dates, default=False)
                if state == STATE_OPEN:
                    dates = filter(None, (partner.kontakti_next_date, first))
                    partner.kontakti_next_date = min(dates, default=False)

    def _get_cards(self, person, company):
        """Return those of ``self`` whose cards show a contact event.

        As ``card_partner_id`` of contact events says.

        :param person: its customer
        :param company: the company that the customer was with
        """
        of_person = person._get_self_and_parents(self).filtered(
            lambda partner: (
                partner == person or partner.commercial_partner_id != partner
            )
        )
        of_company = company._get_self_and_parents(self).filtered(
            lambda partner: partner.commercial_partner_id == partner
        )
        return of_person | of_company

    def _get_self_and_parents(self, among):
        """Return ``self`` and the partners above it that are in ``among``."""
        found, partner, wanted = self.browse(), self, set(among._ids)
        while partner:
            found |= partner.filtered(lambda rec: rec.id in wanted)
            partner = partner.parent_id
        return among.filtered(lambda rec: rec.id in found._ids)

    @api.readonly
    def action_open_kontakti_contacts(self):
        """Open the contact events of the customer and its people."""
        arguments.one(self)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kontakti_contact.kontakti_contact_action_customer"
        )
        return {
            **action,
            "domain": [("card_partner_id", "=", self.id)],
            "context": {
                **ALL_OF_DOMAIN,
                "active_id": self.id,
                "default_partner_id": self.id,
            },
        }

    @api.readonly
    def action_log_kontakti_contact(self):
        """Open a new contact event with the customer filled in."""
        arguments.one(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log contact"),
            "res_model": "kontakti.contact",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_id": self.id},
        }
