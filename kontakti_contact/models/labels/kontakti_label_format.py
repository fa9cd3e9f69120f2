from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import formatLang

from ...tools import arguments, checked
from ...tools.labels.pdf import draw_test_sheet
from ...tools.labels.sheet import Sheet

CUSTOM = "custom"
PAPERS = [("a4", "A4"), ("letter", "US Letter"), (CUSTOM, "Other")]
PAPER_SIZES = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
SIZES = ("paper_width", "paper_height", "label_width", "label_height")
MARGINS = ("margin_left", "margin_top", "gap_x", "gap_y", "padding")
OFFSETS = ("offset_x", "offset_y")
MILLIMETRES = (6, 2)
MOST_LABELS = 500  # on one sheet


class KontaktiLabelFormat(models.Model):
    """A sheet of address labels: its paper, and where the labels are on it (S4).

    All lengths are millimetres. The offset corrects a printer that prints every label
    a little off; the test sheet shows by how much.
    """

    _name = "kontakti.label.format"
    _description = "Label Sheet"
    _order = "sequence, name, id"

    name = checked.Char(required=True)
    sequence = checked.Integer(default=10)
    active = fields.Boolean(default=True)
    paper = fields.Selection(PAPERS, required=True, default="a4")
    paper_width = checked.Float(
        "Paper width",
        compute="_compute_paper_width",
        store=True,
        readonly=False,
        digits=MILLIMETRES,
    )
    paper_height = checked.Float(
        "Paper height",
        compute="_compute_paper_height",
        store=True,
        readonly=False,
        digits=MILLIMETRES,
    )
    columns = checked.Integer(required=True, default=3)
    rows = checked.Integer(required=True, default=8)
    label_width = checked.Float(
        "Label width", required=True, default=70.0, digits=MILLIMETRES
    )
    label_height = checked.Float(
        "Label height", required=True, default=37.0, digits=MILLIMETRES
    )
    margin_left = checked.Float("Left margin", digits=MILLIMETRES)
    margin_top = checked.Float("Top margin", digits=MILLIMETRES)
    gap_x = checked.Float("Gap between columns", digits=MILLIMETRES)
    gap_y = checked.Float("Gap between rows", digits=MILLIMETRES)
    padding = checked.Float(
        "Empty edge inside a label",
        default=5.0,
        digits=MILLIMETRES,
        help="Keeps the text away from the edges, where many printers cannot print.",
    )
    offset_x = checked.Float(
        "Printer offset to the right",
        digits=MILLIMETRES,
        help="How much to move everything to the right. Negative: to the left.",
    )
    offset_y = checked.Float(
        "Printer offset down",
        digits=MILLIMETRES,
        help="How much to move everything down. Negative: up.",
    )
    font_size = checked.Float("Font size", required=True, default=10.0, digits=(4, 1))
    label_count = fields.Integer("Labels on a sheet", compute="_compute_label_count")
    drawing = fields.Json(compute="_compute_drawing", export_string_translation=False)

    @api.depends("paper")
    def _compute_paper_width(self):
        for sheet in self.filtered(lambda sheet: sheet.paper in PAPER_SIZES):
            sheet.paper_width = PAPER_SIZES[sheet.paper][0]

    @api.depends("paper")
    def _compute_paper_height(self):
        for sheet in self.filtered(lambda sheet: sheet.paper in PAPER_SIZES):
            sheet.paper_height = PAPER_SIZES[sheet.paper][1]

    @api.depends("columns", "rows")
    def _compute_label_count(self):
        for sheet in self:
            sheet.label_count = sheet.columns * sheet.rows

    @api.depends(*SIZES, *MARGINS, *OFFSETS, "columns", "rows")
    def _compute_drawing(self):
        for sheet in self:
            count = sheet.label_count
            sheet.drawing = (
                sheet._draw(range(count)) if 0 < count <= MOST_LABELS else {}
            )

    @api.depends("name", "label_width", "label_height")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sheet in self:
            size = [
                formatLang(self.env, value, digits=1)
                for value in (sheet.label_width, sheet.label_height)
            ]
            sheet.display_name = f"{sheet.name}: {size[0]} × {size[1]} mm"

    @api.constrains("paper", *SIZES, *MARGINS, *OFFSETS, "columns", "rows", "font_size")
    def _check_sizes(self):
        for sheet in self:
            problem = sheet._find_problem()
            if problem:
                raise ValidationError(problem)

    def _find_problem(self):
        """Return what is wrong with the sizes, in the user's words, or nothing."""
        if self.columns < 1 or self.rows < 1 or self.label_count > MOST_LABELS:
            return self.env._(
                "A sheet has at least one column and one row, and at most %s labels.",
                MOST_LABELS,
            )
        if any(self[name] <= 0 for name in SIZES):
            return self.env._("The paper and the labels need a width and a height.")
        if any(self[name] < 0 for name in MARGINS):
            return self.env._("Margins, gaps and edges cannot be negative.")
        return self._find_misfit()

    def _find_misfit(self):
        sheet = self._get_sheet()
        fits_width, fits_height = sheet.fits()
        if not fits_width:
            return self.env._(
                "The columns do not fit on the paper: they take %(used)s mm of "
                "%(width)s mm.",
                used=formatLang(self.env, sheet.used_width, digits=1),
                width=formatLang(self.env, sheet.width, digits=1),
            )
        if not fits_height:
            return self.env._(
                "The rows do not fit on the paper: they take %(used)s mm of "
                "%(height)s mm.",
                used=formatLang(self.env, sheet.used_height, digits=1),
                height=formatLang(self.env, sheet.height, digits=1),
            )
        if 2 * self.padding >= min(self.label_width, self.label_height):
            return self.env._("The empty edge leaves no room for text on a label.")
        if not 4 <= self.font_size <= 72:
            return self.env._("The font size is between 4 and 72 points.")
        if any(abs(self[name]) > 20 for name in OFFSETS):
            return self.env._("The printer offset is at most 20 mm.")

    def _get_sheet(self):
        """Return the sizes as a :class:`Sheet`."""
        self.ensure_one()
        return Sheet(
            self.paper_width,
            self.paper_height,
            self.columns,
            self.rows,
            self.label_width,
            self.label_height,
            margin_left=self.margin_left,
            margin_top=self.margin_top,
            gap_x=self.gap_x,
            gap_y=self.gap_y,
            offset_x=self.offset_x,
            offset_y=self.offset_y,
            padding=self.padding,
            font_size=self.font_size,
        )

    def _draw(self, places, lines=(), ids=()):
        """Return a picture of one page for the web client, in mm.

        :param places: places of the labels, counted from 0
        :param lines: the :class:`Line` s of each of these labels
        :param ids: of the record that each of them is for
        """
        sheet = self._get_sheet()
        lines = list(lines)
        labels = [
            {
                "place": place + 1,
                **sheet.box(place)._asdict(),
                "lines": [line._asdict() for line in lines[number]] if lines else [],
                **({"id": ids[number]} if ids else {}),
            }
            for number, place in enumerate(places)
        ]
        return {"width": sheet.width, "height": sheet.height, "labels": labels}

    def _get_test_sheet(self):
        """Return the PDF of a sheet with outlines and numbers."""
        return draw_test_sheet(
            self._get_sheet(),
            self.env._("Test sheet: %s", self.name),
            self.env._("Printed at 100 %%, this line is %s mm long."),
        )

    @api.readonly
    def action_print_test_sheet(self):
        """Open a PDF with the outlines and numbers of the labels, and a ruler."""
        arguments.one(self)
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/kontakti/labels/test_sheet/{self.id}",
            "target": "new",
        }
