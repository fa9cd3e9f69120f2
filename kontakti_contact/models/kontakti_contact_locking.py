from odoo import api, models
from odoo.tools import SQL


class KontaktiContact(models.Model):
    """Users who write the same contact events at once wait for each other in turn.

    Two that go through the same rows in different orders would each wait for a row of
    the other: a deadlock, which PostgreSQL ends after a second by failing one of them.
    """

    _inherit = "kontakti.contact"

    def write(self, vals):
        self._lock_in_order()
        return super().write(vals)

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
