"""Choosing a part of the desktop by pointer or keys; in desktop units, see `desktop`.

A drag makes a region that stays and can be adjusted. A click takes the window under the pointer.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from supportdesk.app.annotation.desktop import Monitor, monitor_at, whole_desktop
from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.app.annotation.hit import Handle, frame_handles, handle_at, resized_frame

_SLIP = 4.0
_REACH = 10.0


class _Doing(Enum):
    NOTHING = auto()
    PRESSED = auto()
    DRAWING = auto()
    MOVING = auto()
    RESIZING = auto()


class RegionPicker:
    """`windows` are the frames of other programs' windows, the topmost first; empty where unknown."""

    def __init__(self, monitors: Sequence[Monitor], windows: Sequence[Rect], pointer: Point) -> None:
        self.monitors = tuple(monitors)
        self.desktop = whole_desktop(self.monitors)
        self.windows = tuple(
            part for window in windows if not (part := window.intersected(self.desktop)).is_empty
        )
        self.pointer = pointer
        self.region: Rect | None = None
        self._doing = _Doing.NOTHING
        self._pressed_at = pointer
        self._grabbed: Rect | None = None
        self._handle: Handle | None = None

    @property
    def is_dragging(self) -> bool:
        return self._doing in (_Doing.DRAWING, _Doing.MOVING, _Doing.RESIZING)

    @property
    def window_under(self) -> Rect | None:
        """The window a click would take; none while there is a region to adjust."""
        if self.region is not None or self.is_dragging:
            return None
        return next((window for window in self.windows if window.contains(self.pointer)), None)

    @property
    def seen(self) -> Rect | None:
        """What to show undimmed."""
        return self.region or self.window_under

    @property
    def monitor(self) -> Rect:
        """The whole monitor under the pointer."""
        return self.monitors[monitor_at(self.monitors, self.pointer)].frame

    def handle_under(self, point: Point) -> Handle | None:
        return handle_at(frame_handles(self.region), point, self._reach) if self.region else None

    # Pointer

    def press(self, point: Point) -> None:
        self.pointer = self._pressed_at = point
        self._grabbed = self.region
        self._handle = self.handle_under(point)
        if self._handle is not None:
            self._doing = _Doing.RESIZING
        elif self.region is not None and self.region.contains(point):
            self._doing = _Doing.MOVING
        else:
            self._doing = _Doing.PRESSED

    def move(self, point: Point) -> None:
        self.pointer = point
        if self._doing is _Doing.PRESSED and self._pressed_at.distance(point) > _SLIP * self._unit:
            self._doing = _Doing.DRAWING
        if self._doing is _Doing.DRAWING:
            self.region = self._drawn(point)
        elif self._doing is _Doing.MOVING and self._grabbed is not None:
            dx, dy = point.x - self._pressed_at.x, point.y - self._pressed_at.y
            self.region = self._grabbed.moved(dx, dy).kept_inside(self.desktop)
        elif self._doing is _Doing.RESIZING and self._grabbed is not None and self._handle is not None:
            self.region = resized_frame(self._grabbed, self._handle, point).intersected(self.desktop)

    def release(self) -> Rect | None:
        """The window that a click took; None after a drag, and a click beside the region drops the region."""
        doing, self._doing = self._doing, _Doing.NOTHING
        if doing is not _Doing.PRESSED:
            return None
        if self.region is not None:
            self.region = None
            return None
        return self.window_under

    # Keys

    def nudge(self, dx: float, dy: float) -> None:
        """Move the region; where there is none, begin one in the middle of the monitor under the pointer."""
        if self.region is None:
            self.region = self._first_region()
        else:
            self.region = self.region.moved(dx, dy).kept_inside(self.desktop)

    def stretch(self, dx: float, dy: float) -> None:
        """Move the right and bottom edge of the region."""
        if self.region is None:
            self.region = self._first_region()
            return
        corner = Point(self.region.right + dx, self.region.bottom + dy)
        self.region = resized_frame(self.region, Handle.BOTTOM_RIGHT, corner).intersected(self.desktop)

    def select_window(self, step: int) -> Rect | None:
        """Make the next (1) or previous (-1) window the region, the topmost first."""
        if not self.windows:
            return None
        here = self.windows.index(self.region) if self.region in self.windows else (-1 if step > 0 else 0)
        self.region = self.windows[(here + step) % len(self.windows)]
        return self.region

    @property
    def _unit(self) -> float:
        """Desktop units per logical px where the pointer is."""
        monitor = self.monitors[monitor_at(self.monitors, self.pointer)]
        return monitor.scale / monitor.density

    @property
    def _reach(self) -> float:
        return _REACH * self._unit

    def _drawn(self, point: Point) -> Rect:
        """At least one pixel, and up to the edge of the desktop when the pointer is stopped by it."""
        start, end = self._on_desktop(self._pressed_at), self._on_desktop(point)
        rect = Rect.spanning(start, end).whole_pixels()
        at_least = Rect(rect.x, rect.y, max(1.0, rect.width), max(1.0, rect.height))
        return at_least.kept_inside(self.desktop)

    def _on_desktop(self, point: Point) -> Point:
        """A pointer cannot go beyond the last pixel; there it means the edge behind it."""
        desktop, unit = self.desktop, self._unit
        x = desktop.right if point.x >= desktop.right - unit else max(desktop.x, point.x)
        y = desktop.bottom if point.y >= desktop.bottom - unit else max(desktop.y, point.y)
        return Point(x, y)

    def _first_region(self) -> Rect:
        seen = self.monitor
        return Rect.around(seen.centre, seen.width / 2, seen.height / 2).whole_pixels()
