"""One of the five line widths."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.studio.choice_button import ChoiceButton
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box

_LENGTH = 18


class WeightButton(ChoiceButton):
    """A radio button that shows a line of `stroke` px."""

    corner = 6

    def __init__(self, stroke: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stroke = stroke
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        edge = theme().height.icon_button
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme()
        if self.isChecked():
            border = look.color("accentText") if look.is_high_contrast else None
            draw_box(
                painter, self.rect(), fill=look.color("accentSoft"), border=border, radius=look.radius.button
            )
        elif self.is_hovered:
            draw_box(painter, self.rect(), fill=look.color("controlHover"), radius=look.radius.button)
        line = QRectF(0, 0, look.scaled(_LENGTH), self._stroke)
        line.moveCenter(QRectF(self.rect()).center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._stroke > 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accentText" if self.isChecked() else "muted"))
        corner = min(self._stroke / 2, look.radius.tag)
        painter.drawRoundedRect(line, corner, corner)
