"""Fits an address on a label: shrunk and wrapped, never clipped (S4)."""

from typing import NamedTuple

from .fonts import text_width

POINTS_IN_MM = 72 / 25.4
LEADING = 1.2  # from a line to the next, in sizes of the font
ASCENT = 0.9  # of Å above the line, in sizes of the font
DESCENT = 0.25
SMALLEST = 4.0  # points; below this nobody reads it
STEP = 0.5
SENDER_SIZE = 6.0
SENDER_GAP = 1.0  # millimetres between the sender and the address


class Line(NamedTuple):
    """One line: where its letters stand, in mm from the label's top left corner."""

    text: str
    left: float
    base: float
    size: float  # points
    width: float  # millimetres


def fit_label(lines, width, height, size, sender="", padding=0.0):
    """Return the :class:`Line` s of a label, or None when they do not fit legibly.

    :param lines: the lines of the address
    :param width: of the label in mm, as is ``height`` and ``padding``
    :param size: of the font in points, if there is room for it
    :param sender: a small line above the address

    >>> [(line.text, line.size) for line in fit_label(["Virtanen Oy"], 70, 37, 10)]
    [('Virtanen Oy', 10)]
    >>> long = fit_label(["Keskinäinen Vakuutusyhtiö Pohjantähti"], 30, 20, 10)
    >>> len(long), all(line.left + line.width <= 30 for line in long)
    (3, True)
    >>> fit_label(["x" * 500], 30, 20, 10) is None
    True
    """
    box_width, box_height = width - 2 * padding, height - 2 * padding
    above = _fit_sender(sender, padding, box_width) if sender else []
    if above:
        box_height -= above[0].size * LEADING / POINTS_IN_MM + SENDER_GAP
    fitted = _fit(lines, box_width * POINTS_IN_MM, box_height * POINTS_IN_MM, size)
    if not fitted:
        return None
    size, lines = fitted
    free = box_height - _height(len(lines), size) / POINTS_IN_MM
    top = height - padding - box_height + free / 2
    return above + [
        Line(
            text,
            padding,
            top + (ASCENT + number * LEADING) * size / POINTS_IN_MM,
            size,
            text_width(text) * size / POINTS_IN_MM,
        )
        for number, text in enumerate(lines)
    ]


def _fit_sender(sender, padding, width):
    natural = text_width(sender) / POINTS_IN_MM
    size = min(SENDER_SIZE, width / natural) if natural else SENDER_SIZE
    base = padding + ASCENT * size / POINTS_IN_MM
    return [Line(sender, padding, base, size, natural * size)]


def _height(count, size):
    return ((count - 1) * LEADING + ASCENT + DESCENT) * size


def _fit(lines, width, height, size):
    """Return (size, lines) for a box in points: the largest size that fits."""
    widths = [text_width(line) for line in lines]
    while size >= SMALLEST:
        fitted = lines
        if max(widths) * size > width:
            fitted = _wrap(lines, widths, width / size)
        if fitted and _height(len(fitted), size) <= height:
            return size, fitted
        size -= STEP
    return None


def _wrap(lines, widths, width):
    """Return the lines broken at words, or None when a word alone is too wide."""
    wrapped = []
    for line, line_width in zip(lines, widths, strict=True):
        if line_width <= width:
            wrapped.append(line)
            continue
        rest = ""
        for word in line.split():
            longer = f"{rest} {word}".lstrip()
            if rest and text_width(longer) > width:
                wrapped.append(rest)
                rest = word
            else:
                rest = longer
            if text_width(rest) > width:
                return None
        wrapped.append(rest)
    return wrapped
