from psycopg2 import errors

from odoo import api, models

# PostgreSQL 18 has an error of its own for what a foreign key restricts
REFERRED = tuple(
    getattr(errors, name)
    for name in ("ForeignKeyViolation", "RestrictViolation")
    if hasattr(errors, name)
)


class KontaktiContact(models.Model):
    """What contact events refer to is archived, not deleted."""

    _inherit = "kontakti.contact"

    @api.model
    def _sql_error_to_message(self, exc):
        """Say why something cannot be deleted, the same of shared and hidden ones."""
        if isinstance(exc, REFERRED) and self._is_of_deletion(exc.diag):
            return self.env._(
                "contact events or other records, not all of which you may see, refer "
                "to what you are deleting. Archive it instead."
            )
        return super()._sql_error_to_message(exc)

    @api.model
    def _is_of_deletion(self, diag):
        """Return whether a row referred to was deleted, not one written that refers.

        In any language, the message names the table of what was deleted, if any; each
        constraint here is named ``<table>_<field>_fkey``.
        """
        name = (diag.constraint_name or "").removesuffix("_fkey")
        field = self._fields.get(name.removeprefix(f"{self._table}_"))
        if field is None or not field.comodel_name:
            return False
        return f'{self.env[field.comodel_name]._table}"' in (diag.message_primary or "")
