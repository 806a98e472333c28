"""macOS: may the screen be captured, is Esc down, where are the windows (with pyobjc's Quartz alone)."""

import ctypes
from importlib import import_module

from supportdesk.app.annotation.geometry import Rect

_CORE_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
_ON_SCREEN_WITHOUT_DESKTOP = 1 | 16
_NORMAL_LAYER = 0
_COMBINED_SESSION_STATE, _KEY_ESCAPE = 0, 53


def may_capture_screen() -> bool:
    """Without this permission macOS silently delivers the wallpaper alone. Asks the person the first time.

    Raises OSError on a system without CoreGraphics.
    """
    graphics = ctypes.CDLL(_CORE_GRAPHICS)
    for question in (graphics.CGPreflightScreenCaptureAccess, graphics.CGRequestScreenCaptureAccess):
        question.restype = ctypes.c_bool
        if question():
            return True
    return False


def mac_escape_is_down() -> bool:
    """Whichever program has the keyboard. Raises OSError on a system without CoreGraphics."""
    is_down = ctypes.CDLL(_CORE_GRAPHICS).CGEventSourceKeyState
    is_down.argtypes, is_down.restype = (ctypes.c_int32, ctypes.c_uint16), ctypes.c_bool
    return bool(is_down(_COMBINED_SESSION_STATE, _KEY_ESCAPE))


def mac_window_frames() -> list[Rect]:
    """Frames in points, the topmost first. Raises ImportError where Quartz is not installed."""
    quartz = import_module("Quartz")
    listed = quartz.CGWindowListCopyWindowInfo(_ON_SCREEN_WITHOUT_DESKTOP, 0) or ()
    normal = (window for window in listed if window["kCGWindowLayer"] == _NORMAL_LAYER)
    bounds = [window["kCGWindowBounds"] for window in normal]
    return [Rect(place["X"], place["Y"], place["Width"], place["Height"]) for place in bounds]
