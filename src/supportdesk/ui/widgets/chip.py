"""Status chips: always an icon and words, never colour alone."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.i18n import N_, _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, snapped_point, visual_rect
from supportdesk.ui.widgets.tones import ink_role, soft_role

_LEFT, _RIGHT, _GAP = 6, 8, 5
_CACHED = 200
LTR = Qt.LayoutDirection.LeftToRight


@dataclass(frozen=True, slots=True)
class ChipStyle:
    tone: str
    icon: str


_STYLES = {
    "draft": ChipStyle("accent", "pencil"),
    "outbox": ChipStyle("warning", "cloud-upload"),
    "needs_user": ChipStyle("danger", "circle-alert"),
    "new": ChipStyle("info", "circle-dashed"),
    "backlog": ChipStyle("neutral", "hourglass"),
    "in_progress": ChipStyle("info", "circle-dot"),
    "question": ChipStyle("warning", "reply"),
    "solved": ChipStyle("success", "circle-check"),
    "closed": ChipStyle("neutral", "check"),
    "to_sign": ChipStyle("warning", "signature"),
    "signed": ChipStyle("success", "circle-check"),
    "declined": ChipStyle("danger", "circle-x"),
    "withdrawn": ChipStyle("neutral", "rotate-ccw"),
    "received": ChipStyle("info", "circle-dashed"),
    "sent": ChipStyle("info", "send"),
    "completed": ChipStyle("success", "circle-check"),
    "cancelled": ChipStyle("neutral", "circle-x"),
    "ordered": ChipStyle("info", "circle-dashed"),
    "active": ChipStyle("success", "circle-check"),
    "ending": ChipStyle("warning", "hourglass"),
    "ended": ChipStyle("neutral", "check"),
}
_WORDS = {
    "draft": N_("Draft"),
    "outbox": N_("Will be sent"),
    "needs_user": N_("Needs your help"),
    "new": N_("New: being prepared"),
    "backlog": N_("In the queue"),
    "in_progress": N_("In progress"),
    "question": N_("Waiting for you"),
    "solved": N_("Solved: please confirm"),
    "closed": N_("Closed"),
}


class Chip(QWidget):
    def __init__(
        self, text: str = "", *, tone: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(text, tone, icon)

    def set_state(self, text: str, tone: str, icon: str) -> None:
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self._text, self._icon)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._text, self._tone, self._icon, direction=self.layoutDirection())


def chip_style(state: str) -> ChipStyle:
    """Tone and icon of a state of anything; a vendor may rename a state, never recolour it."""
    return _STYLES.get(state, ChipStyle("neutral", "circle"))


def status_text(state: str) -> str:
    """Our plain words for a stage, where the vendor has none of its own."""
    return _(_WORDS[state]) if state in _WORDS else state


def chip_size(text: str, icon: str) -> QSize:
    metrics = QFontMetrics(theme().font("caption", strong=True))
    picture = theme().icon_size.small + _GAP if icon else _RIGHT - _LEFT
    return QSize(_LEFT + picture + metrics.horizontalAdvance(text) + _RIGHT, theme().height.chip)


def chip_pixmap(text: str, tone: str, icon: str, dpr: float, direction: Qt.LayoutDirection = LTR) -> QPixmap:
    """Drawn once for each appearance of the theme: lists paint hundreds."""
    key = (text, tone, icon, dpr, direction, theme().revision)
    if key in _pixmaps:
        _pixmaps.move_to_end(key)
        return _pixmaps[key]
    size = chip_size(text, icon)
    pixmap = _pixmaps[key] = QPixmap(size * dpr)
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _draw(painter, QRect(0, 0, size.width(), size.height()), text, tone, icon, direction)
    painter.end()
    if len(_pixmaps) > _CACHED:
        _pixmaps.popitem(last=False)
    return pixmap


def paint_chip(
    painter: QPainter, rect: QRect, text: str, tone: str, icon: str, *, direction: Qt.LayoutDirection = LTR
) -> None:
    """At the leading edge of `rect`, centred vertically; cut off where `rect` is too narrow."""
    pixmap = chip_pixmap(text, tone, icon, painter.device().devicePixelRatioF(), direction)
    size = pixmap.deviceIndependentSize().toSize()
    place = QRect(rect.left(), rect.top() + (rect.height() - size.height()) // 2, size.width(), size.height())
    place = visual_rect(place, rect, direction)
    painter.drawPixmap(snapped_point(painter, QPointF(place.topLeft())), pixmap)


_pixmaps: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()


def _draw(
    painter: QPainter, rect: QRect, text: str, tone: str, icon: str, direction: Qt.LayoutDirection
) -> None:
    ink = theme().color(ink_role(tone))
    border = ink if theme().is_high_contrast else None
    draw_box(painter, rect, fill=theme().color(soft_role(tone)), border=border, radius=theme().radius.chip)
    edge = theme().icon_size.small
    if icon:
        place = QRect(_LEFT, (rect.height() - edge) // 2, edge, edge)
        draw_icon(painter, visual_rect(place, rect, direction), icon, ink)
    left = _LEFT + edge + _GAP if icon else _RIGHT
    words = QRect(left, 0, rect.width() - left - _RIGHT + 2, rect.height())
    font = theme().font("caption", strong=True)
    draw_text(painter, visual_rect(words, rect, direction), text, font, ink, direction=direction)
