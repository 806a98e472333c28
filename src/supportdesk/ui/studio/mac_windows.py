"""macOS: may the screen be captured, and where are the windows (where pyobjc's Quartz is installed)."""

import ctypes
from importlib import import_module

from supportdesk.app.annotation.geometry import Rect

_CORE_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
_ON_SCREEN_WITHOUT_DESKTOP = 1 | 16
_NORMAL_LAYER = 0


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


def mac_window_frames() -> list[Rect]:
    """Frames in points, the topmost first. Raises ImportError where Quartz is not installed."""
    quartz = import_module("Quartz")
    listed = quartz.CGWindowListCopyWindowInfo(_ON_SCREEN_WITHOUT_DESKTOP, 0) or ()
    normal = (window for window in listed if window["kCGWindowLayer"] == _NORMAL_LAYER)
    bounds = [window["kCGWindowBounds"] for window in normal]
    return [Rect(place["X"], place["Y"], place["Width"], place["Height"]) for place in bounds]
