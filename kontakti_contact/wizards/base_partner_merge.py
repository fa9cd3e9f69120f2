from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from ..models.contact.register import CUSTOMER, FOLLOWERS


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Contact events follow a merged customer, and are counted as the one it became."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Merge again, with what somebody logs for a merged customer meanwhile.

        All contact events we knew have been moved: only a new one can be in the way.
        """
        try:
            return super()._merge(partner_ids, dst_partner, extra_checks)
        except IntegrityError as error:
            if error.diag.table_name != "kontakti_contact":
                raise
            raise ConcurrencyError from error  # Odoo tries again

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # sudo: others' personal contact events follow too
        contacts = self.env["kontakti.contact"].sudo().with_context(active_test=False)
        partners = src_partners | dst_partner
        merged = partners.ids
        names = [name for name in partners.mapped("name") if name]
        # all that is written here and below, at once: in two steps they could deadlock
        contacts.search(
            ["|", ("partner_id", "in", merged), (CUSTOMER, "in", merged)]
        )._lock_in_order()
        self._wait_for_those_who_log(src_partners)
        pulse = self.env["kontakti.pulse"]
        left = pulse._find_above(merged)
        pulse._forget(src_partners.ids)
        contacts._merge_participants(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        # the merge moves both references past the ORM: what goes with them is told, and
        # a done contact event stays with the company it was with, or what that became
        contacts.invalidate_model()
        contacts._follow_register(dst_partner.ids, FOLLOWERS, {dst_partner.id: names})
        pulse._note(partners=[*left, *dst_partner.ids])
        if left:
            contacts._signal_shared_change()
        return result

    @api.model
    def _wait_for_those_who_log(self, partners):
        """Lock the partners that will be deleted before what is counted of them.

        Who logs for one of them refers to its row first and counts it last. The merge
        would do both the other way round, which is a deadlock.
        """
        self.env.cr.execute(
            SQL(
                "SELECT id FROM res_partner WHERE id IN %s ORDER BY id FOR UPDATE",
                tuple(partners.ids),
            ),
            log_exceptions=False,  # another one was first: Odoo tries again
        )
