"""The pixels around the pointer, eight times as large, painted into the capture overlay."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from supportdesk.ui.studio.night import night
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text

_FACTOR = 8
_PIXELS = 17
_EDGE = _FACTOR * _PIXELS
_AWAY = 20
_GRID = QColor(0, 0, 0, 20)


def magnifier_size() -> QSize:
    return QSize(_EDGE, _EDGE + theme().line_height("caption") + theme().space.m)


def magnifier_place(pointer: QPoint, room: QRect, taken: QRect) -> QRect:
    """At a corner of the pointer, inside `room` and not over `taken`; above that where no corner is free."""
    size = magnifier_size()
    lefts = pointer.x() + _AWAY, pointer.x() - _AWAY - size.width()
    tops = pointer.y() + _AWAY, pointer.y() - _AWAY - size.height()
    for top in tops:
        for left in lefts:
            place = QRect(QPoint(left, top), size)
            if room.contains(place) and not place.intersects(taken):
                return place
    lowest = room.bottom() if taken.isEmpty() else taken.top() - _AWAY
    x = max(room.left(), min(lefts[0], room.right() - size.width()))
    y = max(room.top(), min(tops[0], lowest - size.height()))
    return QRect(QPoint(x, y), size)


def paint_magnifier(painter: QPainter, place: QRect, picture: QImage, pixel: QPoint, caption: str) -> None:
    """`pixel` of `picture` comes into the middle; beyond the picture there is nothing."""
    glass = QRect(place.topLeft(), QSize(_EDGE, _EDGE))
    draw_box(painter, place, fill=night("raised"), radius=theme().radius.card)
    painter.save()
    painter.setClipPath(_rounded(place))
    painter.setClipRect(glass, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    source = QRect(pixel.x() - _PIXELS // 2, pixel.y() - _PIXELS // 2, _PIXELS, _PIXELS)
    painter.drawImage(glass, picture, source)
    _paint_grid(painter, glass)
    painter.restore()
    draw_box(painter, place, border=night("controlBorder"), radius=theme().radius.card)
    words = QRect(glass.left(), glass.bottom() + 1, _EDGE, place.height() - _EDGE)
    font = theme().font("caption", tabular=True)
    draw_text(painter, words, caption, font, night("text"), align=Qt.AlignmentFlag.AlignHCenter)


def _rounded(place: QRect) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(place), theme().radius.card, theme().radius.card)
    return path


def _paint_grid(painter: QPainter, glass: QRect) -> None:
    for step in range(1, _PIXELS):
        painter.fillRect(glass.left() + step * _FACTOR - 1, glass.top(), 1, _EDGE, _GRID)
        painter.fillRect(glass.left(), glass.top() + step * _FACTOR - 1, _EDGE, 1, _GRID)
    cross = night("accentText")
    cross.setAlphaF(0.35)
    middle = _PIXELS // 2 * _FACTOR
    painter.fillRect(glass.left() + middle, glass.top(), _FACTOR, _EDGE, cross)
    painter.fillRect(glass.left(), glass.top() + middle, _EDGE, _FACTOR, cross)
    spot = QRectF(glass.left() + middle - 0.5, glass.top() + middle - 0.5, _FACTOR, _FACTOR)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for outset, color in ((1.0, Qt.GlobalColor.white), (0.0, Qt.GlobalColor.black)):
        painter.setPen(QPen(color, 1))
        painter.drawRect(spot.adjusted(-outset, -outset, outset, outset))
