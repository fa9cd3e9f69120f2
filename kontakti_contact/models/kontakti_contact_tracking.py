from odoo import models

PUT_OFF = "kontakti_put_off"
KNOWN = {"body", "author_id"}
CREATE = ([0, 0], (0, 0))


class PutOff(list):
    """Changes to log; equal to itself alone, as Odoo reuses equal contexts."""

    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other


class KontaktiContact(models.Model):
    """The chatter's trail of changes, written for many contact events at once.

    Odoo writes a message and its tracking values one document after the other.
    """

    _inherit = "kontakti.contact"

    def _message_track(self, fields_iter, initial_values_dict):
        """Log what changed as Odoo does, in as many statements for one as for many."""
        put_off = PutOff()
        collecting = self.with_context(**{PUT_OFF: put_off})
        tracking = super(KontaktiContact, collecting)._message_track(
            fields_iter, initial_values_dict
        )
        by_author = {}
        for author_id, *change in put_off:
            by_author.setdefault(author_id, []).append(change)
        for author_id, changes in by_author.items():
            self._log_changes(changes, author_id)
        return tracking

    def _message_log(self, *, tracking_value_ids=False, **kwargs):
        """Put a tracked change off until all of them are known."""
        put_off = self.env.context.get(PUT_OFF)
        commands = tracking_value_ids or []
        are_new = commands and all(command[:2] in CREATE for command in commands)
        # only ours: a context that a client sends puts nothing off
        is_ours = isinstance(put_off, PutOff)
        if not is_ours or not are_new or kwargs.keys() - KNOWN:
            return super()._message_log(tracking_value_ids=tracking_value_ids, **kwargs)
        change = (self.id, kwargs.get("body", ""), tracking_value_ids)
        put_off.append((kwargs.get("author_id"), *change))
        return self.env["mail.message"]

    def _log_changes(self, changes, author_id):
        """Write the messages of ``changes``: ``[(id, body, tracking commands)]``."""
        contacts = self.browse(contact_id for contact_id, _body, _commands in changes)
        bodies = {contact_id: body for contact_id, body, _commands in changes}
        messages = contacts._message_log_batch(bodies, author_id=author_id)
        # sudo: as Odoo writes them; the messages are of changes that the user made
        self.env["mail.tracking.value"].sudo().create(
            [
                {**values, "mail_message_id": message.id}
                for message, change in zip(messages, changes, strict=True)
                for _create, _zero, values in change[2]
            ]
        )
