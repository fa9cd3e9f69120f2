from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.checked import ids_in
from ..kontakti_pulse_sql import SHOWN

SHOWING = ("partner_id", "commercial_partner_id", "participant_ids")


class KontaktiContact(models.Model):
    """On whose card in the register a contact event shows (S3), and who else took part.

    It shows on the card of each participant too, and of the company above; it is counted
    for its customer alone, and has one label.

    ==========================  ===============================================
    a company, or a person      those that were of it, its people's and branches'
    of no company               included, and those with the person
    a person at a company       those with the person, or people below
    ==========================  ===============================================
    """

    _inherit = "kontakti.contact"

    participant_ids = fields.Many2many(
        "res.partner",
        string="Participants",
        check_company=True,
        ondelete="restrict",
        help="Who else took part. The contact event shows on their cards too.",
    )
    card_partner_id = fields.Many2one(
        "res.partner",
        store=False,
        search="_search_card_partner_id",
        export_string_translation=False,
    )

    def _search_card_partner_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        ids = ids_in(value)
        return Domain.custom(
            to_sql=lambda contacts, alias, query: SQL(
                "%s = ANY(ARRAY(SELECT id FROM (%s) AS shown))",
                SQL.identifier(alias, "id"),
                contacts._get_cards_sql(ids),
            )
        )

    def _get_cards_sql(self, partner_ids):
        """Return the SELECT of the contact events of cards: ``card`` and ``id``.

        Whoever reads it asks the record rules who may see them.
        """
        register = self.env["res.partner"]._fields
        return SQL(
            "SELECT card.id AS card, shown.id FROM res_partner AS card"
            " CROSS JOIN LATERAL unnest(%s) AS shown(id) WHERE card.id = ANY(%s)",
            SHOWN,
            partner_ids,
            to_flush=[
                *(self._fields[fname] for fname in SHOWING),
                register["parent_id"],
                register["commercial_partner_id"],
            ],
        )

    @api.model
    def _merge_participants(self, partners, kept):
        """Let one partner take part instead of those merged into it, once in each."""
        self.flush_model(["participant_ids"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM kontakti_contact_res_partner_rel
                     WHERE res_partner_id IN %s RETURNING kontakti_contact_id)
                INSERT INTO kontakti_contact_res_partner_rel
                SELECT DISTINCT kontakti_contact_id, %s::int FROM gone
                    ON CONFLICT DO NOTHING RETURNING kontakti_contact_id""",
                tuple(partners.ids),
                kept.id,
            )
        )
        self.invalidate_model(["participant_ids"], flush=False)
        return self.browse(contact_id for (contact_id,) in rows)
