"""Draws labels at exact places: PDF by reportlab, or data for a picture (S4)."""

import io

from reportlab.pdfgen.canvas import Canvas

from odoo.tools.pdf import (
    DictionaryObject,
    NameObject,
    PdfFileReader,
    PdfFileWriter,
)

from .fonts import runs
from .sheet import Sheet
from .text import LEADING, POINTS_IN_MM, SENDER_GAP, fit_label

MARK_SIZE = 8
NUMBER_SIZE = 24
RULER = 100  # millimetres
THIN = 0.3
EXACT = 0.001  # millimetres


def fit(sheet: Sheet, lines, sender=""):
    """Return the lines of one label, or None when they do not fit legibly.

    >>> sheet = Sheet(210, 297, 3, 8, 70, 37, margin_top=0.5, padding=5)
    >>> [line.left for line in fit(sheet, ["Virtanen Oy", "Katu 1"])]
    [5, 5]
    """
    return fit_label(
        lines,
        sheet.label_width,
        sheet.label_height,
        sheet.font_size,
        sender=sender,
        padding=sheet.padding,
    )


def draw_labels(sheet: Sheet, labels, first: int, title: str) -> bytes:
    """Return the PDF of labels.

    :param labels: iterable of what :func:`fit` returned, a label each
    :param first: place of the first label on the first page, counted from 0
    :param title: of the document

    >>> sheet = Sheet(210, 297, 3, 8, 70, 37, margin_top=0.5, padding=5)
    >>> draw_labels(sheet, [fit(sheet, ["Virtanen Oy"])], 0, "Labels")[:4]
    b'%PDF'
    """
    page = _Pages(sheet, title)
    for place, lines in enumerate(labels, first):
        page.draw(sheet.box(place), lines)
    return page.finish()


def join_parts(parts, title: str) -> bytes:
    """Return one PDF of many that :func:`draw_labels` made, printed at full size too."""
    writer = PdfFileWriter()
    for part in parts:
        reader = PdfFileReader(io.BytesIO(part), strict=False)
        for number in range(reader.getNumPages()):
            writer.addPage(reader.getPage(number))
    writer.addMetadata({"/Title": title})
    preferences = DictionaryObject({NameObject("/PrintScaling"): NameObject("/None")})
    writer._root_object[NameObject("/ViewerPreferences")] = preferences
    with io.BytesIO() as file:
        writer.write(file)
        return file.getvalue()


def draw_test_sheet(sheet: Sheet, title: str, ruler_text: str) -> bytes:
    """Return the PDF of a sheet with outlines, numbers and a ruler of 100 mm."""
    page = _Pages(sheet, title)
    for place, box in enumerate(sheet.boxes(0, sheet.places), 1):
        page.outline(box)
        number = [str(place)]
        lines = fit_label(number, *box[3:], NUMBER_SIZE, padding=sheet.padding)
        page.draw(box, lines or [])
    page.ruler(ruler_text)
    return page.finish()


def _blocks(lines):
    """Yield the lines that follow each other at one distance: one text object each.

    Less to compute than one a line, and a smaller file.
    """
    block = []
    for line in lines:
        if block and not _follows(block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _follows(line, following):
    leading = line.size * LEADING / POINTS_IN_MM
    is_next = abs(following.base - line.base - leading) < EXACT
    return is_next and (line.left, line.size) == (following.left, following.size)


class _Pages:
    """A PDF whose pages are of the sheet's size; y runs from the top, in mm."""

    def __init__(self, sheet, title):
        self.sheet, self.page = sheet, 0
        size = (sheet.width * POINTS_IN_MM, sheet.height * POINTS_IN_MM)
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=size, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setCreator("Kontakti")
        self.canvas.setViewerPreference("PrintScaling", "None")

    def _point(self, left, top):
        return left * POINTS_IN_MM, (self.sheet.height - top) * POINTS_IN_MM

    def draw(self, box, lines):
        while self.page < box.page:
            self.canvas.showPage()
            self.page += 1
        for block in _blocks(lines):
            self._draw_block(box, block)

    def _draw_block(self, box, lines):
        first, size = lines[0], lines[0].size
        text = self.canvas.beginText(
            *self._point(box.left + first.left, box.top + first.base)
        )
        font = None
        for line in lines:
            for piece_font, piece in runs(line.text):
                if piece_font is not font:
                    font = piece_font
                    text.setFont(font.name, size, size * LEADING)
                text.textOut(piece)
            text.textLine()
        self.canvas.drawText(text)

    def outline(self, box):
        self.canvas.setLineWidth(THIN)
        left, bottom = self._point(box.left, box.top + box.height)
        self.canvas.rect(
            left, bottom, box.width * POINTS_IN_MM, box.height * POINTS_IN_MM
        )

    def ruler(self, text):
        """A line of 100 mm below a number: measured, it proves the scale."""
        sheet = self.sheet
        length = min(RULER, sheet.width - 2 * MARK_SIZE)
        middle = sheet.box(sheet.rows // 2 * sheet.columns)
        left = (sheet.width - length) / 2
        base = middle.top + 0.85 * middle.height
        for start, end in (
            ((left, base), (left + length, base)),
            ((left, base - 2), (left, base + 2)),
            ((left + length, base - 2), (left + length, base + 2)),
        ):
            self.canvas.line(*self._point(*start), *self._point(*end))
        font = runs(text)[0][0].name
        self.canvas.setFont(font, MARK_SIZE)
        self.canvas.drawCentredString(
            *self._point(sheet.width / 2, base - SENDER_GAP), text % round(length)
        )

    def finish(self):
        self.canvas.showPage()
        self.canvas.save()
        return self.file.getvalue()
