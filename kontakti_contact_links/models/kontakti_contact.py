from odoo import models

# In the context of the composer that the Applications menu opens.
LINK_MESSAGE_KEY = "kontakti_link_message"


class KontaktiContact(models.Model):
    """What is made from a contact event is linked with it (S18)."""

    _inherit = "kontakti.contact"

    def _register_document(self, document):
        """Add: the document is linked with the contact event."""
        result = super()._register_document(document)
        self._link_document(document)
        return result

    def _link_document(self, document):
        """Link what the user has just made from this contact event.

        :param document: one saved record of any model
        """
        # sudo: the user may have been allowed to make the document but not to change
        # it; the link still shows only to those who may read both ends
        self.env["kontakti.link"].sudo().link(self, document)

    def _get_document_link(self, document):
        """Name the application and not the document, which not all readers may see."""
        name = self.env["kontakti.link"]._name_application(document)
        return document._get_html_link(title=name)

    def _open_composer(self, application):
        """Add: the message sent is linked with the contact event (T17)."""
        action = super()._open_composer(application)
        action["context"][LINK_MESSAGE_KEY] = True
        return action

    def _message_post_after_hook(self, message, msg_values):
        """Add: also of a message that is scheduled, which keeps the context."""
        result = super()._message_post_after_hook(message, msg_values)
        if self.env.context.get(LINK_MESSAGE_KEY):
            self._link_document(message)
        return result
