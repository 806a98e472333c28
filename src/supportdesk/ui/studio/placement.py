"""Where the picture lies in the canvas: picture pixels to view coordinates and back."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize

from supportdesk.app.annotation.geometry import Point, Rect


@dataclass(frozen=True, slots=True)
class Placement:
    """`shown` is the part of the picture on view, `factor` logical px of the view per picture pixel."""

    shown: Rect
    factor: float
    room: QSize

    @property
    def size(self) -> QSize:
        return QSize(round(self.shown.width * self.factor), round(self.shown.height * self.factor))

    @property
    def content(self) -> QRect:
        """In the middle of the room."""
        size = self.size
        left, top = (self.room.width() - size.width()) // 2, (self.room.height() - size.height()) // 2
        return QRect(QPoint(left, top), size)

    @property
    def pixel(self) -> float:
        """One px of the view in picture pixels."""
        return 1 / self.factor

    def to_picture(self, place: QPointF) -> Point:
        corner = self.content.topLeft()
        return Point(
            self.shown.x + (place.x() - corner.x()) / self.factor,
            self.shown.y + (place.y() - corner.y()) / self.factor,
        )

    def to_view(self, point: Point) -> QPointF:
        corner = self.content.topLeft()
        return QPointF(
            corner.x() + (point.x - self.shown.x) * self.factor,
            corner.y() + (point.y - self.shown.y) * self.factor,
        )

    def rect_to_view(self, rect: Rect) -> QRectF:
        return QRectF(self.to_view(Point(rect.x, rect.y)), self.to_view(Point(rect.right, rect.bottom)))
