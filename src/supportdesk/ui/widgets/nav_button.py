"""One entry of a side pane."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect

_PADDING, _GAP = 12, 12


class NavButton(QRadioButton):
    """One of several, so arrow keys move among those with the same parent or group."""

    def __init__(self, text: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.update()

    def focus_outline(self) -> tuple[QRect, float]:
        return self.rect(), theme().radius.button

    def hitButton(self, _position: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme().font("body", strong=True)).horizontalAdvance(self.text())
        return QSize(2 * _PADDING + theme().icon_size.control + _GAP + width, theme().height.button)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen, loud = self.isChecked(), theme().is_high_contrast and self.isChecked()
        if chosen or self.underMouse():
            fill = theme().color("selection" if chosen else "controlHover")
            draw_box(painter, self.rect(), fill=fill, radius=theme().radius.button)
        edge = theme().icon_size.control
        icon = QRect(_PADDING, (self.height() - edge) // 2, edge, edge)
        ink = "onSelection" if loud else "accentText" if chosen else "muted"
        direction = self.layoutDirection()
        if self._icon:
            draw_icon(painter, visual_rect(icon, self.rect(), direction), self._icon, ink)
        left = icon.right() + 1 + _GAP if self._icon else _PADDING
        words = QRect(left, 0, self.width() - left - _PADDING + 1, self.height())
        color = theme().color("onSelection" if chosen else "text")
        font = theme().font("body", strong=chosen)
        draw_text(
            painter, visual_rect(words, self.rect(), direction), self.text(), font, color, direction=direction
        )
