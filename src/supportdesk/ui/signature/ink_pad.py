"""A sheet to sign on: with the mouse, a finger, or a pen and how hard it is pressed."""

import itertools
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.i18n import _
from supportdesk.ui.signature.mark import INK
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_line, draw_text

_HEIGHT, _HIGHEST = 200, 280
_THIN, _THICK = 1.2, 4.4
_EVEN = 0.45
"""Pressure of what does not feel any."""
_FINE = 3
"""Pixels of the picture for one of the sheet."""


@dataclass
class Stroke:
    """Points with their pressure, 0…1."""

    points: list[tuple[QPointF, float]] = field(default_factory=list)


class InkPad(QWidget):
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[Stroke] = []
        self._writing: Stroke | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(theme().scaled(_HIGHEST))
        self.setAccessibleName(_("Sheet to sign on"))

    @property
    def is_empty(self) -> bool:
        return not self._strokes

    def clear(self) -> None:
        self._strokes = []
        self._tell()

    def undo(self) -> None:
        """Takes the last stroke away."""
        if self._strokes:
            self._strokes.pop()
            self._tell()

    def image(self) -> QImage:
        image = QImage(self.size() * _FINE, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.scale(_FINE, _FINE)
        self._draw(painter)
        painter.end()
        return image

    def sizeHint(self) -> QSize:
        return QSize(theme().scaled(2 * _HEIGHT), theme().scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.sizeHint().height())

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen; the mouse events that Qt would make of it are not wanted then."""
        kinds = {
            QTabletEvent.Type.TabletPress: self._begin,
            QTabletEvent.Type.TabletMove: self._go_on,
            QTabletEvent.Type.TabletRelease: self._end,
        }
        kinds[event.type()](event.position(), event.pressure())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), _EVEN)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position(), _EVEN)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end(event.position(), _EVEN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, paper = QPainter(self), theme().document
        draw_box(
            painter,
            self.rect(),
            fill=theme().color("paper"),
            border=paper.field_border,
            radius=theme().radius.field,
        )
        line, side = round(self.height() * 0.74), theme().space.xl
        draw_line(painter, side, line, self.width() - side, line, paper.field_border)
        if self.is_empty:
            below = self.rect().adjusted(side, line + theme().space.xs, -side, -theme().space.s)
            font = theme().font("caption")
            draw_text(painter, below, _("Sign here with the mouse, a pen or a finger"), font, paper.text)
        self._draw(painter)

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for stroke in self._strokes:
            _draw_stroke(painter, stroke)

    def _begin(self, place: QPointF, pressure: float) -> None:
        self._writing = Stroke([(place, pressure)])
        self._strokes.append(self._writing)
        self._tell()

    def _go_on(self, place: QPointF, pressure: float) -> None:
        if self._writing is None:
            return
        before = self._writing.points[-1][0]
        self._writing.points.append((place, pressure))
        around = QRectF(before, place).normalized().adjusted(-_THICK, -_THICK, _THICK, _THICK)
        self.update(around.adjusted(-20, -20, 20, 20).toAlignedRect())

    def _end(self, _place: QPointF, _pressure: float) -> None:
        self._writing = None
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()


def _draw_stroke(painter: QPainter, stroke: Stroke) -> None:
    """Through the middles between points, which rounds the corners of a fast hand."""
    points = stroke.points
    if len(points) == 1:
        place, pressure = points[0]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(INK)
        painter.drawEllipse(place, _width(pressure) * 0.7, _width(pressure) * 0.7)
        return
    before = points[0][0]
    for (first, start), (second, end) in itertools.pairwise(points):
        middle = (first + second) / 2
        pen = QPen(INK, _width((start + end) / 2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline([before, *_bend(before, first, middle), middle])
        before = middle
    painter.drawLine(before, points[-1][0])


def _bend(start: QPointF, corner: QPointF, end: QPointF) -> list[QPointF]:
    """Points of the curve from `start` to `end` that `corner` pulls."""
    shares = (0.25, 0.5, 0.75)
    return [start * (1 - t) * (1 - t) + corner * (2 * t * (1 - t)) + end * (t * t) for t in shares]


def _width(pressure: float) -> float:
    return _THIN + (_THICK - _THIN) * pressure
