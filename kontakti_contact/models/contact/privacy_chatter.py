from markupsafe import Markup

from odoo import api, models
from odoo.fields import Command, Domain

NOT_SENT = ("outgoing", "exception")
WRITTEN = ("comment", "email")


class KontaktiContact(models.Model):
    """What hangs on a personal contact event in Odoo's tables is the owner's (S8).

    Nobody follows it. When it turns personal, others' notifications, stars, scheduled
    messages and unsent e-mails go, activities become the owner's, and messages note
    whose it is: ``mail.message`` has a record rule on that column. Nothing is left for
    other models to filter.
    """

    _inherit = "kontakti.contact"

    def _get_hanging(self, model, model_field="res_model"):
        """Return the records of ``model`` on ``self``, archived ones included."""
        # sudo: whoever they belong to
        records = self.env[model].sudo().with_context(active_test=False)
        return records.search(
            Domain(model_field, "=", self._name) & Domain("res_id", "in", self.ids)
        )

    def _leave_chatter_to_owner(self):
        """Take others off all that hangs on these personal contact events."""
        self._get_hanging("mail.followers").unlink()
        self._keep_scheduled_texts()
        self._note_owner_in_messages()
        # sudo: whose they are
        for owner, contacts in self.sudo().grouped("contacted_by_id").items():
            messages = contacts._get_hanging("mail.message", "model")
            self._leave_messages_to(owner, messages)
            contacts._get_hanging("mail.activity")._leave_to_kontakti_owner(owner)

    def _note_owner_in_messages(self):
        """Let the messages note whose personal contact event they are on, if any's."""
        if self:
            self._get_hanging("mail.message", "model")._set_kontakti_owner()

    @api.model
    def _leave_messages_to(self, owner, messages):
        """Take other users off ``messages`` (``mail.message``, as superuser).

        A notification of the owner's (``res.users``) stays, without the author's name.
        """
        partner = owner.partner_id
        notifications = messages.notification_ids
        own = notifications.filtered(lambda row: row.res_partner_id == partner)
        (notifications - own).unlink()
        own.author_id = False
        users = messages.partner_ids.filtered("user_ids") - partner
        starred = messages.starred_partner_ids - partner
        if users or starred:
            messages.write(
                {
                    "partner_ids": [Command.unlink(pid) for pid in users.ids],
                    "starred_partner_ids": [Command.unlink(pid) for pid in starred.ids],
                }
            )
        self._cancel_mails_to_others(messages, partner)

    @api.model
    def _cancel_mails_to_others(self, messages, partner):
        """Take colleagues off e-mails that wait in the queue; customers get theirs."""
        waiting = self.env["mail.mail"].sudo()  # sudo: the queue is closed to users
        waiting = waiting.search(
            Domain("mail_message_id", "in", messages.ids)
            & Domain("state", "in", NOT_SENT)
        )
        for mail in waiting:
            # a customer may have a portal login
            others = mail.recipient_ids.filtered(lambda who: not who.partner_share)
            others -= partner
            mail.recipient_ids -= others
            if others and not (mail.recipient_ids or mail.email_to or mail.email_cc):
                mail.unlink()

    def _keep_scheduled_texts(self):
        """Keep what colleagues wrote to be sent later as a note; it is not sent."""
        for message in self._get_hanging("mail.scheduled.message", "model"):
            # sudo: whose it is
            contact = self.browse(message.res_id).sudo()
            if message.create_uid != contact.contacted_by_id:
                contact._message_log(
                    body=Markup("<p>%s</p>%s")
                    % (self.env._("Was to be sent later:"), message.body or ""),
                    author_id=message.author_id.id,
                )
                message.unlink()

    def _follow_again(self):
        """Let the owners of shared contact events follow them, as new ones do."""
        for owner, contacts in self.grouped("contacted_by_id").items():
            contacts._message_subscribe(owner.partner_id.ids)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Let nobody follow a personal contact event."""
        # sudo: reading which of them are personal
        shared = self.filtered(lambda contact: not contact.sudo().personal)
        if partner_ids:
            shared._keep_shared_meanwhile()
        return super(KontaktiContact, shared)._message_subscribe(
            partner_ids, subtype_ids, customer_ids
        )

    def _message_auto_subscribe(self, updated_values, followers_existing_policy="skip"):
        """Add: not to a personal contact event."""
        # sudo: as above
        shared = self.filtered(lambda contact: not contact.sudo().personal)
        return super(KontaktiContact, shared)._message_auto_subscribe(
            updated_values, followers_existing_policy
        )

    def message_post(self, **kwargs):
        """Add: what is written is not left behind when it is made personal meanwhile."""
        self._keep_shared_meanwhile()
        return super().message_post(**kwargs)

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Leave no row on whom a message of a personal contact event was sent to."""
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        contact = self.sudo()  # sudo: as in _message_subscribe
        if contact.personal:
            # sudo: as above
            self._leave_messages_to(contact.contacted_by_id, message.sudo())
        return recipients

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Notify no colleague who may not read it; tell the owner of a personal one.

        Its owner does not follow it, but is told what others, a customer say, answer.
        """
        if self.sudo().personal:  # sudo: as in _message_subscribe
            msg_vals = self._add_owner(message, msg_vals or {})
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        return [data for data in recipients if self._may_be_notified(data)]

    def _add_owner(self, message, msg_vals):
        """Return ``msg_vals`` with the owner among the recipients of what is written."""
        message = message.sudo()  # sudo: as in _message_subscribe
        if msg_vals.get("message_type", message.message_type) not in WRITTEN:
            return msg_vals
        given = msg_vals.get("partner_ids", message.partner_ids.ids)
        # sudo: as above
        owner = self.sudo().contacted_by_id.partner_id
        return {**msg_vals, "partner_ids": [*{*given, owner.id}]}

    def _may_be_notified(self, recipient):
        if not self or not recipient["uid"] or recipient["ushare"]:
            return True
        return self.with_user(recipient["uid"]).has_access("read")
