from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError

RULE_FIELDS = ("company_id", "contacted_by_id", "personal")


class KontaktiContact(models.Model):
    """Personal contact events: their owner sees them, and nobody else (S6, S8).

    The record rules hide the contact event itself; this part keeps what hangs on it
    (followers, activities, the chain) with the owner.
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
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Fetch what the record rules ask with the rest, not in one statement more."""
        if field_names:
            field_names = [*field_names, *RULE_FIELDS]
        return super().search_fetch(
            domain, field_names, offset=offset, limit=limit, order=order
        )

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

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts._keep_personal_to_owner()
        return contacts

    def write(self, vals):
        result = super().write(vals)
        if {"personal", "contacted_by_id", "previous_id"} & vals.keys():
            self._keep_personal_to_owner()
        return result

    def _keep_personal_to_owner(self):
        """Leave nothing of a personal contact event in sight of other users."""
        personal = self.filtered("personal")
        personal._check_personal_owner()
        self._cut_chain_at_personal()
        if not personal:
            return
        personal._unfollow_others()
        personal._take_over_activities()
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

    def _cut_chain_at_personal(self):
        """A personal contact event is the previous one of its owner's personal ones."""
        # sudo: others' follow-ups of a contact event made personal have to forget it
        chain = (self | self.sudo().follow_up_ids).sudo()
        chain.filtered(
            lambda contact: (
                contact.previous_id.personal
                and not (
                    contact.personal
                    and contact.contacted_by_id == contact.previous_id.contacted_by_id
                )
            )
        ).previous_id = False

    def _unfollow_others(self):
        # sudo: removing followers from one's own record, whoever they are
        for contact in self.sudo():
            others = contact.message_partner_ids - contact.contacted_by_id.partner_id
            contact.message_unsubscribe(others.ids)

    def _take_over_activities(self):
        """Give others' activities on a contact event made personal to its owner."""
        # sudo: the owner may not be allowed to write others' activities
        for contact in self.sudo():
            others = contact.activity_ids.filtered(
                lambda activity, owner=contact.contacted_by_id: activity.user_id - owner
            )
            others.with_context(mail_activity_quick_update=True).write(
                {"user_id": contact.contacted_by_id.id}
            )

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Let nobody but the owner follow a personal contact event."""
        # sudo: reading who owns the records that are about to be followed
        personal = self.filtered(lambda contact: contact.sudo().personal)
        result = super(KontaktiContact, self - personal)._message_subscribe(
            partner_ids, subtype_ids, customer_ids
        )
        for contact in personal:
            # sudo: as above
            owner = contact.sudo().contacted_by_id.partner_id
            if owner.id in (partner_ids or []):
                super(KontaktiContact, contact)._message_subscribe(
                    owner.ids, subtype_ids, customer_ids
                )
        return result

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Notify no colleague of a contact event that he or she may not read."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        return [data for data in recipients if self._may_be_notified(data)]

    def _may_be_notified(self, recipient):
        if not self or not recipient["uid"] or recipient["ushare"]:
            return True
        return self.with_user(recipient["uid"]).has_access("read")
