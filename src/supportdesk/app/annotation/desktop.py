"""Monitors and what to take from them.

All rectangles are in desktop units. What these are differs: device pixels on X11 and Windows, where monitors
of different scale lie in one grid of pixels; logical points on macOS and Wayland, where they do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from supportdesk.app.annotation.geometry import Point, Rect


class CaptureMode(StrEnum):
    """REGION and WINDOW let the person choose on the screen; the others take what they say at once."""

    REGION = "region"
    WINDOW = "window"
    MONITOR = "monitor"
    ALL_MONITORS = "all-monitors"


@dataclass(frozen=True, slots=True)
class Monitor:
    """`density` is picture pixels per desktop unit, `scale` picture pixels per logical px of a widget."""

    name: str
    frame: Rect
    density: float = 1.0
    scale: float = 1.0

    def from_local(self, x: float, y: float) -> Point:
        """A place in a window that covers the monitor, in logical px, to desktop units."""
        return Point(
            self.frame.x + x * self.scale / self.density, self.frame.y + y * self.scale / self.density
        )

    def to_local(self, rect: Rect) -> Rect:
        factor = self.density / self.scale
        return Rect(
            (rect.x - self.frame.x) * factor,
            (rect.y - self.frame.y) * factor,
            rect.width * factor,
            rect.height * factor,
        )

    def to_picture(self, rect: Rect) -> Rect:
        """To the pixels of the picture taken of this monitor."""
        return Rect(
            (rect.x - self.frame.x) * self.density,
            (rect.y - self.frame.y) * self.density,
            rect.width * self.density,
            rect.height * self.density,
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """What one monitor gives: `source` in the pixels of its picture, `target` in those of the result."""

    monitor: int
    source: Rect
    target: Rect


@dataclass(frozen=True, slots=True)
class Cut:
    """The result is `width` × `height` pixels; `scale` is its pixels per logical px, the finest involved."""

    width: int
    height: int
    scale: float
    pieces: tuple[Piece, ...]


def whole_desktop(monitors: Sequence[Monitor]) -> Rect:
    return reduce(Rect.united, (monitor.frame for monitor in monitors))


def monitor_at(monitors: Sequence[Monitor], point: Point) -> int:
    """The index of the monitor with `point`, or of the nearest where none has it."""
    return min(range(len(monitors)), key=lambda index: _distance(monitors[index].frame, point))


def cut(monitors: Sequence[Monitor], region: Rect) -> Cut:
    """How to put `region` together. Where monitors of different density meet, the coarser one is enlarged."""
    shared = [monitor.frame.intersected(region) for monitor in monitors]
    touched = [index for index, part in enumerate(shared) if not part.is_empty]
    density = max((monitors[index].density for index in touched), default=1.0)
    pieces = tuple(
        Piece(
            index,
            monitors[index].to_picture(shared[index]).whole_pixels(),
            shared[index].moved(-region.x, -region.y).scaled(density).whole_pixels(),
        )
        for index in touched
    )
    size = region.scaled(density).whole_pixels()
    scale = max((monitors[index].scale for index in touched), default=1.0)
    return Cut(round(size.width), round(size.height), scale, pieces)


def _distance(frame: Rect, point: Point) -> float:
    nearest = Point(min(max(point.x, frame.x), frame.right - 1), min(max(point.y, frame.y), frame.bottom - 1))
    return nearest.distance(point)
