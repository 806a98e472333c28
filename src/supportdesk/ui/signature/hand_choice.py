"""One hand to choose: the name as it would be written in it."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from supportdesk.i18n import _
from supportdesk.ui.signature.mark import INK
from supportdesk.ui.signature.script_fonts import Hand
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box

_HEIGHT, _LETTERS, _FINE = 64, 30, 120


class HandChoice(QRadioButton):
    def __init__(self, hand: Hand, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hand, self._number, self._name = hand, number, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def show_name(self, name: str) -> None:
        self._name = name
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Handwriting {n}").format(n=self._number))

    def image(self) -> QImage:
        font = self._hand.font(_FINE)
        across = QFontMetrics(font).boundingRect(self._name).adjusted(-_FINE, -_FINE, _FINE, _FINE)
        image = QImage(across.size(), QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(INK)
        painter.drawText(-across.topLeft(), self._name)
        painter.end()
        return image

    def sizeHint(self) -> QSize:
        return QSize(0, theme().scaled(_HEIGHT))

    def hitButton(self, _place: QPoint) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen = self.isChecked()
        draw_box(
            painter,
            self.rect(),
            fill=theme().color("paper"),
            border=theme().color("accentText") if chosen else theme().document.field_border,
            radius=theme().radius.field,
            width=2 if chosen else 1,
        )
        font = self._hand.font(theme().scaled(_LETTERS))
        painter.setFont(font)
        painter.setPen(INK)
        words = self.rect().adjusted(theme().space.l, 0, -theme().space.l, 0)
        shown = QFontMetrics(font).elidedText(self._name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
