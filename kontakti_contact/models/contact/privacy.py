from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools.constants import PREFETCH_MAX

# what others may see at all; the record rules and this say the same
SHARED = fields.Domain("personal", "=", False)
RULE_FIELDS = ("company_id", "contacted_by_id", "personal")


class KontaktiContact(models.Model):
    """Personal contact events: their owner sees them, and nobody else (S6, S8).

    The record rules hide the contact event itself. What hangs on it is kept with the
    owner in ``privacy_chatter.py``, so that Odoo's own models have
    nothing to filter.
    """

    _inherit = "kontakti.contact"

    personal = fields.Boolean(
        tracking=True,
        help="Only you see a personal contact event. Others do not, managers included.",
    )

    @api.model
    def _get_hidden_personal_domain(self):
        """Return the domain of the personal contact events of other users."""
        return fields.Domain("personal", "=", True) & fields.Domain(
            "contacted_by_id", "!=", self.env.uid
        )

    @api.model
    def _get_personal_owners(self, ids):
        """Return ``{id: id of the owner}`` of the personal ones among ``ids``."""
        if not ids:
            return {}
        # sudo: for superuser code that keeps things with their owner
        contacts = self.browse(set(ids)).sudo().exists().filtered("personal")
        return {contact.id: contact.contacted_by_id.id for contact in contacts}

    @api.model
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Fetch what the record rules ask together with the rest, in one statement."""
        if field_names:
            field_names = [*field_names, *RULE_FIELDS]
        return super().search_fetch(
            domain, field_names, offset=offset, limit=limit, order=order
        )

    def _filtered_access(self, operation):
        """Ask the database about more than it would be read for at once.

        Odoo's list of files asks about every document that has one; checking each would
        read all of it first.
        """
        if self.env.su or operation != "read" or len(self) <= PREFETCH_MAX:
            return super()._filtered_access(operation)
        if not self.browse().has_access(operation):
            return self.browse()
        found = set(
            self.with_context(active_test=False).search([("id", "in", self.ids)])._ids
        )
        return self.filtered(lambda contact: contact.id in found)

    @api.depends("personal", "contacted_by_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Leave others' personal contact events without a name.

        Odoo reads the display name of any many2one as superuser, also of an id that
        the user only guessed.
        """
        super()._compute_display_name()
        if self.env.uid != SUPERUSER_ID:
            # sudo: asks which contact events are hidden
            self.sudo().filtered_domain(
                self._get_hidden_personal_domain()
            ).display_name = False

    @api.constrains("personal", "contacted_by_id", "responsible_id")
    def _check_personal_responsible(self):
        for contact in self.filtered("personal"):
            if contact.responsible_id - contact.contacted_by_id:
                raise ValidationError(
                    contact.env._(
                        "“%s” is personal: only its owner can be responsible for it. "
                        "Clear Responsible, or share the contact event.",
                        contact.name,
                    )
                )

    @api.model
    def _may_move(self, vals):
        """Return whether writing ``vals`` may change who sees the contact event."""
        return not vals.keys().isdisjoint(("personal", "contacted_by_id"))

    def _get_owners_before(self, vals):
        """Before the values are written: ``{id: owner}`` of those they may move."""
        return self._get_personal_owners(self.ids if self._may_move(vals) else ())

    def _keep_moved_to_owner(self, vals, before):
        """After the values are written: leave nothing in sight of who no longer sees it.

        :param before: what :meth:`_get_owners_before` returned
        """
        if self._may_move(vals):
            self._keep_personal_to_owner()
            self.browse(before)._note_owner_in_messages()
            self.browse(before).filtered(lambda rec: not rec.personal)._follow_again()
        elif "previous_id" in vals:
            self._keep_personal_to_owner()

    def _keep_personal_to_owner(self):
        """Leave nothing of a personal contact event in sight of other users."""
        personal = self.filtered("personal")
        personal._check_personal_owner()
        self.previous_id._keep_shared_meanwhile()
        self._cut_chain_at_personal()
        if not personal:
            return
        personal._leave_chatter_to_owner()
        personal._make_events_private()

    def _check_personal_owner(self):
        """Only the owner makes a contact event personal, or keeps it so."""
        if not self.env.su and self.filtered(
            lambda contact: contact.contacted_by_id != self.env.user
        ):
            raise AccessError(
                self.env._(
                    "Only the person in Contacted by can have a contact event personal. "
                    "Choose yourself there, or leave Personal off."
                )
            )

    def _keep_shared_meanwhile(self):
        """Let nobody make these personal while others add something to them (S8).

        The owner's own additions stay the owner's.
        """
        # sudo: whose they are
        contacts = self.sudo()
        others = contacts.filtered(lambda rec: rec.contacted_by_id != self.env.user)
        self._touch_in_order(others)

    def _cut_chain_at_personal(self):
        """A personal contact event is the previous one of its owner's personal ones."""
        # sudo: others' follow-ups of a contact event made personal have to forget it
        contacts = self.sudo().with_context(active_test=False)
        following = contacts.search([("previous_id", "in", contacts.ids)])
        (contacts | following).filtered(
            lambda contact: (
                contact.previous_id.personal
                and not (
                    contact.personal
                    and contact.contacted_by_id == contact.previous_id.contacted_by_id
                )
            )
        ).previous_id = False
