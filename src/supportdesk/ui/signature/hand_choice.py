"""One hand to choose: the name as it would be written in it."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from supportdesk.i18n import _
from supportdesk.ui.signature.hands import Hand
from supportdesk.ui.signature.mark import INK
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, visual_rect

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
        ink = self._hand.path(self._name, _FINE)
        across = ink.boundingRect().toAlignedRect().adjusted(-1, -1, 1, 1)
        image = QImage(across.size(), QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(ink.translated(-across.topLeft()), INK)
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
        space, edge = theme().space, theme().icon_size.control
        words = self.rect().adjusted(space.l, space.s, -2 * space.l - edge, -space.s)
        mark = QRect(words.right() + 1 + space.l, words.top(), edge, words.height())
        if chosen:  # the border alone is hardly seen on paper in the dark
            draw_icon(painter, visual_rect(mark, self.rect(), self.layoutDirection()), "circle-check", INK)
        self._write(painter, QRectF(visual_rect(words, self.rect(), self.layoutDirection())))

    def _write(self, painter: QPainter, room: QRectF) -> None:
        """As large as it fits."""
        ink = self._hand.path(self._name, theme().scaled(_LETTERS))
        around = ink.boundingRect()
        if around.isEmpty():
            return
        scale = min(1.0, room.width() / around.width(), room.height() / around.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(room.left(), room.center().y())
        painter.scale(scale, scale)
        painter.fillPath(ink.translated(-around.left(), -around.center().y()), INK)
