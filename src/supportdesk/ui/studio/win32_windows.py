"""The windows of a Windows desktop and its keyboard, asked from user32 and the compositor."""

import ctypes
import sys
from ctypes import wintypes

from supportdesk.app.annotation.geometry import Rect

assert sys.platform == "win32"  # noqa: S101 - tells type checkers that this module is for Windows alone

_EXTENDED_FRAME_BOUNDS = 9
_CLOAKED = 14
_VK_ESCAPE = 0x1B
_SHELL_CLASSES = ("Progman", "WorkerW", "Shell_TrayWnd")


def win32_window_frames() -> list[Rect]:
    """Frames without their invisible resize borders, in pixels, the topmost first."""
    frames: list[Rect] = []

    @ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
    def collect(window: int, _context: int) -> bool:
        frame = _frame(window) if _is_seen(window) else None
        if frame is not None and not frame.is_empty:
            frames.append(frame)
        return True

    if not ctypes.windll.user32.EnumWindows(collect, 0):
        raise ctypes.WinError()
    return frames


def win32_escape_is_down() -> bool:
    """Whichever program has the keyboard."""
    state_of = ctypes.windll.user32.GetAsyncKeyState
    state_of.restype = wintypes.SHORT  # negative while the key is down
    return bool(state_of(_VK_ESCAPE) < 0)


def _is_seen(window: int) -> bool:
    user32 = ctypes.windll.user32
    if not user32.IsWindowVisible(window) or user32.IsIconic(window):
        return False
    name = ctypes.create_unicode_buffer(64)
    user32.GetClassNameW(window, name, len(name))
    cloaked = wintypes.DWORD()
    ctypes.windll.dwmapi.DwmGetWindowAttribute(
        wintypes.HWND(window), _CLOAKED, ctypes.byref(cloaked), ctypes.sizeof(cloaked)
    )
    return not cloaked.value and name.value not in _SHELL_CLASSES


def _frame(window: int) -> Rect | None:
    bounds = wintypes.RECT()
    failed = ctypes.windll.dwmapi.DwmGetWindowAttribute(
        wintypes.HWND(window), _EXTENDED_FRAME_BOUNDS, ctypes.byref(bounds), ctypes.sizeof(bounds)
    )
    if failed:
        return None
    return Rect(bounds.left, bounds.top, bounds.right - bounds.left, bounds.bottom - bounds.top)
