"""Where the labels of a sheet are, without the ORM (S4).

All lengths are millimetres, counted from the top left corner of the paper.
"""

from collections.abc import Iterator
from typing import NamedTuple

TOLERANCE = 0.1  # sheets are sold by sizes that are rounded to a tenth of a millimetre


class Box(NamedTuple):
    """A rectangle on a page; pages count from 0."""

    page: int
    left: float
    top: float
    width: float
    height: float


class Sheet(NamedTuple):
    """The sizes of a sheet of labels, and how far the printer is off."""

    width: float
    height: float
    columns: int
    rows: int
    label_width: float
    label_height: float
    margin_left: float = 0
    margin_top: float = 0
    gap_x: float = 0
    gap_y: float = 0
    offset_x: float = 0
    offset_y: float = 0
    padding: float = 0
    font_size: float = 10

    @property
    def places(self) -> int:
        """How many labels a sheet has.

        >>> Sheet(210, 297, 3, 8, 70, 37).places
        24
        """
        return self.columns * self.rows

    @property
    def used_width(self) -> float:
        """From the paper's left edge to the right edge of the last column.

        >>> Sheet(210, 297, 2, 7, 99.1, 38.1, 4.65, 15.15, 2.5).used_width
        205.35
        """
        columns = self.columns * self.label_width + (self.columns - 1) * self.gap_x
        return round(self.margin_left + columns, 3)

    @property
    def used_height(self) -> float:
        """From the paper's top edge to the bottom edge of the last row."""
        rows = self.rows * self.label_height + (self.rows - 1) * self.gap_y
        return round(self.margin_top + rows, 3)

    def fits(self) -> tuple[bool, bool]:
        """Return whether the labels fit in the paper's width, and in its height.

        >>> Sheet(210, 297, 3, 8, 70, 37, margin_top=0.5).fits()
        (True, True)
        >>> Sheet(210, 297, 4, 8, 70, 37, margin_top=5).fits()
        (False, False)
        """
        return (
            self.used_width <= self.width + TOLERANCE,
            self.used_height <= self.height + TOLERANCE,
        )

    def box(self, place: int) -> Box:
        """Return the box of a place, row by row, over as many pages as it takes.

        >>> sheet = Sheet(210, 297, 3, 8, 70, 37, margin_top=0.5, offset_y=1)
        >>> sheet.box(0), sheet.box(28).page, sheet.box(28).left, sheet.box(28).top
        (Box(page=0, left=0, top=1.5, width=70, height=37), 1, 70, 38.5)
        """
        page, on_page = divmod(place, self.places)
        row, column = divmod(on_page, self.columns)
        return Box(
            page,
            self.margin_left + column * (self.label_width + self.gap_x) + self.offset_x,
            self.margin_top + row * (self.label_height + self.gap_y) + self.offset_y,
            self.label_width,
            self.label_height,
        )

    def boxes(self, first: int, count: int) -> Iterator[Box]:
        """Yield the boxes of ``count`` labels from place ``first``, counted from 0."""
        return (self.box(place) for place in range(first, first + count))

    def pages(self, first: int, count: int) -> int:
        """Return how many sheets ``count`` labels take, the first one begun or not.

        >>> sheet = Sheet(210, 297, 3, 8, 70, 37)
        >>> sheet.pages(0, 24), sheet.pages(1, 24), sheet.pages(5, 0)
        (1, 2, 0)
        """
        return -(-(first + count) // self.places) if count else 0
