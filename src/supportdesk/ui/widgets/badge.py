"""A small pill that counts or names."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text
from supportdesk.ui.widgets.tones import ink_role, soft_role

_PADDING = 7


class Badge(QWidget):
    """Filled when it counts something to do, soft for words."""

    def __init__(
        self, text: str = "", *, filled: bool = False, tone: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._filled, self._tone = text, filled, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(badge_width(self._text), theme().height.badge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_badge(QPainter(self), self.rect(), self._text, filled=self._filled, tone=self._tone)


def badge_width(text: str) -> int:
    metrics = QFontMetrics(theme().font("caption", strong=True))
    return max(theme().height.badge, metrics.horizontalAdvance(text) + 2 * _PADDING)


def paint_badge(
    painter: QPainter,
    rect: QRect,
    text: str,
    *,
    filled: bool = False,
    inverted: bool = False,
    tone: str = "accent",
) -> None:
    """`inverted` is for a badge on the accent itself."""
    fill, ink = soft_role(tone), ink_role(tone)
    if filled:
        fill, ink = "accent", "onAccent"
    if inverted:
        fill, ink = "onAccent", "accent"
    outlined = theme().is_high_contrast and not inverted
    border = theme().color("muted" if tone == "neutral" else "accent") if outlined else None
    draw_box(painter, rect, fill=theme().color(fill), border=border, radius=rect.height() / 2)
    font = theme().font("caption", strong=True)
    draw_text(painter, rect, text, font, theme().color(ink), align=Qt.AlignmentFlag.AlignHCenter)
