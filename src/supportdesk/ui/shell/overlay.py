"""A panel over the dimmed window: palette and questions. No window of its own, so nothing can hide it."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from supportdesk.ui.theme import theme


class Overlay(QWidget):
    """Covers `window` while it is shown. Esc and a click beside the panel close it; the focus stays inside
    and returns to where it was."""

    closed = Signal()

    def __init__(self, window: QWidget, *, width: int, top: int) -> None:
        super().__init__(window)
        self._window = window
        self._width = width
        self._top = top
        self._focus_before: QWidget | None = None
        self.panel = QFrame(self)
        self.panel.setProperty("kind", "panel")
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        self._focus_before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()

    def close_panel(self) -> None:
        if not self.isVisible():
            return
        self.hide()
        before, self._focus_before = self._focus_before, None
        if before is not None and shiboken6.isValid(before):  # what is behind may have been filled anew
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            event.accept()  # nothing behind the scrim hears the keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_panel()

    def focusNextPrevChild(self, forward: bool) -> bool:
        chain = [child for child in self.panel.findChildren(QWidget) if _takes_focus(child)]
        if not chain:
            return False
        focused = QApplication.focusWidget()
        at = chain.index(focused) if focused in chain else -1
        chain[(at + (1 if forward else -1)) % len(chain)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        scrim: QColor = theme().color("scrim")
        painter.fillRect(event.rect(), scrim)

    def _place(self) -> None:
        window = self._window
        self.setGeometry(window.rect())
        width = min(theme().scaled(self._width), window.width() - 2 * theme().space.xl)
        self.panel.setFixedWidth(width)
        self.panel.setMaximumHeight(window.height() - 2 * theme().space.xl)
        if (layout := self.panel.layout()) is not None:
            layout.activate()
        grows = self.panel.hasHeightForWidth()  # texts that wrap
        height = self.panel.heightForWidth(width) if grows else self.panel.sizeHint().height()
        self.panel.resize(width, min(height, self.panel.maximumHeight()))
        top = min(self._top, max(theme().space.xl, (window.height() - self.panel.height()) // 2))
        self.panel.move(QPoint((window.width() - width) // 2, top))


def _takes_focus(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.isVisible() and widget.isEnabled()
