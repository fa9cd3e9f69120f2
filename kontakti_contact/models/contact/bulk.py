from odoo import api, models
from odoo.tools import SQL

PUT_OFF = "kontakti_put_off"
KNOWN = {"body", "author_id"}
CREATE = ([0, 0], (0, 0))


class PutOff(list):
    """Changes to log later.

    Two lists are never equal: Odoo would use one of two equal contexts for both.
    """

    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other


class KontaktiContact(models.Model):
    """Many contact events at once: locked in order, and logged together.

    Two users who go through the same rows in different orders would each wait for a row
    of the other: a deadlock, which PostgreSQL ends after a second by failing one of
    them. Odoo writes a message and its tracking values one document after the other.
    """

    _inherit = "kontakti.contact"

    def web_save_multi(self, vals_list, specification):
        """Save as the list does that changes tags of many: one by one."""
        self._lock_in_order()
        return super().web_save_multi(vals_list, specification)

    def _lock_in_order(self):
        """Lock the rows that are about to be written, whatever order they come in.

        Others may refer to them meanwhile: a follow-up of one waits for nobody.
        """
        if len(self.ids) < 2:
            return
        self.check_access("write")
        self.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
                SQL.identifier(self._table),
                tuple(self.ids),
            ),
            # another one was first: Odoo tries again, and there is nothing to report
            log_exceptions=False,
        )

    def _take_turns(self):
        """Let one of two who make something of the same contact event at once be first.

        The other fails and is tried again by Odoo: it then sees what the first made. A
        lock alone would let it go on with the picture that it had before. Nothing in
        the rows changes; the caller checks who may do what.
        """
        self._touch_in_order(self)

    @api.model
    def _touch_in_order(self, records):
        """Update the rows of ``records``, of any model, with what they hold."""
        if not records.ids:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET write_date = write_date WHERE id IN ("
                "SELECT id FROM %(table)s WHERE id IN %(ids)s"
                " ORDER BY id FOR NO KEY UPDATE)",
                table=SQL.identifier(records._table),
                ids=tuple(records.ids),
            ),
            log_exceptions=False,
        )

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
