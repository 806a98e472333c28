"""Paints what is selected on the canvas, in view coordinates: frame, handles, crop."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from supportdesk.ui.studio.inks import selection_colour
from supportdesk.ui.studio.night import dimming

_HANDLE = 8
_LINE = 1.5


def paint_selection(painter: QPainter, frame: QRectF, handles: Iterable[QPointF]) -> None:
    """A dashed frame on a white one, so that it shows on any picture."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(Qt.GlobalColor.white), _LINE))
    painter.drawRect(frame)
    dashes = QPen(selection_colour(), _LINE)
    dashes.setDashPattern([4 / _LINE, 3 / _LINE])
    painter.setPen(dashes)
    painter.drawRect(frame)
    paint_handles(painter, handles)


def paint_handles(painter: QPainter, handles: Iterable[QPointF]) -> None:
    painter.setPen(QPen(selection_colour(), _LINE))
    painter.setBrush(Qt.GlobalColor.white)
    for place in handles:
        square = QRectF(0, 0, _HANDLE, _HANDLE)
        square.moveCenter(place)
        painter.drawRect(square)


def paint_crop(painter: QPainter, picture: QRectF, crop: QRectF, handles: Iterable[QPointF]) -> None:
    """What will be cut off is dimmed."""
    outside = QPainterPath()
    outside.addRect(picture)
    inside = QPainterPath()
    inside.addRect(crop)
    painter.fillPath(outside - inside, dimming())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(selection_colour(), 2))
    painter.drawRect(crop)
    paint_handles(painter, handles)
