"""The windows of an X11 desktop by its window manager's list (EWMH)."""

import struct
from contextlib import closing
from typing import Any

import xcffib
from xcffib import xproto

from supportdesk.app.annotation.geometry import Rect

_SKIPPED_TYPES = (
    "_NET_WM_WINDOW_TYPE_DESKTOP",
    "_NET_WM_WINDOW_TYPE_DOCK",
    "_NET_WM_WINDOW_TYPE_NOTIFICATION",
)
_LONGEST_LIST = 4096


def x11_window_frames() -> list[Rect]:
    """Frames with their decorations but without drawn shadows, in pixels, the topmost first.

    Empty where no window manager keeps a list. Raises OSError when the display cannot be reached.
    """
    with closing(_Display()) as display:
        return display.frames()


def x11_listed_windows() -> frozenset[int]:
    """Ids of the windows the window manager has on the screen. Raises OSError."""
    with closing(_Display()) as display:
        return frozenset(display.listed())


def connect() -> Any:
    """A connection of our own beside Qt's; the library has no types. Raises OSError."""
    try:
        return xcffib.connect()  # type: ignore[no-untyped-call]
    except xcffib.ConnectionException as error:
        raise OSError(str(error)) from error


class _Display:
    def __init__(self) -> None:
        self._connection = connect()
        self._core = self._connection.core
        self._root = self._connection.get_setup().roots[self._connection.pref_screen].root
        self._atoms: dict[str, int] = {}

    def close(self) -> None:
        self._connection.disconnect()

    def frames(self) -> list[Rect]:
        topmost_first = reversed(self.listed())
        return [frame for window in topmost_first if (frame := self._frame_if_seen(window)) is not None]

    def listed(self) -> tuple[int, ...]:
        """In stacking order, the lowest first."""
        return self._numbers(self._root, "_NET_CLIENT_LIST_STACKING") or self._numbers(
            self._root, "_NET_CLIENT_LIST"
        )

    def _frame_if_seen(self, window: int) -> Rect | None:
        """None for what is hidden, belongs to the desktop, or was closed while we were asking."""
        try:
            return self._frame(window) if self._is_seen(window) else None
        except (xproto.WindowError, xproto.DrawableError):
            return None

    def _is_seen(self, window: int) -> bool:
        state = self._core.GetWindowAttributes(window).reply().map_state
        kinds = self._numbers(window, "_NET_WM_WINDOW_TYPE")
        skipped = {self._atom(name) for name in _SKIPPED_TYPES}
        return bool(state == xproto.MapState.Viewable and skipped.isdisjoint(kinds))

    def _frame(self, window: int) -> Rect:
        size = self._core.GetGeometry(window).reply()
        place = self._core.TranslateCoordinates(window, self._root, 0, 0).reply()
        left, right, top, bottom = self._margins(window)
        return Rect(
            place.dst_x - left, place.dst_y - top, size.width + left + right, size.height + top + bottom
        )

    def _margins(self, window: int) -> tuple[int, int, int, int]:
        """Left, right, top, bottom: what a window manager adds, or a window's own shadow taken away."""
        shadow = self._numbers(window, "_GTK_FRAME_EXTENTS")
        if len(shadow) == 4:
            return -shadow[0], -shadow[1], -shadow[2], -shadow[3]
        added = self._numbers(window, "_NET_FRAME_EXTENTS")
        return (added[0], added[1], added[2], added[3]) if len(added) == 4 else (0, 0, 0, 0)

    def _numbers(self, window: int, name: str) -> tuple[int, ...]:
        reply = self._core.GetProperty(
            False, window, self._atom(name), xproto.GetPropertyType.Any, 0, _LONGEST_LIST
        ).reply()
        data = reply.value.buf() if reply.format == 32 else b""
        return struct.unpack(f"={len(data) // 4}I", data)

    def _atom(self, name: str) -> int:
        if name not in self._atoms:
            self._atoms[name] = self._core.InternAtom(False, len(name), name).reply().atom
        return self._atoms[name]
