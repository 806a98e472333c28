"""Esc, heard while another program has the keyboard; that one hears it too, for only the state is asked."""

import logging
import sys
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

_LOOK_EVERY_MS = 20
log = logging.getLogger(__name__)


class EscapeKey(QObject):
    """`pressed` comes once; a key that was down at the start has to be let go first."""

    pressed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_down: Callable[[], bool] | None = None
        self._was_down = True
        self._look_again = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look_again.timeout.connect(self._look)

    @property
    def is_heard(self) -> bool:
        """From `start` on; False where the system does not tell, as on Wayland."""
        return self._is_down is not None

    def start(self) -> None:
        self._is_down, self._was_down = reader(), True
        if self.is_heard:
            self._look_again.start()

    def stop(self) -> None:
        self._look_again.stop()

    @Slot()
    def _look(self) -> None:
        is_down = self._is_down is not None and self._is_down()
        before, self._was_down = self._was_down, is_down
        if is_down and not before:
            self.stop()
            self.pressed.emit()


@cache
def reader() -> Callable[[], bool] | None:
    """Asks the system whether the key is down; None where it does not tell. One for the whole process."""
    try:
        return _reader_of_system()
    except (ImportError, OSError) as error:
        log.info("Esc is not heard during the countdown: %s", error)
        return None


def _reader_of_system() -> Callable[[], bool] | None:
    platform = QGuiApplication.platformName()
    if platform == "xcb":
        from supportdesk.ui.studio.x11_escape import X11Escape

        return X11Escape().is_down
    if platform == "windows" and sys.platform == "win32":
        from supportdesk.ui.studio.win32_windows import win32_escape_is_down

        return win32_escape_is_down
    if platform == "cocoa":
        from supportdesk.ui.studio.mac_windows import mac_escape_is_down

        return mac_escape_is_down
    return None
