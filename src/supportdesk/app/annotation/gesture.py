"""One press-drag-release on the picture: what it will have done when the button is let go.

A gesture never touches the history; it proposes a command for where the pointer is now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from supportdesk.app.annotation.document import Add, Change, Command, Crop
from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.app.annotation.hit import Handle, resized, resized_frame
from supportdesk.app.annotation.shapes import Shape, Style, moved
from supportdesk.app.annotation.tools import FREEHAND, Tool, dragged

_SMALLEST_DRAG = 3.0


class Gesture(Protocol):
    """`even` is held Shift: square, round, straight, or in proportion."""

    def to(self, point: Point, *, even: bool) -> None: ...

    @property
    def command(self) -> Command | None:
        """What letting go now would do; None for a drag too small to be meant."""
        ...


@dataclass(slots=True)
class Drawing:
    """Draws a new shape. `unit` is picture pixels per logical px."""

    tool: Tool
    shape_id: int
    style: Style
    unit: float
    path: list[Point]
    even: bool = False

    def to(self, point: Point, *, even: bool) -> None:
        self.even = even
        if point != self.path[-1]:
            self.path.append(point)

    @property
    def command(self) -> Command | None:
        extent = Rect.bounding(self.path)
        if max(extent.width, extent.height) < _SMALLEST_DRAG * self.unit:
            return None
        if self.tool not in FREEHAND and self.path[0] == self.path[-1]:
            return None
        shape = dragged(self.tool, self.shape_id, self.style, tuple(self.path), even=self.even)
        return None if shape is None else Add(shape)


@dataclass(slots=True)
class Moving:
    shape: Shape
    start: Point
    now: Point = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.start

    def to(self, point: Point, *, even: bool) -> None:
        dx, dy = point.x - self.start.x, point.y - self.start.y
        if even:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        self.now = self.start.moved(dx, dy)

    @property
    def command(self) -> Command | None:
        dx, dy = self.now.x - self.start.x, self.now.y - self.start.y
        return Change(moved(self.shape, dx, dy)) if dx or dy else None


@dataclass(slots=True)
class Resizing:
    shape: Shape
    handle: Handle
    now: Point | None = None
    even: bool = False

    def to(self, point: Point, *, even: bool) -> None:
        self.now, self.even = point, even

    @property
    def command(self) -> Command | None:
        if self.now is None:
            return None
        return Change(resized(self.shape, self.handle, self.now, keep_ratio=self.even))


@dataclass(slots=True)
class Cropping:
    """A new crop by dragging, the old one moved, or one of its handles dragged."""

    start: Point
    unit: float
    frame: Rect | None = None
    handle: Handle | None = None
    now: Point = field(init=False)
    even: bool = False

    def __post_init__(self) -> None:
        self.now = self.start

    def to(self, point: Point, *, even: bool) -> None:
        self.now, self.even = point, even

    @property
    def command(self) -> Command | None:
        if self.frame is not None and self.handle is not None:
            return Crop(resized_frame(self.frame, self.handle, self.now, keep_ratio=self.even))
        if self.frame is not None:
            return Crop(self.frame.moved(self.now.x - self.start.x, self.now.y - self.start.y))
        rect = Rect.spanning(self.start, self.now)
        return Crop(rect) if min(rect.width, rect.height) >= _SMALLEST_DRAG * self.unit else None
