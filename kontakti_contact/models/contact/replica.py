from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, models
from odoo.exceptions import MissingError


class KontaktiContact(models.Model):
    """Reading from a replica, which may not know yet what was made a moment ago."""

    _inherit = "kontakti.contact"

    @api.readonly
    def web_read(self, specification):
        try:
            found = super().web_read(specification)
        except MissingError:
            self._ask_primary_if_unknown()
            raise
        if len(found) < len(self):
            self._ask_primary_if_unknown()
        return found

    def _ask_primary_if_unknown(self, records=None):
        """Let Odoo begin the request again on the primary when the replica lacks some.

        It does so when a request turns out to write: the one way that it has.

        :param records: of any model; None: these contact events
        """
        sought = self if records is None else records
        if self.env.cr.readonly and len(sought.exists()) < len(sought):
            raise ReadOnlySqlTransaction(f"{sought} may be too new for the replica")
