from odoo import api, models

from ..contact.import_export import KNOWN_NAMES, KnownNames


class IrFieldsConverter(models.AbstractModel):
    """Looks each name in a file of contact events up once, not once a row."""

    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        """Remember what was found without a doubt, in an import of contact events.

        Not the names of records that this import itself may create, or undo.
        """
        known = self.env.context.get(KNOWN_NAMES)
        created = self.env.context.get("name_create_enabled_fields")
        if (
            not isinstance(known, KnownNames)  # a client's context knows nothing
            or subfield is not None
            or not isinstance(value, str)
            or field.comodel_name == model._name
            or (created and (not isinstance(created, dict) or created.get(field.name)))
        ):
            return super().db_id_for(model, field, subfield, value, savepoint)
        key = (field.comodel_name, value)
        if key in known:
            return known[key], []
        found, warnings = super().db_id_for(model, field, subfield, value, savepoint)
        if found and not warnings:
            known[key] = found
        return found, warnings
