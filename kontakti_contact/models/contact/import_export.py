from odoo import api, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.translate import code_translations

from ...tools import checked
from ...tools.import_texts import restore_phone, restore_postal_code, restore_text
from ...tools.time_used import parse_time_used

CUSTOMER, COUNTRY = "partner_id", "country_id"
RESTORED = {"zip": restore_postal_code, "phone": restore_phone}
# What a cell of a workbook holds, and what Odoo writes into it instead of more.
MOST_IN_CELL = 32_767
TOO_LONG = (
    "The content of this cell is too long for an XLSX file (more than %s characters). "
    "Please use the CSV format for this export."
)
XLSX_EXPORT = "/web/export/xlsx"
# In the context of an import: the names found already; see ir_fields_converter.py
KNOWN_NAMES = "kontakti_known_names"
# Odoo's import, where it is installed, remembers here what headings have meant.
MAPPING = "base_import.mapping"
# Of files of other systems, Odoo's own Customers among them.
HEADINGS = {
    "kaupunki": "city",
    "postitoimipaikka": "city",
    "postinro": "zip",
    "puhelinnumero": "phone",
    "yritys": "customer_name",
    "stad": "city",
    "postort": "city",
    "postnr": "zip",
    "telefonnummer": "phone",
    "företag": "customer_name",
}
TIME_USED = "duration"
IMPORT, PARSE = "base_import.import", "_parse_float_from_data"


TEMPLATE_LANGUAGES = ("fi", "sv")


class KnownNames(dict):
    """What the names in a file mean: ``{(model, name): id}``, made by the server."""


class KontaktiContact(models.Model):
    """Contact events from a file, and into one.

    Names are looked up together. What a spreadsheet has done to texts is undone, and
    what cannot be is said before anything is lost. The time used is read as people
    write it: "15", "12 min", "1 h 30", "0:15".
    """

    _inherit = "kontakti.contact"

    @api.model
    def load(self, fields, data):
        """Import rows as Odoo does; see ``ir.fields.converter`` for what is faster.

        The apostrophe is taken off that Odoo's CSV puts before ``+358…`` and ``=1+1``,
        and a postal code or phone number that a cell of numbers has cut gets its zeros.
        A text that was too long for a workbook is an error: it would be lost. How the
        time used is read: ``tools/time_used.py``.
        """
        data = self._read_times_used(fields, data)
        data = self._restore_rows(fields, data)
        cut = self._find_cut_texts(fields, data)
        if cut:
            return {"ids": False, "messages": cut, "nextrow": 0}
        known = self._find_named_customers(fields, data)
        model = self.with_context(**{KNOWN_NAMES: KnownNames(known)})
        return super(KontaktiContact, model).load(fields, data)

    def export_data(self, fields_to_export):
        """Export as Odoo does; into a workbook no text that is too long for a cell.

        :raise UserError: names the contact event; Odoo would write a sentence for it
        """
        found = super().export_data(fields_to_export)
        is_workbook = request and request.httprequest.path == XLSX_EXPORT
        for row in found["datas"] if is_workbook else ():
            if any(isinstance(cell, str) and len(cell) > MOST_IN_CELL for cell in row):
                raise UserError(
                    self.env._(
                        "A text is too long for a cell of a workbook, in the row that "
                        "begins with “%s”. Nothing was exported. Choose CSV, which holds "
                        "it, or leave that column out.",
                        str(row[0])[:100],
                    )
                )
        return found

    @api.model
    def _teach_headings(self):
        """Let Odoo's import know the headings of other systems; when installed."""
        if MAPPING not in self.env:
            return
        self.env[MAPPING]._load_records(
            [
                {
                    "xml_id": f"kontakti_contact.import_heading_{number}",
                    "noupdate": True,  # an import of a user's may teach another meaning
                    "values": {
                        "res_model": self._name,
                        "column_name": heading,
                        "field_name": fname,
                    },
                }
                for number, (heading, fname) in enumerate(HEADINGS.items(), 1)
            ],
            update=True,
        )

    @api.model
    def _restore_rows(self, fields, data):
        """Return ``data`` with its texts as they were before a spreadsheet held them."""
        if not _is_table(fields, data):
            return data
        codes = self._get_country_codes(self._get_column(fields, data, COUNTRY))
        home = self.env.company.country_id.code or ""
        place = fields.index(COUNTRY) if COUNTRY in fields else None
        rows = []
        for row in data:
            cells = [restore_text(one) if isinstance(one, str) else one for one in row]
            name = cells[place] if place is not None and len(cells) > place else ""
            country = codes.get(str(name), "") if name else home
            for number, (fname, cell) in enumerate(zip(fields, cells, strict=False)):
                if fname in RESTORED and isinstance(cell, str):
                    cells[number] = RESTORED[fname](cell, country)
            rows.append(cells)
        return rows

    @api.model
    def _get_country_codes(self, names):
        """Return ``{name or code: code}`` of the countries that ``names`` has."""
        if not names:
            return {}
        countries = self.env["res.country"].search(
            ["|", ("name", "in", sorted(names)), ("code", "in", sorted(names))]
        )
        return {
            name: country.code
            for country in countries
            for name in (country.name, country.code)
        }

    @api.model
    def _find_cut_texts(self, fields, data):
        """Return the errors on cells that have Odoo's sentence instead of a text."""
        if not _is_table(fields, data):
            return []
        languages = ["en_US", *dict(self.env["res.lang"].get_installed())]
        sentences = {
            code_translations.get_python_translations("web", language).get(
                TOO_LONG, TOO_LONG
            )
            % MOST_IN_CELL
            for language in languages
        }
        return [
            self._make_cut_error(number, fname)
            for number, row in enumerate(data)
            for fname, cell in zip(fields, row, strict=False)
            if isinstance(cell, str) and cell in sentences
        ]

    @api.model
    def _make_cut_error(self, number, fname):
        return {
            "type": "error",
            "record": number,
            "rows": {"from": number, "to": number},
            "field": fname,
            "message": self.env._(
                "Here the file has a sentence instead of a text that was too long for a "
                "workbook. Export it again as CSV, or leave this column out."
            ),
        }

    @api.model
    def _find_named_customers(self, fields, data):
        """Return the customers that the rows name, ``{("res.partner", name): id}``.

        A name that several have, or none, is left out: Odoo says what is wrong with it.
        """
        partners = self.env["res.partner"]
        names = self._get_column(fields, data, CUSTOMER)
        if not names or not self._are_names_of_fields(partners):
            return {}
        found = partners.search_fetch(
            [("display_name", "in", sorted(names))], partners._rec_names_search
        )
        ids = {}
        for partner in found:
            by = names.intersection(partner[f] for f in partners._rec_names_search)
            if not by:  # found by a rule that we do not know
                return {}
            for name in by:
                ids.setdefault(name, []).append(partner.id)
        return {(partners._name, n): one for n, (one, *more) in ids.items() if not more}

    @api.model
    def _are_names_of_fields(self, partners):
        """Return whether a name is sought as Odoo does, without an addon's own way."""
        is_odoo_s = type(partners).name_search is models.BaseModel.name_search
        return is_odoo_s and partners._fields.keys() >= set(partners._rec_names_search)

    @api.model
    def _get_column(self, fields, data, fname):
        """Return the texts in a column of the rows that are imported now.

        What is no table of texts is Odoo's to refuse.
        """
        if not isinstance(fields, list) or fname not in fields:
            return set()
        place, limit = fields.index(fname), self.env.context.get("_import_limit")
        rows = (
            data[: limit if checked.is_id(limit) else None]
            if isinstance(data, list)
            else []
        )
        rows = (row for row in rows if isinstance(row, list | tuple))
        cells = (row[place] for row in rows if len(row) > place)
        texts = (cell for cell in cells if isinstance(cell, str))
        return {text for text in texts if text and checked.is_storable(text)}

    @api.model
    @api.readonly
    def get_import_templates(self):
        """Offer a ready file in Odoo's import screen, in the user's language."""
        language = (self.env.lang or "en").split("_")[0]
        suffix = f"_{language}" if language in TEMPLATE_LANGUAGES else ""
        return [
            {
                "label": self.env._("Import Template for Contact Events"),
                "template": f"/kontakti_contact/static/xls/kontakti_contact{suffix}.xlsx",
            }
        ]

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


def _is_table(fields, data):
    """Return whether these are rows of cells; what is not is Odoo's to refuse."""
    return (
        isinstance(fields, list)
        and all(isinstance(name, str) for name in fields)
        and isinstance(data, list)
        and all(isinstance(row, list | tuple) for row in data)
    )
