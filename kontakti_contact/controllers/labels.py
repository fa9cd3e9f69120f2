from odoo import fields, http
from odoo.http import content_disposition, request

FILE = "kontakti_file"  # see models/odoo/ir_http.py
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class KontaktiLabels(http.Controller):
    """Files of labels, read with the rights of who asks: one's own wizards alone (S4).

    A browser's session asks, or a program with an API key: ``Authorization: bearer …``.
    """

    # These two not from a replica: what the wizard has just written must be there, and
    # nobody left out who was put on the mailing list a moment ago.
    @http.route("/kontakti/labels/<int:wizard_id>/labels.pdf", auth=FILE)
    def labels(self, wizard_id):
        """The PDF that was made last, shown in the browser."""
        wizard = self._get_wizard(wizard_id)
        return self._answer(wizard._get_pdf(), "pdf", "application/pdf", "inline")

    @http.route(
        "/kontakti/labels/<int:wizard_id>/addresses.<any(csv, xlsx):kind>",
        auth=FILE,
    )
    def addresses(self, wizard_id, kind):
        """The addresses of the labels, downloaded."""
        content = self._get_wizard(wizard_id)._get_addresses(kind)
        mimetype = "text/csv;charset=utf-8" if kind == "csv" else XLSX
        return self._answer(content, kind, mimetype, "attachment")

    @http.route("/kontakti/labels/test_sheet/<int:format_id>", auth=FILE, readonly=True)
    def test_sheet(self, format_id):
        """Outlines and numbers of a label sheet, shown in the browser."""
        sheet = request.env["kontakti.label.format"].browse(format_id).exists()
        if not sheet:
            raise request.not_found()
        sheet.check_access("read")
        name = request.env._("Test sheet")
        return self._answer(
            sheet._get_test_sheet(), "pdf", "application/pdf", "inline", name
        )

    def _get_wizard(self, wizard_id):
        wizard = request.env["kontakti.label.print"].browse(wizard_id).exists()
        if not wizard:
            raise request.not_found()
        wizard.check_access("read")
        return wizard

    def _answer(self, content, extension, mimetype, disposition, name=None):
        name = name or request.env._("Address labels")
        today = request.env.user._get_kontakti_today()
        file_name = f"{name} {fields.Date.to_string(today)}.{extension}"
        return request.make_response(
            content,
            [
                ("Content-Type", mimetype),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(file_name, disposition)),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )
