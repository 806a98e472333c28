"""Where pages stand that are read one below the other."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QRect, QRectF, QSize

from supportdesk.domain.documents import Box, PageSize

POINTS_PER_INCH, PIXELS_PER_INCH = 72, 96
TRUE_SIZE = PIXELS_PER_INCH / POINTS_PER_INCH
"""Pixels a point at 100 %."""


@dataclass(frozen=True)
class PageGeometry:
    """All in logical pixels but the sizes of pages; `scale` is pixels a point."""

    sizes: tuple[PageSize, ...] = ()
    scale: float = TRUE_SIZE
    gap: int = 24
    width: int = 0
    """At least: of the window in which the pages stand, in its middle."""
    below: int = 0
    """Room after the last page, for what floats over its end."""

    @cached_property
    def extent(self) -> QSize:
        if not self.sizes:
            return QSize(self.width, 0)
        last = self.pages[-1]
        widest = max(page.width() for page in self.pages)
        return QSize(max(self.width, widest + 2 * self.gap), last.bottom() + 1 + self.gap + self.below)

    @cached_property
    def pages(self) -> tuple[QRect, ...]:
        edges = [(round(size.width * self.scale), round(size.height * self.scale)) for size in self.sizes]
        across = max(self.width, *(width + 2 * self.gap for width, _height in edges)) if edges else self.width
        top, rects = self.gap, []
        for width, height in edges:
            rects.append(QRect((across - width) // 2, top, width, height))
            top += height + self.gap
        return tuple(rects)

    def place(self, page: int, box: Box) -> QRectF:
        corner = self.pages[page].topLeft()
        return QRectF(
            corner.x() + box.x * self.scale,
            corner.y() + box.y * self.scale,
            box.width * self.scale,
            box.height * self.scale,
        )

    def between(self, top: int, bottom: int) -> range:
        """The pages of which something stands between these heights."""
        first = bisect_left(self.pages, top, key=QRect.bottom)
        return range(first, max(first, bisect_right(self.pages, bottom, key=QRect.top)))

    def page_at(self, y: int) -> int:
        """The page at this height, or the next one above it."""
        return max(0, bisect_right(self.pages, y + self.gap, key=QRect.top) - 1)


def fitting_scale(sizes: Iterable[PageSize], width: int, gap: int) -> float:
    """At which the widest page fills `width`, with the gap at both sides."""
    widest = max((size.width for size in sizes), default=0.0)
    return max(0.05, (width - 2 * gap) / widest) if widest else TRUE_SIZE
