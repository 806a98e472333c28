"""What can be drawn on a picture: frozen values; a change makes a new one with the same id."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from supportdesk.app.annotation.geometry import Point, Rect


class Ink(StrEnum):
    """The five colours; the values are the keys of `annotation` in the theme's tokens."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    BLACK = "black"


STROKE_WIDTHS = (1, 2, 4, 6, 10)
"""The five widths in logical px, as in the theme's tokens; a `Style` holds an index into them."""

_MARKER_WIDTHS = (8, 12, 18, 26, 36)
_NUMBER_DIAMETERS = (22, 26, 32, 40, 52)
_TEXT_SIZES = (12, 13, 14, 18, 24)
_TEXT_BORDERS = (1, 2, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Style:
    """Colour and width. `weight` is 0 (thinnest) to 4; lengths are in logical px of the captured screen."""

    ink: Ink = Ink.RED
    weight: int = 2

    @property
    def stroke(self) -> int:
        return STROKE_WIDTHS[self.weight]

    @property
    def marker_width(self) -> int:
        return _MARKER_WIDTHS[self.weight]

    @property
    def number_diameter(self) -> int:
        return _NUMBER_DIAMETERS[self.weight]

    @property
    def text_size(self) -> int:
        return _TEXT_SIZES[self.weight]

    @property
    def text_border(self) -> int:
        return _TEXT_BORDERS[self.weight]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From `start` to the head at `end`."""

    id: int
    style: Style
    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Box:
    id: int
    style: Style
    rect: Rect


@dataclass(frozen=True, slots=True)
class Ellipse:
    id: int
    style: Style
    rect: Rect


@dataclass(frozen=True, slots=True)
class Number:
    """A numbered step. Its number is its place among the numbers of the document, so none is ever missing."""

    id: int
    style: Style
    rect: Rect


@dataclass(frozen=True, slots=True)
class Text:
    """A label on white. `rect` was measured by whoever has the font and holds the text with its padding."""

    id: int
    style: Style
    rect: Rect
    text: str


@dataclass(frozen=True, slots=True)
class Pen:
    id: int
    style: Style
    path: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """A highlighter: what lies under it stays readable."""

    id: int
    style: Style
    path: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class BlackOut:
    """Destroys what it covers at export. It has no colour, and nothing is ever drawn above it."""

    id: int
    rect: Rect


Framed: TypeAlias = Box | Ellipse | Number | Text | BlackOut
Stroked: TypeAlias = Pen | Marker
Shape: TypeAlias = Arrow | Framed | Stroked
STROKED = (Pen, Marker)


def bounds(shape: Shape) -> Rect:
    """The geometry without the thickness of its line."""
    if isinstance(shape, Arrow):
        return Rect.spanning(shape.start, shape.end)
    if isinstance(shape, STROKED):
        return Rect.bounding(shape.path)
    return shape.rect


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    if isinstance(shape, Arrow):
        return replace(shape, start=shape.start.moved(dx, dy), end=shape.end.moved(dx, dy))
    if isinstance(shape, STROKED):
        return replace(shape, path=tuple(point.moved(dx, dy) for point in shape.path))
    return replace(shape, rect=shape.rect.moved(dx, dy))


def fitted(shape: Shape, target: Rect) -> Shape:
    """Stretched so that its bounds become `target`; an arrow and a path keep their direction."""
    if isinstance(shape, Arrow):
        source = bounds(shape)
        return replace(
            shape, start=_mapped(shape.start, source, target), end=_mapped(shape.end, source, target)
        )
    if isinstance(shape, STROKED):
        source = bounds(shape)
        return replace(shape, path=tuple(_mapped(point, source, target) for point in shape.path))
    return replace(shape, rect=target)


def restyled(shape: Shape, style: Style) -> Shape:
    """In another colour or width; a black-out has neither and stays as it is.

    A number grows and shrinks with its width around its centre. A text must be measured again by the caller.
    """
    if isinstance(shape, BlackOut):
        return shape
    if isinstance(shape, Number) and style.weight != shape.style.weight:
        factor = style.number_diameter / shape.style.number_diameter
        frame = Rect.around(shape.rect.centre, shape.rect.width * factor, shape.rect.height * factor)
        return replace(shape, style=style, rect=frame)
    return replace(shape, style=style)


def _mapped(point: Point, source: Rect, target: Rect) -> Point:
    across = (point.x - source.x) / source.width if source.width else 0.0
    down = (point.y - source.y) / source.height if source.height else 0.0
    return Point(target.x + across * target.width, target.y + down * target.height)
