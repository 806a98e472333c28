"""A list and what is chosen in it side by side, a hairline between them that can be taken hold of."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from supportdesk.ui.theme import theme

LIST = 424
LIST_LEAST = 320
DETAIL_LEAST = 480


class _Handle(QSplitterHandle):
    """Looks one pixel wide, is eight."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.width() // 2
        painter.fillRect(QRect(0, 0, middle, self.height()), theme().color("surface"))
        painter.fillRect(QRect(middle, 0, 1, self.height()), theme().color("hairline"))
        painter.fillRect(QRect(middle + 1, 0, self.width(), self.height()), theme().color("canvas"))

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

    def mark_placed(self) -> None:
        """The sizes come from an earlier time."""
        self._placed = True
