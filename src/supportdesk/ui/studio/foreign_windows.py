"""Where the windows of other programs are, so that a click can take one. Qt itself does not know.

Each system is asked by its own module, loaded when it is needed. Where none answers, windows cannot be chosen
and nothing is offered for them.
"""

import logging
import sys

from PySide6.QtGui import QGuiApplication

from supportdesk.app.annotation.geometry import Rect

log = logging.getLogger(__name__)


def window_frames() -> list[Rect]:
    """Frames in desktop units, the topmost first; empty where the system does not tell."""
    try:
        return _ask_system()
    except (ImportError, OSError) as error:
        log.info("windows of other programs are not listed: %s", error)
        return []


def _ask_system() -> list[Rect]:
    platform = QGuiApplication.platformName()
    if platform == "xcb":
        from supportdesk.ui.studio.x11_windows import x11_window_frames

        return x11_window_frames()
    if platform == "windows" and sys.platform == "win32":
        from supportdesk.ui.studio.win32_windows import win32_window_frames

        return win32_window_frames()
    if platform == "cocoa":
        from supportdesk.ui.studio.mac_windows import mac_window_frames

        return mac_window_frames()
    return []
