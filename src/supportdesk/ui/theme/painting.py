"""Paint primitives for widgets, delegates and the style: crisp at any scale, mirrored where asked."""

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QStaticText,
    QTextLayout,
    QTextOption,
    QTransform,
)
from PySide6.QtWidgets import QStyle

from supportdesk.ui.theme.current import theme

LTR = Qt.LayoutDirection.LeftToRight
_KEPT_LINES = 600
"""Of some lists, with their columns."""


def draw_box(
    painter: QPainter,
    rect: QRectF | QRect,
    *,
    fill: QColor | None = None,
    border: QColor | None = None,
    radius: float = 0,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """A box whose border lies inside `rect` and covers whole device pixels at any scale factor."""
    shape, pen_width = _snapped(painter, QRectF(rect), width if border else 0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, radius > 0)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(border, pen_width, dashed=dashed) if border else Qt.PenStyle.NoPen)
    inner = max(0.0, radius - pen_width / 2)
    painter.drawRoundedRect(shape, inner, inner)
    painter.restore()


def draw_line(painter: QPainter, x1: float, y1: float, x2: float, y2: float, color: QColor) -> None:
    """A horizontal or vertical hairline to the right of or below the given coordinates."""
    thickness = QRectF(x1, y1, max(1.0, x2 - x1), max(1.0, y2 - y1))
    transform = painter.deviceTransform()
    device = transform.mapRect(thickness)
    scale = transform.m11()
    hair = max(1, math.floor(scale))
    left, top = round(device.left()), round(device.top())
    width = round(device.right()) - left if x2 - x1 > y2 - y1 else hair
    height = hair if x2 - x1 > y2 - y1 else round(device.bottom()) - top
    inverse, _ = transform.inverted()
    painter.fillRect(inverse.mapRect(QRectF(left, top, width, height)), color)


def draw_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    color: QColor,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    direction: Qt.LayoutDirection = LTR,
) -> int:
    """One line, vertically centred, elided to fit; AlignLeft is the leading edge. Returns the drawn width."""
    line, width = _laid_out(text, font, rect.width(), elide, painter.layoutDirection())
    where = QStyle.visualAlignment(direction, align)
    left, top = float(rect.left()), rect.top() + (rect.height() - line.size().height()) / 2
    if where & Qt.AlignmentFlag.AlignRight:
        left += rect.width() - width
    elif where & Qt.AlignmentFlag.AlignHCenter:
        left += (rect.width() - width) / 2
    painter.setFont(font)
    painter.setPen(color)
    painter.drawStaticText(QPointF(left, top), line)
    return round(width)


@lru_cache(maxsize=_KEPT_LINES)
def _laid_out(
    text: str, font: QFont, room: int, elide: Qt.TextElideMode, direction: Qt.LayoutDirection
) -> tuple[QStaticText, float]:
    """The line that fits into `room` pixels, and its width: lists paint the same ones again and again."""
    shown, metrics = text, QFontMetricsF(font)
    if not text.isprintable():
        shown = " ".join(text.splitlines()).replace("\t", " ")
    width = metrics.horizontalAdvance(shown)
    if round(width) > room:  # a place is measured in whole pixels; Qt elides where a fraction is missing
        shown = metrics.elidedText(shown, elide, room)
        width = metrics.horizontalAdvance(shown)
    line, option = QStaticText(shown), QTextOption()
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    line.setTextFormat(Qt.TextFormat.PlainText)  # else it is taken for HTML where it looks like it
    line.setTextOption(option)
    line.prepare(QTransform(), font)
    return line, width


@lru_cache(maxsize=_KEPT_LINES)
def wrapped(text: str, font: QFont, room: int, direction: Qt.LayoutDirection = LTR) -> tuple[str, ...]:
    """`text` in lines of at most `room` pixels; a word that is longer is broken anywhere."""
    if text.isprintable() and QFontMetricsF(font).horizontalAdvance(text) <= room:
        return (text,)
    layout, option = QTextLayout(text.replace("\n", "\u2028"), font), QTextOption()
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units, lines = text.encode("utf-16-le"), []  # Qt counts in these
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        begin, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
        lines.append(units[begin:end].decode("utf-16-le", "replace").rstrip())
    layout.endLayout()
    return tuple(lines)


def draw_icon(painter: QPainter, rect: QRect, name: str, role: str | QColor) -> None:
    """Centred in `rect`, as large as its shorter edge. No name, no icon."""
    size = min(rect.width(), rect.height())
    if not name or size <= 0:
        return
    dpr = painter.device().devicePixelRatioF()
    target = QRectF(0, 0, size, size)
    target.moveCenter(QRectF(rect).center())
    painter.drawPixmap(snapped_point(painter, target.topLeft()), theme().pixmap(name, role, size, dpr))


def draw_focus_inside(painter: QPainter, rect: QRectF | QRect, radius: float = 0) -> None:
    """The keyboard's ring where nothing can be painted outside: rows and cells."""
    draw_box(painter, rect, border=theme().color("focus"), radius=radius, width=theme().focus_width)


def draw_ring(painter: QPainter, rect: QRectF | QRect, radius: float) -> None:
    """The focus ring around an element whose edge is `rect`: a gap, then the line."""
    outset = theme().focus_offset + theme().focus_width
    around = QRectF(rect).adjusted(-outset, -outset, outset, outset)
    draw_box(
        painter, around, border=theme().color("focus"), radius=radius + outset - 1, width=theme().focus_width
    )


def visual_rect(rect: QRect, within: QRect, direction: Qt.LayoutDirection) -> QRect:
    """`rect` for left-to-right, mirrored inside `within` where the text runs from right to left."""
    return QStyle.visualRect(direction, within, rect)


def snapped_point(painter: QPainter, point: QPointF) -> QPointF:
    """The nearest point that is a corner of a device pixel."""
    transform = painter.deviceTransform()
    device = transform.map(point)
    inverse, _ = transform.inverted()
    return inverse.map(QPointF(round(device.x()), round(device.y())))


def _snapped(painter: QPainter, rect: QRectF, width: float) -> tuple[QRectF, float]:
    transform = painter.deviceTransform()
    scale = transform.m11() or 1.0
    pen = max(1, math.floor(width * scale)) if width else 0
    device = transform.mapRect(rect)
    left, top = round(device.left()), round(device.top())
    right, bottom = round(device.right()), round(device.bottom())
    snapped = QRectF(left, top, right - left, bottom - top).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2)
    inverse, _ = transform.inverted()
    return inverse.mapRect(snapped), pen / scale


def _pen(color: QColor, width: float, *, dashed: bool) -> QPen:
    pen = QPen(color, width)
    if dashed:
        pen.setDashPattern([3, 3])
    return pen
