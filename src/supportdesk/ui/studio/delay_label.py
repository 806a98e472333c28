"""The word before the delays on the help panel, with a timer drawn beside it."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.studio.night import night
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_icon, draw_text, visual_rect


class DelayLabel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme().font()).horizontalAdvance(self._text) + 1
        return QSize(theme().icon_size.control + theme().space.s + words, theme().height.button_small)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = theme().icon_size.control
        icon = QRect(0, (self.height() - edge) // 2, edge, edge)
        words = self.rect().adjusted(edge + theme().space.s, 0, 0, 0)
        direction = self.layoutDirection()
        draw_icon(painter, visual_rect(icon, self.rect(), direction), "timer", night("muted"))
        where = visual_rect(words, self.rect(), direction)
        draw_text(painter, where, self._text, theme().font(), night("text"), direction=direction)
