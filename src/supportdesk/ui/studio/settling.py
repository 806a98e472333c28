"""Waits until windows that were hidden are really off the screen, so that no picture shows a half of them."""

import logging
from collections.abc import Iterable

from PySide6.QtCore import QObject, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QScreen

log = logging.getLogger(__name__)

_LONGEST_MS = 1000
_BETWEEN_LOOKS_MS = 40
_UNSEEN_MS = 250
# Elsewhere (Wayland, offscreen) a grab does not show what is on the screen, and there is nothing to compare.
_SHOWING_THE_SCREEN = ("xcb", "windows", "cocoa")


class Settling(QObject):
    """First the window manager lets go of the windows, then what they covered stops changing (fading out,
    other programs painting). After one second the wait ends whatever has happened.
    """

    settled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._areas: tuple[QRect, ...] = ()
        self._before: list[QImage] = []
        self._watch: QObject | None = None
        self._limit = QTimer(self, singleShot=True, interval=_LONGEST_MS)
        self._next_look = QTimer(self, singleShot=True, interval=_BETWEEN_LOOKS_MS)
        self._limit.timeout.connect(self._finish)
        self._next_look.timeout.connect(self._look)

    def start(self, areas: Iterable[QRect], managed: frozenset[int] = frozenset()) -> None:
        """`areas` in Qt's coordinates were covered until now; `managed` are the native ids of those of the
        windows that a window manager looks after.
        """
        self._areas = tuple(areas)
        if not self._areas:
            self._next_look.start(0)
            return
        self._limit.start()
        QGuiApplication.sync()
        if not self._watch_window_manager(managed):
            self._begin_looking()

    def stop(self) -> None:
        self._limit.stop()
        self._next_look.stop()
        if self._watch is not None:
            self._watch.deleteLater()
            self._watch = None

    def _watch_window_manager(self, windows: frozenset[int]) -> bool:
        if not windows or QGuiApplication.platformName() != "xcb":
            return False
        try:
            from supportdesk.ui.studio.x11_watch import X11UnmapWatch

            watch = X11UnmapWatch(windows, self)
        except (ImportError, OSError) as error:
            log.info("the window manager cannot be watched: %s", error)
            return False
        self._watch = watch
        watch.gone.connect(self._begin_looking)
        watch.start()
        return True

    @Slot()
    def _begin_looking(self) -> None:
        if QGuiApplication.platformName() not in _SHOWING_THE_SCREEN:
            self._areas = ()
            self._next_look.start(_UNSEEN_MS)
            return
        self._before = self._seen()
        self._next_look.start()

    @Slot()
    def _look(self) -> None:
        seen = self._seen()
        if seen == self._before:
            self._finish()
        else:
            self._before = seen
            self._next_look.start()

    def _seen(self) -> list[QImage]:
        return [
            _grabbed(screen, area)
            for screen in QGuiApplication.screens()
            for area in (window.intersected(screen.geometry()) for window in self._areas)
            if not area.isEmpty()
        ]

    @Slot()
    def _finish(self) -> None:
        self.stop()
        self.settled.emit()


def _grabbed(screen: QScreen, area: QRect) -> QImage:
    place = area.topLeft() - screen.geometry().topLeft()
    return screen.grabWindow(0, place.x(), place.y(), area.width(), area.height()).toImage()
