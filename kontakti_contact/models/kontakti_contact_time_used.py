from odoo import api, models

from ..tools.time_used import parse_time_used

TIME_USED = "duration"
IMPORT, PARSE = "base_import.import", "_parse_float_from_data"


class KontaktiContact(models.Model):
    """The time used in files, as people write it: "15", "12 min", "1 h 30", "0:15"."""

    _inherit = "kontakti.contact"

    @api.model
    def load(self, fields, data):
        """Import rows as Odoo does; see ``tools/time_used.py`` for how time is read."""
        return super().load(fields, self._read_times_used(fields, data))

    @api.model
    def _read_times_used(self, fields, data):
        """Return the rows with the times used in hours.

        What says no time, and what is no table of texts, is Odoo's to refuse.
        """
        is_table = isinstance(fields, list) and isinstance(data, list)
        if not is_table or TIME_USED not in fields:
            return data
        place = fields.index(TIME_USED)
        return [self._read_time_used(row, place) for row in data]

    @api.model
    def _read_time_used(self, row, place):
        is_row = isinstance(row, list | tuple) and len(row) > place
        if not is_row or not isinstance(row[place], str) or not row[place].strip():
            return row
        try:
            hours = parse_time_used(row[place])
        except ValueError:
            return row
        return [*row[:place], str(hours), *row[place + 1 :]]

    def _register_hook(self):
        """Have Odoo's import leave the time used as it is written.

        Odoo takes the comma of "0,25" for one of thousands. Its import need not be
        installed, so no class of ours can extend it.
        """
        super()._register_hook()
        if IMPORT not in self.env:
            return
        import_class = self.env.registry[IMPORT]
        origin = getattr(import_class, PARSE)
        if getattr(origin, "leaves_time_used", False):
            return

        def _parse_float_from_data(wizard, data, index, name, options):
            if (wizard.res_model, name) != (self._name, TIME_USED):
                origin(wizard, data, index, name, options)

        _parse_float_from_data.leaves_time_used = True
        setattr(import_class, PARSE, _parse_float_from_data)

    def _unregister_hook(self):
        """Take back :meth:`_register_hook`."""
        super()._unregister_hook()
        if IMPORT in self.env:
            import_class = self.env.registry[IMPORT]
            if PARSE in vars(import_class):
                delattr(import_class, PARSE)
