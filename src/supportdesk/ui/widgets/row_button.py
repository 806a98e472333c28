"""A wide button that leads somewhere: icon, title, line, chevron."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.icon_label import paint_well
from supportdesk.ui.widgets.painted_button import PaintedButton
from supportdesk.ui.widgets.tones import ink_role

_GAP, _PADDING, _WELL = 12, 16, 40


class RowButton(PaintedButton):
    """`well` puts the icon on a soft square of its tone."""

    corner = 6

    def __init__(
        self,
        title: str = "",
        line: str = "",
        icon: str = "",
        *,
        tone: str = "accent",
        well: bool = False,
        chevron: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._well, self._chevron = icon, tone, well, chevron
        self._inline = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_texts(title, line)

    def set_texts(self, title: str, line: str) -> None:
        self._title, self._line = title, line
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str, tone: str | None = None) -> None:
        self._icon, self._tone = name, tone or self._tone
        self.update()

    def set_inline(self, inline: bool) -> None:
        """The line beside the title instead of below it: for narrow windows, 48 high."""
        self._inline = inline
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        two_lines = bool(self._line) and not self._inline
        text_height = theme().line_height() * (2 if two_lines else 1)
        padding = 30 if two_lines else 28 if self._inline else 20
        height = max(text_height + padding, self._icon_edge() + 20)
        text = QFontMetrics(theme().font("body", strong=True)).horizontalAdvance(self._title)
        return QSize(self._text_left() + text + 2 * _PADDING + theme().icon_size.small, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._text_left() + theme().scaled(80), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.is_hovered or self.isDown():
            draw_box(painter, self.rect(), fill=self.ground("surface"), radius=self.corner)
        self._paint_icon(painter)
        right = self.width() - _PADDING
        if self._chevron:
            right -= theme().icon_size.small
            self._paint_chevron(painter, right)
            right -= _GAP
        self._paint_texts(painter, QRect(self._text_left(), 0, right - self._text_left(), self.height()))

    def _icon_edge(self) -> int:
        has_well = self._well and not self._inline
        return theme().scaled(_WELL) if has_well else theme().icon_size.control

    def _text_left(self) -> int:
        return _PADDING + (self._icon_edge() + _GAP if self._icon else 0)

    def _paint_icon(self, painter: QPainter) -> None:
        if not self._icon:
            return
        edge = self._icon_edge()
        rect = QRect(_PADDING, (self.height() - edge) // 2, edge, edge)
        place = visual_rect(rect, self.rect(), self.layoutDirection())
        if self._well and not self._inline:
            paint_well(painter, place, self._icon, self._tone)
        else:
            draw_icon(painter, place, self._icon, ink_role(self._tone))

    def _paint_chevron(self, painter: QPainter, left: int) -> None:
        edge = theme().icon_size.small
        rect = QRect(left, (self.height() - edge) // 2, edge, edge)
        name = "chevron-left" if self.isRightToLeft() else "chevron-right"
        draw_icon(painter, visual_rect(rect, self.rect(), self.layoutDirection()), name, "muted")

    def _paint_texts(self, painter: QPainter, area: QRect) -> None:
        line = theme().line_height()
        top = (self.height() - line * (1 if self._inline or not self._line else 2)) // 2
        title = QRect(area.left(), top, area.width(), line)
        used = self._draw(painter, title, self._title, strong=bool(self._line), ink="text")
        if self._inline:
            rest = QRect(area.left() + used + _GAP, top, max(0, area.width() - used - _GAP), line)
        else:
            rest = QRect(area.left(), top + line, area.width(), line)
        if self._line:
            self._draw(painter, rest, self._line, strong=False, ink="muted")

    def _draw(self, painter: QPainter, rect: QRect, text: str, *, strong: bool, ink: str) -> int:
        place = visual_rect(rect, self.rect(), self.layoutDirection())
        font = theme().font("body", strong=strong)
        return draw_text(painter, place, text, font, theme().color(ink), direction=self.layoutDirection())
