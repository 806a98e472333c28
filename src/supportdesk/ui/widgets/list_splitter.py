"""A list and what is chosen in it side by side, a hairline between them that can be taken hold of.

Qt widens the grip of a handle of one pixel by itself.
"""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from supportdesk.ui.theme import theme

LIST = 424
LIST_LEAST = 320
DETAIL_LEAST = 480


class _Handle(QSplitterHandle):
    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.contentsRect(), theme().color("hairline"))

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        splitter = self.splitter()
        if isinstance(splitter, ListSplitter):
            splitter.restore()


class ListSplitter(QSplitter):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self._placed = False

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)

    def restore(self) -> None:
        """The width the list has at first."""
        wanted = theme().scaled(LIST)
        self.setSizes([wanted, max(0, self.width() - wanted)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._placed and self.width() > LIST:
            self._placed = True
            self.restore()

    def kept(self) -> str:
        """The sizes as text, for the settings."""
        return bytes(self.saveState().toBase64().data()).decode("ascii")

    def restore_kept(self, kept: str) -> None:
        """`kept` from an earlier time; anything else leaves the first sizes."""
        state = QByteArray.fromBase64(kept.encode("ascii", "ignore"))
        self._placed = bool(kept) and self.restoreState(state)
