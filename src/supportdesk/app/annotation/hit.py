"""What lies under the pointer, and the handles by which a shape is resized."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from supportdesk.app.annotation.document import Document
from supportdesk.app.annotation.geometry import Point, Rect, distance_to_path, distance_to_segment
from supportdesk.app.annotation.shapes import (
    STROKED,
    Arrow,
    Box,
    Ellipse,
    Marker,
    Number,
    Shape,
    Text,
    bounds,
    fitted,
)

_MINIMUM_SIZE = 4.0


class Handle(Enum):
    """The value is where it sits on the bounds: 0 left or top, 0.5 middle, 1 right or bottom."""

    TOP_LEFT = (0.0, 0.0)
    TOP = (0.5, 0.0)
    TOP_RIGHT = (1.0, 0.0)
    RIGHT = (1.0, 0.5)
    BOTTOM_RIGHT = (1.0, 1.0)
    BOTTOM = (0.5, 1.0)
    BOTTOM_LEFT = (0.0, 1.0)
    LEFT = (0.0, 0.5)
    START = (-1.0, 0.0)
    END = (-1.0, 1.0)


CORNERS = (Handle.TOP_LEFT, Handle.TOP_RIGHT, Handle.BOTTOM_RIGHT, Handle.BOTTOM_LEFT)
SIDES = (Handle.TOP, Handle.RIGHT, Handle.BOTTOM, Handle.LEFT)


def frame_handles(rect: Rect, handles: tuple[Handle, ...] = CORNERS + SIDES) -> dict[Handle, Point]:
    return {
        handle: Point(rect.x + handle.value[0] * rect.width, rect.y + handle.value[1] * rect.height)
        for handle in handles
    }


def handles_of(shape: Shape) -> dict[Handle, Point]:
    """Two ends for an arrow, corners for a number, eight for a frame; a text is as large as its words."""
    if isinstance(shape, Arrow):
        return {Handle.START: shape.start, Handle.END: shape.end}
    if isinstance(shape, Text):
        return {}
    return frame_handles(bounds(shape), CORNERS if isinstance(shape, Number) else CORNERS + SIDES)


def handle_at(handles: dict[Handle, Point], point: Point, reach: float) -> Handle | None:
    """The nearest within `reach` picture pixels; corners are asked before sides where they overlap."""
    near = [(place.distance(point), handle) for handle, place in handles.items()]
    within = [(distance, handle) for distance, handle in near if distance <= reach]
    return min(within, key=lambda pair: pair[0])[1] if within else None


def shape_at(document: Document, point: Point, reach: float) -> Shape | None:
    """The topmost shape under `point`; lines may be missed by `reach` picture pixels."""
    hits = (shape for shape in reversed(document.painted) if is_hit(shape, point, reach, document.scale))
    return next(hits, None)


def is_hit(shape: Shape, point: Point, reach: float, scale: float) -> bool:
    if isinstance(shape, Arrow):
        return distance_to_segment(point, shape.start, shape.end) <= reach + shape.style.stroke * scale / 2
    if isinstance(shape, STROKED):
        width = shape.style.marker_width if isinstance(shape, Marker) else shape.style.stroke
        return distance_to_path(point, shape.path) <= reach + width * scale / 2
    if isinstance(shape, Box):
        return _near_outline(shape.rect, point, reach + shape.style.stroke * scale / 2)
    if isinstance(shape, Ellipse):
        return _near_ellipse(shape.rect, point, reach + shape.style.stroke * scale / 2)
    return shape.rect.contains(point)


def resized(shape: Shape, handle: Handle, point: Point, *, keep_ratio: bool = False) -> Shape:
    """`shape` with `handle` dragged to `point`. A number stays round; nothing gets smaller than 4 pixels."""
    if isinstance(shape, Arrow):
        return replace(shape, start=point) if handle is Handle.START else replace(shape, end=point)
    square = keep_ratio or isinstance(shape, Number)
    return fitted(shape, resized_frame(bounds(shape), handle, point, keep_ratio=square))


def resized_frame(rect: Rect, handle: Handle, point: Point, *, keep_ratio: bool = False) -> Rect:
    """`rect` with one handle dragged; the opposite side or corner stays where it is."""
    across, down = handle.value
    left = min(point.x, rect.right - _MINIMUM_SIZE) if across == 0 else rect.x
    right = max(point.x, rect.x + _MINIMUM_SIZE) if across == 1 else rect.right
    top = min(point.y, rect.bottom - _MINIMUM_SIZE) if down == 0 else rect.y
    bottom = max(point.y, rect.y + _MINIMUM_SIZE) if down == 1 else rect.bottom
    if not keep_ratio or handle not in CORNERS or rect.is_empty:
        return Rect(left, top, right - left, bottom - top)
    factor = max((right - left) / rect.width, (bottom - top) / rect.height)
    width, height = rect.width * factor, rect.height * factor
    return Rect(
        rect.right - width if across == 0 else rect.x,
        rect.bottom - height if down == 0 else rect.y,
        width,
        height,
    )


def stretched(shape: Shape, dx: float, dy: float) -> Shape:
    """`shape` with its right and bottom edge (an arrow's head) moved: resizing by the keyboard."""
    if isinstance(shape, Arrow):
        return replace(shape, end=shape.end.moved(dx, dy))
    rect = bounds(shape)
    if isinstance(shape, Number):
        dx = dy = dx or dy
    if isinstance(shape, STROKED):
        dx, dy = dx if rect.width else 0.0, dy if rect.height else 0.0
    width = max(min(rect.width, _MINIMUM_SIZE), rect.width + dx)
    height = max(min(rect.height, _MINIMUM_SIZE), rect.height + dy)
    return fitted(shape, Rect(rect.x, rect.y, width, height))


def _near_outline(rect: Rect, point: Point, reach: float) -> bool:
    if not rect.grown(reach).contains(point):
        return False
    inner = rect.grown(-reach)
    return inner.is_empty or not inner.contains(point)


def _near_ellipse(rect: Rect, point: Point, reach: float) -> bool:
    if rect.is_empty:
        return rect.grown(reach).contains(point)
    x, y = point.x - rect.centre.x, point.y - rect.centre.y
    return _inside_ellipse(x, y, rect.grown(reach)) and not _inside_ellipse(x, y, rect.grown(-reach))


def _inside_ellipse(x: float, y: float, rect: Rect) -> bool:
    if rect.width <= 0 or rect.height <= 0:
        return False
    return (2 * x / rect.width) ** 2 + (2 * y / rect.height) ** 2 <= 1
