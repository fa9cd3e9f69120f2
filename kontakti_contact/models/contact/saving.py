from psycopg2 import errors

from odoo import api, models

from ...tools import arguments

# PostgreSQL 18 has an error of its own for what a foreign key restricts
REFERRED = tuple(
    getattr(errors, name)
    for name in ("ForeignKeyViolation", "RestrictViolation")
    if hasattr(errors, name)
)


class KontaktiContact(models.Model):
    """What happens when contact events are saved or deleted, and in which order.

    Each step is a method in the room of its concern. What contact events refer to is
    archived, not deleted.
    """

    _inherit = "kontakti.contact"

    @api.model_create_multi
    def create(self, vals_list):
        """Create, then do what :meth:`write` does afterwards, in the same order."""
        contacts = super().create(vals_list)
        contacts._fulfil_calendar_requests()
        for contact, vals in zip(contacts, vals_list, strict=True):
            contact._claim_pictures(vals)
            contact._follow_series(vals)
        contacts._keep_personal_to_owner()
        contacts._check_responsible()
        contacts._note_pulse()
        contacts._signal_change()
        return contacts

    def write(self, vals):
        """Write, with what comes before and after it.

        Before: the rows are locked, so that all below sees them as they stay; who saw
        them is told, what must not be written is refused, and what the old values alone
        can tell is done. After: the calendar event exists before privacy hides it, all
        of it before anybody is told.
        """
        arguments.values(self.env, vals)
        self._lock_in_order()
        merged = self._merge_texts(vals)
        contacts = self._without_texts_read(vals)
        contacts._signal_if_shown(vals)
        owners = contacts._get_owners_before(vals)
        contacts._clear_proposed_person(vals)
        contacts._check_ownership(vals)
        contacts._cut_chain_at_company(vals)
        repeating = contacts._get_repeating(vals)
        contacts._note_pulse_before(vals)
        with contacts._protect_history(vals):
            for some, values in contacts._split_values(vals, merged):
                super(KontaktiContact, some).write(values)
        contacts._after_write(vals, owners, repeating)
        return True

    def _split_values(self, vals, merged):
        """Return ``[(contact events, values to write to them)]``: most often one pair."""
        return [
            pair
            for contacts, values in self._split_by_texts(vals, merged)
            for pair in contacts._split_by_customer(values)
        ]

    def _after_write(self, vals, owners, repeating):
        """Do what follows from the values written; see :meth:`write` for the order."""
        if vals.get("calendar_request"):
            self._fulfil_calendar_requests()
        self._follow_company_if_reopened(vals)
        self._date_planned(vals)
        if len(self) == 1:
            self._claim_pictures(vals)
        self._keep_moved_to_owner(vals, owners)
        self._keep_responsible_fit(vals)
        self._follow_series(vals)
        repeating._repeat_done()
        self._note_pulse(vals)
        self._signal_if_shown(vals)
        self._note_text_changes(vals)

    def unlink(self):
        """Tell those who see them, while it is known who they are."""
        self._signal_change()
        self._note_pulse_before()
        return super().unlink()

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
