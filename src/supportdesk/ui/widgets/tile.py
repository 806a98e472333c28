"""The large buttons of the home screen."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.badge import badge_width, paint_badge
from supportdesk.ui.widgets.painted_button import PaintedButton
from supportdesk.ui.widgets.text_label import plain_tooltip

_PADDING, _GAP, _BADGE_INSET = 20, 16, 16
_NARROWEST = 140
_LARGE_TEXT = 1.5
"""From this scale on a line that does not fit goes on below, so that nothing is lost."""


@dataclass(frozen=True, slots=True)
class _Inks:
    icon: str
    title: str
    line: str


_INKS = {
    "primary": _Inks("onAccent", "onAccent", "onAccent"),
    "rest": _Inks("accentText", "text", "muted"),
}


@dataclass(frozen=True, slots=True)
class _Places:
    """Rectangles for text that runs from left to right."""

    icon: QRect
    title: QRect
    line: QRect
    badge: QRect


class Tile(PaintedButton):
    """Icon, title, one line, badge."""

    def __init__(
        self,
        title: str = "",
        line: str = "",
        icon: str = "",
        *,
        primary: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._primary = icon, primary
        self._badge, self._badge_filled = "", False
        self._compact = self._wraps = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.set_texts(title, line)

    def set_texts(self, title: str, line: str) -> None:
        self._title, self._line = title, line
        self._describe()

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.update()

    def set_badge(self, text: str, *, filled: bool = False) -> None:
        self._badge, self._badge_filled = text, filled
        self._describe()

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.updateGeometry()
        self._describe()

    def sizeHint(self) -> QSize:
        height = theme().height.tile_compact if self._compact else theme().height.tile
        height += theme().line_height() if self._wraps else 0
        return QSize(theme().scaled(_NARROWEST + 2 * _PADDING), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().scaled(_NARROWEST), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._describe()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        inks = _INKS[self._appearance()]
        places = self._places()
        direction = self.layoutDirection()
        draw_icon(painter, visual_rect(places.icon, self.rect(), direction), self._icon, inks.icon)
        title, line = (visual_rect(each, self.rect(), direction) for each in (places.title, places.line))
        bold = theme().font("emphasis", strong=True)
        draw_text(painter, title, self._title, bold, theme().color(inks.title), direction=direction)
        if self._wraps:
            align = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
            painter.setFont(theme().font())
            painter.setPen(theme().color(inks.line))
            painter.drawText(line, int(align) | Qt.TextFlag.TextWordWrap, self._line)
        else:
            draw_text(
                painter, line, self._line, theme().font(), theme().color(inks.line), direction=direction
            )
        if self._badge:
            paint_badge(
                painter,
                visual_rect(places.badge, self.rect(), direction),
                self._badge,
                filled=self._badge_filled,
                inverted=self._appearance() == "primary",
            )

    def _paint_ground(self, painter: QPainter) -> None:
        radius = theme().radius.card
        if self._appearance() == "primary":
            fill = self.ground("accent", "accentHover", "accentPressed")
            draw_box(painter, self.rect(), fill=fill, radius=radius)
            return
        fill = self.ground("surface")
        draw_box(painter, self.rect(), fill=fill, border=self._border(), radius=radius)

    def _border(self) -> QColor:
        return theme().color("controlBorder" if self.is_hovered or self.isDown() else "hairline")

    def _appearance(self) -> str:
        return "primary" if self._primary else "rest"

    def _places(self) -> _Places:
        return self._compact_places() if self._compact else self._regular_places()

    def _regular_places(self) -> _Places:
        icon, title, line = theme().icon_size.tile, theme().line_height("emphasis"), theme().line_height()
        width = self.width() - 2 * _PADDING
        title_top = _PADDING + icon + _GAP
        badge = badge_width(self._badge)
        return _Places(
            icon=QRect(_PADDING, _PADDING, icon, icon),
            title=QRect(_PADDING, title_top, width, title),
            line=QRect(_PADDING, title_top + title, width, line),
            badge=QRect(self.width() - _BADGE_INSET - badge, _PADDING, badge, theme().height.badge),
        )

    def _compact_places(self) -> _Places:
        icon, title, line = theme().icon_size.tile, theme().line_height("emphasis"), theme().line_height()
        left = _PADDING + icon + _GAP
        line *= 2 if self._wraps else 1
        top = (self.height() - title - line) // 2
        width = self.width() - left - _PADDING
        badge = badge_width(self._badge) if self._badge else 0
        high = theme().height.badge
        return _Places(
            icon=QRect(_PADDING, (self.height() - icon) // 2, icon, icon),
            title=QRect(left, top, width - (badge + 8 if badge else 0), title),
            line=QRect(left, top + title, width, line),
            badge=QRect(self.width() - _PADDING - badge, top + (title - high) // 2, badge, high),
        )

    def _describe(self) -> None:
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(", ".join(filter(None, (self._line, self._badge))))
        places = self._places()
        line_is_cut = _is_cut(self._line, "body", places.line)
        wraps = line_is_cut and self._compact and theme().scale >= _LARGE_TEXT
        if wraps != self._wraps:
            self._wraps = wraps
            self.updateGeometry()
        cut = line_is_cut or _is_cut(self._title, "emphasis", places.title)
        self.setToolTip(plain_tooltip(f"{self._title}\n{self._line}") if cut else "")
        self.update()


def _is_cut(text: str, kind: str, rect: QRect) -> bool:
    metrics = QFontMetrics(theme().font(kind, strong=kind == "emphasis"))
    return metrics.size(Qt.TextFlag.TextSingleLine, text).width() > rect.width()
