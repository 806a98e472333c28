"""Draws the shapes of a document, in picture pixels: the canvas and the export draw with the same code.

Touches no widget and may run in any thread.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPainter, QPainterPath, QPen, QPolygonF

from supportdesk.app.annotation.document import Document
from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.app.annotation.shapes import (
    Arrow,
    BlackOut,
    Box,
    Ellipse,
    Ink,
    Marker,
    Number,
    Pen,
    Shape,
    Style,
    Text,
)
from supportdesk.ui.studio.inks import black_out_colour, digit_colour, ink_colour, marker_colour, words_colour

_CORNER = 4.0
_LABEL_MAX_WIDTH = 340.0
_LABEL_PADDING = (1.15, 0.6)
_RING = 2.0


def paint_document(painter: QPainter, document: Document, *, hidden_id: int | None = None) -> None:
    """All shapes but `hidden_id`, black-outs last and opaque."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in document.painted:
        if shape.id != hidden_id:
            painter.save()
            _PAINTERS[type(shape)](painter, document, shape)
            painter.restore()


def measure_text(text: str, style: Style, scale: float) -> tuple[float, float]:
    """Width and height of a label in picture pixels, padding included; long text wraps."""
    size = style.text_size * scale
    limits = QRectF(0, 0, _LABEL_MAX_WIDTH * scale, 1e6)
    words = QFontMetricsF(label_font(style, scale)).boundingRect(limits, _LABEL_FLAGS, text)
    return words.width() + 1 + 2 * _LABEL_PADDING[0] * size, words.height() + 2 * _LABEL_PADDING[1] * size


def label_font(style: Style, scale: float) -> QFont:
    return _font(style.text_size * scale)


def to_qt(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)


def to_qt_pixels(rect: Rect) -> QRect:
    """`rect` must lie on whole pixels."""
    return QRect(round(rect.x), round(rect.y), round(rect.width), round(rect.height))


_LABEL_FLAGS = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


def _font(pixels: float) -> QFont:
    font = QGuiApplication.font()
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _pen(style: Style, scale: float) -> QPen:
    return QPen(
        ink_colour(style.ink),
        style.stroke * scale,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )


def _paint_arrow(painter: QPainter, document: Document, shape: Arrow) -> None:
    """The shaft ends inside the head, so that its round cap does not show at the tip."""
    start, end = _point(shape.start), _point(shape.end)
    length = shape.start.distance(shape.end)
    if length == 0:
        return
    stroke = shape.style.stroke * document.scale
    head = min(length, 3 * stroke + 7 * document.scale)
    along = (end - start) / length
    base = end - along * head * 0.8
    pen = _pen(shape.style, document.scale)
    painter.setPen(pen)
    if length > head:
        painter.drawLine(start, base)
    side = QPointF(-along.y(), along.x()) * (head * 0.45)
    back = end - along * head
    pen.setWidthF(min(stroke, 3 * document.scale))
    painter.setPen(pen)
    painter.setBrush(ink_colour(shape.style.ink))
    painter.drawPolygon(QPolygonF([end, back + side, base, back - side]))


def _paint_box(painter: QPainter, document: Document, shape: Box) -> None:
    painter.setPen(_pen(shape.style, document.scale))
    corner = _CORNER * document.scale
    painter.drawRoundedRect(to_qt(shape.rect), corner, corner)


def _paint_ellipse(painter: QPainter, document: Document, shape: Ellipse) -> None:
    painter.setPen(_pen(shape.style, document.scale))
    painter.drawEllipse(to_qt(shape.rect))


def _paint_pen(painter: QPainter, document: Document, shape: Pen) -> None:
    painter.setPen(_pen(shape.style, document.scale))
    painter.drawPath(_smooth(shape.path))


def _paint_marker(painter: QPainter, document: Document, shape: Marker) -> None:
    pen = QPen(
        marker_colour(shape.style.ink),
        shape.style.marker_width * document.scale,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.FlatCap if len(shape.path) == 2 else Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setPen(pen)
    painter.drawPath(_smooth(shape.path))


def _paint_number(painter: QPainter, document: Document, shape: Number) -> None:
    disc = to_qt(shape.rect)
    ring = _RING * document.scale
    painter.setPen(QPen(digit_colour(Ink.RED), ring))
    painter.setBrush(ink_colour(shape.style.ink))
    painter.drawEllipse(disc.adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2))
    painter.setFont(_font(shape.rect.width / 2))
    painter.setPen(digit_colour(shape.style.ink))
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(document.number_of(shape.id)))


def _paint_text(painter: QPainter, document: Document, shape: Text) -> None:
    border = shape.style.text_border * document.scale
    frame = to_qt(shape.rect)
    painter.setPen(QPen(words_colour(shape.style.ink), border))
    painter.setBrush(Qt.GlobalColor.white)
    corner = _CORNER * document.scale
    painter.drawRoundedRect(frame.adjusted(border / 2, border / 2, -border / 2, -border / 2), corner, corner)
    painter.setFont(label_font(shape.style, document.scale))
    across = _LABEL_PADDING[0] * shape.style.text_size * document.scale - 1
    painter.drawText(frame.adjusted(across, 0, -across, 0), _LABEL_FLAGS, shape.text)


def _paint_black_out(painter: QPainter, _document: Document, shape: BlackOut) -> None:
    """Whole pixels, nothing blended: what is covered in part is covered."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.fillRect(to_qt_pixels(shape.rect.whole_pixels()), black_out_colour())


def _point(point: Point) -> QPointF:
    return QPointF(point.x, point.y)


def _smooth(path: tuple[Point, ...]) -> QPainterPath:
    """Through the middle of each pair of points, so that a quick hand draws a round line."""
    line = QPainterPath(_point(path[0]))
    for here, following in pairwise(path[1:]):
        middle = QPointF((here.x + following.x) / 2, (here.y + following.y) / 2)
        line.quadTo(_point(here), middle)
    line.lineTo(_point(path[-1]))
    return line


_PAINTERS: dict[type[Shape], Callable[[QPainter, Document, Any], None]] = {
    Arrow: _paint_arrow,
    Box: _paint_box,
    Ellipse: _paint_ellipse,
    Pen: _paint_pen,
    Marker: _paint_marker,
    Number: _paint_number,
    Text: _paint_text,
    BlackOut: _paint_black_out,
}
