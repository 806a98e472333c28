"""When something counts as read: once it was before a person's eyes for a moment."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

SEEN_MS = 1000


class Attention(QObject):
    """Watches `shown`. What was only offered is not looked at until pointer or focus come to it."""

    seen = Signal()

    def __init__(self, shown: QWidget) -> None:
        super().__init__(shown)
        self._unread = False
        self._looked_at = True
        self._pointer_before = QPoint()
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(SEEN_MS)
        self._moment.timeout.connect(self._pass)
        shown.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]

    @property
    def _shown(self) -> QWidget:
        """Not kept: what outlives the widget for a moment must not hold it."""
        return cast(QWidget, self.parent())

    def begin(self, *, offered: bool) -> None:
        """Another one comes to stand there."""
        self._unread, self._looked_at = False, not offered
        self._pointer_before = QCursor.pos()
        self._moment.stop()

    def set_unread(self, unread: bool) -> None:
        self._unread = unread
        self._wait()

    def look(self) -> None:
        """The person turns to what stands there."""
        if not self._looked_at:
            self._looked_at = True
            self._wait()

    def end(self) -> None:
        self._moment.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A pointer that was there before it came says nothing."""
        entered = watched is self._shown and event.type() == QEvent.Type.Enter
        if entered and QCursor.pos() != self._pointer_before:
            self.look()
        return False

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._shown.isAncestorOf(now):
            self.look()

    def _wait(self) -> None:
        if self._unread and self._looked_at and not self._moment.isActive():
            self._moment.start()

    def _pass(self) -> None:
        if self._shown.isVisible():
            self.seen.emit()
