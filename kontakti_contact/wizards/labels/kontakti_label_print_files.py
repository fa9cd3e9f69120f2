import base64
from functools import partial

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import arguments, checked
from ...tools.labels.export import LINES, rows, to_csv, to_xlsx
from ...tools.labels.pdf import draw_labels, join_parts
from ...tools.labels.plan import make_label

LABELS_IN_PART = 2000  # drawn in one request, in about half a second
PART_NAME = "part"


class KontaktiLabelPrint(models.TransientModel):
    """The files of labels: the PDF, and the addresses for a mail merge (S4)."""

    _inherit = "kontakti.label.print"

    printed_ids = checked.Ids(export_string_translation=False)
    document = fields.Binary(attachment=True, readonly=True)
    # the organisations chosen when exporting: a download's address does not tell
    companies = checked.Ids(export_string_translation=False)

    def action_print(self):
        """Make the PDF and open it; a long one is made part by part, with progress.

        :return: the address of the PDF, or the client action that calls
            :meth:`print_part` until it is ready
        :raise UserError: when there is nothing to print
        """
        plan = self._get_plan_to_print()
        self._get_parts().unlink()
        self.document = False
        self.printed_ids = [label.recipient.id for label in plan.labels]
        self._remember_sheet()
        if len(plan.labels) <= LABELS_IN_PART:
            self._keep_document(self._draw(plan.labels, self._get_first()))
            return self._get_file_action("labels.pdf")
        return {
            "type": "ir.actions.client",
            "tag": "kontakti_contact.print_labels",
            "params": {"id": self.id, "total": len(plan.labels)},
        }

    def _remember_sheet(self):
        """Offer the rest of the sheet next time: it is what the user has in the printer."""
        printed = self._get_first() + len(self.printed_ids)
        free = printed % self.format_id.label_count + 1
        remember = partial(self.env["ir.default"].set, self._name, user_id=True)
        remember("format_id", self.format_id.id)
        remember("first_place", free, condition=self._get_memory_key())

    def _get_plan_to_print(self):
        arguments.one(self)
        self.check_access("write")
        plan = self._make_plan()
        if not plan.labels:
            raise UserError(
                self.env._("There is no address to print. The list says why.")
            )
        return plan

    def print_part(self, number):
        """Draw one part of a long PDF, after :meth:`action_print`.

        :param int number: of the part, from 0
        :return: ``{"done": labels drawn so far, "url": of the PDF when it is ready}``
        :raise UserError: when there is no such part
        """
        arguments.one(self)
        self.check_access("write")
        sheet = self.format_id._get_sheet()
        size = max(LABELS_IN_PART // sheet.places, 1) * sheet.places
        last = (self._get_first() + len(self.printed_ids or []) - 1) // size
        arguments.whole_number(self.env, "number", number, 0, max(last, 0))
        start = max(number * size - self._get_first(), 0)
        end = (number + 1) * size - self._get_first()
        ids = (self.printed_ids or [])[start:end]
        first = 0 if number else self._get_first()
        self._keep_part(number, self._draw(self._make_labels(ids), first))
        if end < len(self.printed_ids or []):
            return {"done": end, "url": False}
        self._join_parts()
        return {
            "done": len(self.printed_ids or []),
            "url": self._get_file_action("labels.pdf")["url"],
        }

    def _make_labels(self, ids):
        """Return the labels of ``ids``; what cannot be read any more stays empty."""
        choices = self._get_choices()._replace(skip_opted_out=False)
        model = self._get_model()
        recipients = model._get_label_recipients([("id", "in", ids)])
        labels = {found.id: make_label(found, choices)[0] for found in recipients}
        return [labels.get(number) for number in ids]

    def _draw(self, labels, first):
        lines = [label.lines if label else [] for label in labels]
        sheet = self.format_id._get_sheet()
        return draw_labels(sheet, lines, first, self.env._("Address labels"))

    def _keep_document(self, content):
        self.document = base64.b64encode(content)

    def _get_parts(self):
        self.ensure_one()
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("name", "=like", f"{PART_NAME}%"),
            ],
            order="name",
        )

    def _keep_part(self, number, content):
        name = f"{PART_NAME}{number:05}"
        self._get_parts().filtered(lambda part: part.name == name).unlink()
        self.env["ir.attachment"].create(
            {"name": name, "res_model": self._name, "res_id": self.id, "raw": content}
        )

    def _join_parts(self):
        parts = self._get_parts()
        title = self.env._("Address labels")
        self._keep_document(join_parts((part.raw for part in parts), title))
        parts.unlink()

    def action_export_csv(self):
        """Download the addresses of the labels, in their order, as CSV."""
        return self._export("addresses.csv")

    def action_export_xlsx(self):
        """Download the addresses of the labels, in their order, as XLSX."""
        return self._export("addresses.xlsx")

    def _export(self, file_name):
        self._get_plan_to_print()
        self.companies = self.env.companies.ids
        return self._get_file_action(file_name, target="download")

    def action_print_test_sheet(self):
        """Open the test sheet of the format."""
        return self.format_id.action_print_test_sheet()

    def _get_file_action(self, file_name, target="new"):
        return {
            "type": "ir.actions.act_url",
            "url": f"/kontakti/labels/{self.id}/{file_name}",
            "target": target,
        }

    def _get_pdf(self):
        """Return the PDF that was made last."""
        self.ensure_one()
        if not self.document:
            raise UserError(self.env._("The labels have not been printed yet."))
        return base64.b64decode(self.document)

    def _get_addresses(self, kind):
        """Return the file of the addresses.

        :param str kind: ``csv`` or ``xlsx``
        """
        companies = self.companies or self.env.companies.ids
        lang = self.env.user.lang or self.env.lang  # a program's call has none
        wizard = self.with_context(allowed_company_ids=companies, lang=lang)
        countries = wizard.env["res.country"].search_fetch([], ["name"])
        names = {country.id: country.name for country in countries}
        body = rows(wizard._make_plan(), wizard._get_choices(), names)
        if kind == "csv":
            return to_csv(wizard._get_header(), body, wizard._get_separator())
        return to_xlsx(wizard._get_header(), body)

    def _get_separator(self):
        """Return what separates the columns of CSV in the user's language."""
        language = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return ";" if language.decimal_point == "," else ","

    def _get_header(self):
        header = [
            self.env._("Name"),
            self.env._("Contact person"),
            self.env._("Street"),
            self.env._("Street 2"),
            self.env._("Postal code"),
            self.env._("City"),
            self.env._("State or province"),
            self.env._("Country"),
        ]
        lines = range(1, LINES + 1)
        return header + [self.env._("Line %s", number) for number in lines]
