"""One of the five colours to draw with."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.app.annotation.shapes import Ink
from supportdesk.ui.studio.choice_button import ChoiceButton
from supportdesk.ui.studio.inks import ink_colour
from supportdesk.ui.theme import theme

_DOT = 20
_RING = 2


class InkSwatch(ChoiceButton):
    """A radio button; the chosen one has a ring. A thin line keeps a dark dot visible on a dark bar."""

    corner = 16

    def __init__(self, ink: Ink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        edge = theme().height.icon_button
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        radius = theme().scaled(_DOT) / 2
        painter.setBrush(ink_colour(self._ink))
        painter.setPen(QPen(theme().color("controlBorder"), 1) if theme().is_dark else Qt.PenStyle.NoPen)
        painter.drawEllipse(middle, radius, radius)
        if self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("accentText"), _RING))
            ring = min(self.width(), self.height()) / 2 - _RING / 2
            painter.drawEllipse(middle, ring, ring)
