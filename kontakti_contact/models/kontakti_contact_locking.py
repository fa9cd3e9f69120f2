from odoo import models
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
