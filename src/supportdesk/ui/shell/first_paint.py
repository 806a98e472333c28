"""Tells when a window has been painted for the first time, so that heavier work begins after it."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

_AT_THE_LATEST_MS = 500


class FirstPaint(QObject):
    """Emits once: after the first painting, or soon where a window is not painted (started minimised)."""

    reached = Signal()

    def __init__(self, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QWidget | None = window
        window.installEventFilter(self)
        QTimer.singleShot(_AT_THE_LATEST_MS, self._tell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._tell)
        return super().eventFilter(watched, event)

    @Slot()
    def _tell(self) -> None:
        window, self._window = self._window, None
        if window is not None:
            window.removeEventFilter(self)
            self.reached.emit()
