"""Between the coordinates of a PDF page and the page as it is displayed: cropped and turned."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from supportdesk.domain.documents import Box, PageSize
from supportdesk.domain.errors import DocumentDamaged

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top, in the page's own coordinates, which begin at the bottom."""
_A4: Rectangle = (0.0, 0.0, 595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is displayed."""

    crop: Rectangle
    turned: int = 0
    """Clockwise: 0, 90, 180 or 270."""

    @property
    def size(self) -> PageSize:
        left, bottom, right, top = self.crop
        width, height = right - left, top - bottom
        return PageSize(height, width) if self.turned in (90, 270) else PageSize(width, height)

    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """From points of the displayed page, measured from its bottom left, to the page's own."""
        left, bottom, right, top = self.crop
        return {
            0: (1.0, 0.0, 0.0, 1.0, left, bottom),
            90: (0.0, 1.0, -1.0, 0.0, right, bottom),
            180: (-1.0, 0.0, 0.0, -1.0, right, top),
            270: (0.0, -1.0, 1.0, 0.0, left, top),
        }[self.turned]

    def box(self, rectangle: Rectangle) -> Box:
        """Where something in the page's own coordinates is displayed."""
        a, b, c, d, e, f = self.matrix()
        left, bottom, right, top = rectangle
        # The matrix turns by right angles, so its inverse is its transposition.
        corners = [
            (a * (x - e) + b * (y - f), c * (x - e) + d * (y - f)) for x, y in ((left, bottom), (right, top))
        ]
        (x1, y1), (x2, y2) = corners
        return Box(min(x1, x2), self.size.height - max(y1, y2), abs(x2 - x1), abs(y2 - y1))


def frame_of(media: Rectangle | None, crop: Rectangle | None, turned: float) -> Frame:
    """As viewers do it: the crop box within the media box, the whole media box when nothing of it is left."""
    media = media if media and _is_area(media) else _A4
    inner = within(crop, media) if crop else media
    return Frame(inner if _is_area(inner) else media, int(turned // 90 * 90) % 360)


def within(inner: Rectangle, outer: Rectangle) -> Rectangle:
    return (
        max(inner[0], outer[0]),
        max(inner[1], outer[1]),
        min(inner[2], outer[2]),
        min(inner[3], outer[3]),
    )


def rectangle_of(numbers: Sequence[object]) -> Rectangle:
    """Four numbers in any order of corners. Raises DocumentDamaged when they are none."""
    try:
        x1, y1, x2, y2 = (float(str(each)) for each in numbers)
    except ValueError as error:
        raise DocumentDamaged from error
    if not all(math.isfinite(each) and abs(each) < 1e6 for each in (x1, y1, x2, y2)):
        raise DocumentDamaged
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _is_area(rectangle: Rectangle) -> bool:
    return rectangle[2] - rectangle[0] >= 1 and rectangle[3] - rectangle[1] >= 1
