"""The quiet pill that tells the state of the connection."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.painted_button import PaintedButton
from supportdesk.ui.widgets.tones import ink_role, soft_role

_LEFT, _RIGHT, _GAP, _HEIGHT = 8, 12, 6, 28


class Pill(PaintedButton):
    """Tone `quiet` has no fill; any other tone is loud enough to be noticed."""

    corner = _HEIGHT // 2

    def __init__(
        self, text: str = "", icon: str = "", *, tone: str = "quiet", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(text, icon, tone)

    def set_state(self, text: str, icon: str, tone: str = "quiet") -> None:
        self._words, self._icon, self._tone = text, icon, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme().font("caption", strong=self._tone != "quiet"))
        picture = theme().icon_size.small + _GAP
        return QSize(_LEFT + picture + metrics.horizontalAdvance(self._words) + _RIGHT + 1, self._height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        quiet = self._tone == "quiet"
        ink = theme().color("muted" if quiet else ink_role(self._tone))
        height = self._height()
        shape = QRect(0, (self.height() - height) // 2, self.width(), height)
        border = theme().color("hairline") if theme().is_high_contrast else None
        if not quiet or self.is_hovered or self.isDown() or border:
            rest = "surface" if quiet else soft_role(self._tone)
            fill = self.ground(rest, "controlHover" if quiet else rest, "controlPressed")
            draw_box(painter, shape, fill=fill, border=border, radius=height / 2)
        edge = theme().icon_size.small
        direction = self.layoutDirection()
        icon = QRect(_LEFT, (self.height() - edge) // 2, edge, edge)
        draw_icon(painter, visual_rect(icon, self.rect(), direction), self._icon, ink)
        words = QRect(_LEFT + edge + _GAP, 0, self.width() - edge - _LEFT - _GAP - _RIGHT + 2, self.height())
        font = theme().font("caption", strong=not quiet)
        draw_text(
            painter, visual_rect(words, self.rect(), direction), self._words, font, ink, direction=direction
        )

    def _height(self) -> int:
        return _HEIGHT + theme().line_height("caption") - 16
