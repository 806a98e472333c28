"""A signature on paper."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.i18n import _
from supportdesk.ui.document.signature_place import paint_mark
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box

_HEIGHT = 140


class MarkView(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Signature"))

    def show_mark(self, png: bytes) -> None:
        self._mark = QPixmap()
        if png:
            self._mark.loadFromData(png)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, theme().scaled(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, edge = QPainter(self), theme().space.l
        border = theme().document.field_border
        draw_box(
            painter, self.rect(), fill=theme().color("paper"), border=border, radius=theme().radius.field
        )
        if not self._mark.isNull():
            paint_mark(painter, self.rect().adjusted(edge, edge, -edge, -edge), self._mark)
