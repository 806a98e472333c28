"""A key in a little box."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text

_PADDING = 7


class KeyCap(QWidget):
    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return keycap_size(self._text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        border = "muted" if theme().is_high_contrast else "hairline"
        paint_keycap(QPainter(self), self.rect(), self._text, fill="sunken", border=border)


def keycap_size(text: str) -> QSize:
    width = QFontMetrics(theme().font("caption")).horizontalAdvance(text)
    return QSize(width + 2 * _PADDING, theme().height.badge)


def paint_keycap(
    painter: QPainter, rect: QRect, text: str, *, fill: str = "", border: str = "hairline"
) -> None:
    ground = theme().color(fill) if fill else None
    draw_box(painter, rect, fill=ground, border=theme().color(border), radius=theme().radius.tag)
    font, ink = theme().font("caption"), theme().color("muted")
    draw_text(painter, rect, text, font, ink, align=Qt.AlignmentFlag.AlignHCenter)
