from itertools import product

from odoo import api, models

from .kontakti_contact_register import CUSTOMER, FOLLOWERS, NUMBER

# what moves a partner, and those below it, to another commercial entity
MOVING = frozenset(["parent_id", "is_company"])
# computed a moment after the row of a new partner was made
LATE = frozenset([CUSTOMER, NUMBER])
NEW = "kontakti_new_partners"


class ResPartner(models.Model):
    """Tells contact events what changed in the register.

    Not by ``@api.depends``: the ORM would search them at every change and deletion of
    a partner. A new partner, which has none, costs nothing.
    """

    _inherit = "res.partner"

    @api.private
    def modified(self, fnames, create=False, before=False):
        """Add: what contact events hold of it is read anew. Costs no statement."""
        super().modified(fnames, create=create, before=before)
        if before:
            return
        new = self.env.cr.precommit.data.setdefault(NEW, set())
        if create:
            new.update(product(self._ids, LATE))
            return
        changed = FOLLOWERS.keys() & set(fnames)
        if not MOVING.isdisjoint(fnames):
            new.clear()
            changed.add(CUSTOMER)
        if changed:
            self.env["kontakti.contact"]._forget_register(changed)

    def _write_multi(self, vals_list):
        """Add: contact events follow, in one statement, what they hold of it."""
        super()._write_multi(vals_list)
        new = self.env.cr.precommit.data.get(NEW, set())
        partner_ids, fnames = [], set()
        for partner_id, vals in zip(self._ids, vals_list, strict=True):
            changed = self._get_followed(
                new, partner_id, FOLLOWERS.keys() & vals.keys()
            )
            if changed:
                partner_ids.append(partner_id)
                fnames |= changed
        if partner_ids:
            self.env["kontakti.contact"]._follow_register(partner_ids, fnames)

    @api.model
    def _get_followed(self, new, partner_id, changed):
        """Return which of ``changed`` contact events have to follow.

        What is computed a moment after the row was made they have already: theirs, if
        there are any, were computed from the same. After any other change they have not.
        """
        late = {(partner_id, fname) for fname in LATE}
        if changed - LATE:
            new -= late
            return changed
        known = new & late
        new -= {(partner_id, fname) for fname in changed}
        return {fname for fname in changed if (partner_id, fname) not in known}
