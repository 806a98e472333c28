"""A quiet button among captions: small words, perhaps with a chevron."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.painted_button import PaintedButton

_SIDE = 8


class CaptionButton(PaintedButton):
    """`strong` words are muted and half bold as the heads of lists are."""

    def __init__(
        self, text: str = "", icon: str = "", *, strong: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._strong = icon, strong
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.update()

    def sizeHint(self) -> QSize:
        text = QFontMetrics(self._caption()).horizontalAdvance(self.text()) + 1
        icon = theme().icon_size.small + theme().space.s if self._icon else 0
        return QSize(2 * _SIDE + text + icon, theme().height.icon_button)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme().scaled(80)), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = self.rect().adjusted(0, 2, 0, -2)
        if self.is_hovered or self.isDown():
            draw_box(painter, ground, fill=self.ground("surface"), radius=theme().radius.button)
        ink = "text" if self.is_hovered else "muted"
        icon = theme().icon_size.small if self._icon else 0
        room = self.width() - 2 * _SIDE - (icon + theme().space.s if icon else 0)
        words = QRect(_SIDE, 0, room, self.height())
        direction = self.layoutDirection()
        drawn = draw_text(
            painter,
            visual_rect(words, self.rect(), direction),
            self.text(),
            self._caption(),
            theme().color(ink),
            align=Qt.AlignmentFlag.AlignLeft,
            direction=direction,
        )
        if icon:
            place = QRect(_SIDE + drawn + theme().space.s, 0, icon, self.height())
            draw_icon(painter, visual_rect(place, self.rect(), direction), self._icon, ink)

    def _caption(self) -> QFont:
        return theme().font("caption", strong=self._strong)
