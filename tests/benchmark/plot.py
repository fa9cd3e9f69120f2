"""The benchmark's pictures, drawn as SVG; Chromium, which the tests need anyway, makes
PNG of them.
"""

import math
from html import escape

WIDTH, ROW, LEFT, RIGHT = 900, 26, 300, 130
INK, QUIET, GOOD, BAD = "#1f2933", "#9aa5b1", "#2f855a", "#c53030"
COLOURS = ("#2b6cb0", "#c05621", "#2f855a", "#6b46c1", "#b7791f", "#97266d")
FONT = 'font-family="DejaVu Sans, Arial, sans-serif"'


def bars(rows, title):
    """A bar a measure: how much of its limit it takes.

    :param rows: ``[(name, ratio / limit, text, is met)]``
    """
    height = 70 + ROW * len(rows)
    scale = (WIDTH - LEFT - RIGHT) / 1.25
    parts = [_text(16, 28, title, size=16)]
    for place, (name, share, label, met) in enumerate(rows):
        y = 50 + ROW * place
        length = max(2, scale * min(share, 1.25))
        parts.append(_text(LEFT - 8, y + 15, name, anchor="end"))
        parts.append(_rectangle(LEFT, y + 3, length, ROW - 8, GOOD if met else BAD))
        parts.append(_text(LEFT + length + 6, y + 15, label))
    x = LEFT + scale
    parts.append(_line((x, 44), (x, height - 16), INK))
    parts.append(_text(x, height - 4, "limit", anchor="middle"))
    return _document(height, parts)


def growth(series, title):
    """Times against the number of contact events, both logarithmic.

    :param series: ``{name: [(size, seconds)]}``
    """
    height, bottom, top, right = 480, 430, 60, 250
    points = [point for line in series.values() for point in line]
    sizes = [math.log10(size) for size, _seconds in points]
    times = [math.log10(seconds * 1000) for _size, seconds in points]
    low, high = math.floor(min(times)), math.ceil(max(times))
    span = (max(sizes) - min(sizes)) or 1

    def place(size, seconds):
        x = 80 + (math.log10(size) - min(sizes)) / span * (WIDTH - 80 - right)
        share = (math.log10(seconds * 1000) - low) / (high - low)
        return x, bottom - share * (bottom - top)

    parts = [_text(16, 28, title, size=16)]
    for power in range(low, high + 1):
        y = place(10 ** min(sizes), 10**power / 1000)[1]
        parts.append(_line((80, y), (WIDTH - right, y), "#e4e7eb"))
        parts.append(_text(72, y + 4, f"{10**power:g} ms", anchor="end"))
    for size in sorted({size for size, _seconds in points}):
        parts.append(_text(place(size, 1)[0], bottom + 22, f"{size:,}", anchor="middle"))
    for number, (name, line) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        places = [place(*point) for point in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        y = top + 22 * number
        parts.append(_rectangle(WIDTH - right + 16, y - 9, 10, 10, colour))
        parts.append(_text(WIDTH - right + 32, y, name))
    return _document(height, parts)


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
