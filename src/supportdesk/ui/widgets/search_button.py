"""The search button of the top bar: it opens the palette, it is not a field."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.keycap import keycap_size, paint_keycap
from supportdesk.ui.widgets.painted_button import PaintedButton
from supportdesk.ui.widgets.text_label import plain_tooltip

_LEFT, _GAP, _RIGHT = 11, 8, 8
_WIDTH = 280


class SearchButton(PaintedButton):
    """As wide as 280, down to its icon alone. The key goes before the words are cut, the words as a whole."""

    def __init__(self, text: str = "", keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_texts(text, keys)

    def set_texts(self, text: str, keys: str) -> None:
        self._words, self._keys = text, keys
        self.setAccessibleName(text)
        self.setToolTip(plain_tooltip(f"{text} ({keys})" if keys else text))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().scaled(_WIDTH), theme().height.field)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().height.field, theme().height.field)

    def width_of_words(self) -> int:
        """The least at which the words stand beside the icon."""
        words = QFontMetrics(theme().font()).horizontalAdvance(self._words) + 1
        return _LEFT + theme().icon_size.small + _GAP + words + _RIGHT

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        border = theme().color("controlBorder") if theme().is_high_contrast else None
        fill = self.ground("sunken", "controlPressed", "controlPressed")
        draw_box(painter, self.rect(), fill=fill, border=border, radius=self.corner)
        edge = theme().icon_size.small
        roomy = self.width() >= self.width_of_words()
        left = _LEFT if roomy else (self.width() - edge) // 2
        self._icon(painter, QRect(left, (self.height() - edge) // 2, edge, edge))
        if roomy:
            self._texts(painter, left + edge + _GAP)

    def _icon(self, painter: QPainter, rect: QRect) -> None:
        draw_icon(painter, visual_rect(rect, self.rect(), self.layoutDirection()), "search", "muted")

    def _texts(self, painter: QPainter, left: int) -> None:
        direction = self.layoutDirection()
        right = self.width() - _RIGHT
        size = keycap_size(self._keys)
        if self._keys and self.width() >= self.width_of_words() + _GAP + size.width():
            right -= size.width()
            cap = QRect(right, (self.height() - size.height()) // 2, size.width(), size.height())
            place = visual_rect(cap, self.rect(), direction)
            paint_keycap(painter, place, self._keys, border="controlBorder")
            right -= _GAP
        words = visual_rect(QRect(left, 0, right - left, self.height()), self.rect(), direction)
        draw_text(painter, words, self._words, theme().font(), theme().color("muted"), direction=direction)
