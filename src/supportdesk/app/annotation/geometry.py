"""Points and rectangles of the annotation document, in picture pixels (x right, y down)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float

    def moved(self, dx: float, dy: float) -> Point:
        return Point(self.x + dx, self.y + dy)

    def distance(self, other: Point) -> float:
        return math.hypot(self.x - other.x, self.y - other.y)


@dataclass(frozen=True, slots=True)
class Rect:
    """Width and height are never negative; build it with `spanning` from any two corners."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def spanning(cls, first: Point, second: Point) -> Rect:
        return cls(
            min(first.x, second.x),
            min(first.y, second.y),
            abs(first.x - second.x),
            abs(first.y - second.y),
        )

    @classmethod
    def around(cls, centre: Point, width: float, height: float) -> Rect:
        return cls(centre.x - width / 2, centre.y - height / 2, width, height)

    @classmethod
    def bounding(cls, points: Iterable[Point]) -> Rect:
        """The smallest rectangle with all of `points`, of which there must be one at least."""
        xs, ys = zip(*((point.x, point.y) for point in points), strict=True)
        return cls(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    @property
    def is_empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    def contains(self, point: Point) -> bool:
        return self.x <= point.x <= self.right and self.y <= point.y <= self.bottom

    def grown(self, margin: float) -> Rect:
        return Rect(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def moved(self, dx: float, dy: float) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def scaled(self, factor: float) -> Rect:
        return Rect(self.x * factor, self.y * factor, self.width * factor, self.height * factor)

    def intersected(self, other: Rect) -> Rect:
        """The part both share; empty (zero wide or high) when they do not meet."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(left, top, max(0.0, right - left), max(0.0, bottom - top))

    def united(self, other: Rect) -> Rect:
        left, top = min(self.x, other.x), min(self.y, other.y)
        return Rect(left, top, max(self.right, other.right) - left, max(self.bottom, other.bottom) - top)

    def kept_inside(self, outer: Rect) -> Rect:
        """The same size shifted into `outer`; what is larger than `outer` keeps to its top left."""
        x = max(outer.x, min(self.x, outer.right - self.width))
        y = max(outer.y, min(self.y, outer.bottom - self.height))
        return Rect(x, y, self.width, self.height)

    def whole_pixels(self) -> Rect:
        """Grown outwards to whole pixels, so that no pixel is covered only in part."""
        left, top = math.floor(self.x), math.floor(self.y)
        return Rect(left, top, math.ceil(self.right) - left, math.ceil(self.bottom) - top)


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    dx, dy = end.x - start.x, end.y - start.y
    length_squared = dx * dx + dy * dy
    if length_squared == 0:
        return point.distance(start)
    along = ((point.x - start.x) * dx + (point.y - start.y) * dy) / length_squared
    along = max(0.0, min(1.0, along))
    return point.distance(Point(start.x + along * dx, start.y + along * dy))


def distance_to_path(point: Point, path: tuple[Point, ...]) -> float:
    if len(path) == 1:
        return point.distance(path[0])
    return min(distance_to_segment(point, a, b) for a, b in pairwise(path))
