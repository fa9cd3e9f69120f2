"""The benchmark's pictures, drawn as SVG; Chromium, which the tests need anyway, makes
PNG of them.
"""

import math
from html import escape

WIDTH, ROW, LEFT, RIGHT = 900, 26, 270, 200
LONGEST = 1.25  # of the limit; what takes more says so
INK, QUIET, GOOD, BAD = "#1f2933", "#9aa5b1", "#2f855a", "#c53030"
TOP, BOTTOM, MARGIN, LEGEND = 60, 430, 80, 250  # of the growth picture
COLOURS = ("#2b6cb0", "#c05621", "#2f855a", "#6b46c1", "#97266d", "#4a5568")
DASHES = ("none", "6 4")
FONT = 'font-family="DejaVu Sans, Arial, sans-serif"'


def bars(rows, title):
    """A bar a measure: how much of its limit it takes.

    :param rows: ``[(name, ratio / limit, text, is met)]``
    """
    height = 70 + ROW * len(rows)
    scale = (WIDTH - LEFT - RIGHT) / LONGEST
    parts = [_text(16, 28, title, size=16)]
    for place, (name, share, label, met) in enumerate(rows):
        y = 50 + ROW * place
        length = max(2, scale * min(share, LONGEST))
        if share > LONGEST:
            label += f", {share:.1f} × it"
        parts.append(_text(LEFT - 8, y + 15, name, anchor="end"))
        parts.append(_rectangle(LEFT, y + 3, length, ROW - 8, GOOD if met else BAD))
        parts.append(_text(LEFT + max(length, scale) + 8, y + 15, label))
    x = LEFT + scale
    parts.append(_line((x, 44), (x, height - 16), INK))
    parts.append(_text(x, height - 4, "limit", anchor="middle"))
    return _document(height, parts)


def growth(series, title):
    """Times against the number of contact events, both logarithmic.

    :param series: ``{name: [(size, seconds)]}``
    """
    scale = _Scale([tuple(point) for line in series.values() for point in line])
    parts = [_text(16, 28, title, size=16), *scale.axes()]
    operations = list(dict.fromkeys(name.rsplit(", ", 1)[0] for name in series))
    kinds = list(dict.fromkeys(name.rsplit(", ", 1)[1] for name in series))
    for number, (name, line) in enumerate(series.items()):
        operation, kind = name.rsplit(", ", 1)
        colour = COLOURS[operations.index(operation) % len(COLOURS)]
        style = (colour, DASHES[kinds.index(kind) % len(DASHES)])
        parts.append(_path([scale.place(*point) for point in line], style))
        x, y = WIDTH - LEGEND + 16, TOP + 22 * number
        parts.append(_path([(x, y - 4), (x + 26, y - 4)], style))
        parts.append(_text(x + 34, y, name))
    return _document(480, parts)


def _path(points, style):
    colour, dashes = style
    path = " ".join("{:.1f},{:.1f}".format(*point) for point in points)
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" '
        f'stroke-width="2" stroke-dasharray="{dashes}"/>'
    )


class _Scale:
    """Where a point of the growth picture is drawn."""

    def __init__(self, points):
        self.sizes = sorted({size for size, _seconds in points})
        times = [math.log10(seconds * 1000) for _size, seconds in points]
        self.low, self.high = math.floor(min(times)), math.ceil(max(times))

    def place(self, size, seconds):
        first, last = math.log10(self.sizes[0]), math.log10(self.sizes[-1])
        along = (math.log10(size) - first) / ((last - first) or 1)
        up = (math.log10(seconds * 1000) - self.low) / (self.high - self.low)
        x = MARGIN + along * (WIDTH - MARGIN - LEGEND)
        return x, BOTTOM - up * (BOTTOM - TOP)

    def axes(self):
        for power in range(self.low, self.high + 1):
            y = self.place(self.sizes[0], 10**power / 1000)[1]
            yield _line((MARGIN, y), (WIDTH - LEGEND, y), "#e4e7eb")
            yield _text(MARGIN - 8, y + 4, f"{10**power:g} ms", anchor="end")
        for size in self.sizes:
            x = self.place(size, 1)[0]
            yield _text(x, BOTTOM + 22, f"{size:,}", anchor="middle")


def _document(height, parts):
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
    head += f'width="{WIDTH}" height="{height}">'
    ground = f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
    return "\n".join([head, ground, *parts, "</svg>", ""])


def _text(x, y, text, anchor="start", size=12):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{INK}" '
        f'font-size="{size}" {FONT}>{escape(text)}</text>'
    )


def _rectangle(x, y, width, height, colour):
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" '
        f'fill="{colour}"/>'
    )


def _line(start, end, colour):
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{colour}"/>'
    )


def save(run, svg, path):
    """Write the picture as ``path`` with .svg and .png."""
    from playwright.sync_api import sync_playwright

    path.with_suffix(".svg").write_text(svg, "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=run.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(device_scale_factor=2)
        page.set_content(f'<body style="margin:0">{svg}</body>')
        page.locator("svg").screenshot(path=str(path.with_suffix(".png")))
        browser.close()
