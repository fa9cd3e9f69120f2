from odoo.http import request

from odoo.addons.mail.controllers.thread import ThreadController

CONTACT = "kontakti.contact"


class KontaktiThread(ThreadController):
    """The chatter's own "Send message" on contact events (T17, S17)."""

    def _prepare_message_data(self, post_data, *, thread, **kwargs):
        """Add: the addresses that nobody in the register has get the message too."""
        values = super()._prepare_message_data(post_data, thread=thread, **kwargs)
        is_new = kwargs.get("from_create") and not request.env.user.share
        if thread._name == CONTACT and is_new:
            emails, partner_ids = (
                post_data.get("partner_emails"),
                values.get("partner_ids"),
            )
            values.update(thread._prepare_outgoing_values(emails, partner_ids or []))
        return values
