"""A small picture that fills its place."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_icon


class Picture:
    """Keeps one copy scaled for its place; an icon stands in while there is no picture."""

    def __init__(self, icon: str) -> None:
        self.icon = icon
        self._source = QPixmap()
        self._scaled = QPixmap()

    def set(self, picture: QImage | QPixmap | None) -> None:
        if isinstance(picture, QImage):
            picture = QPixmap.fromImage(picture)
        self._source = picture if picture is not None else QPixmap()
        self._scaled = QPixmap()

    def paint(self, painter: QPainter, rect: QRect, corners: QPainterPath, icon_size: int) -> None:
        """`corners` is the outline that nothing may leave."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(corners, theme().color("sunken"))
        painter.setClipPath(corners)
        if self._source.isNull():
            place = QRect(0, 0, icon_size, icon_size)
            place.moveCenter(rect.center())
            draw_icon(painter, place, self.icon, "muted")
        else:
            scaled = self._fitted(rect, painter.device().devicePixelRatioF())
            left = rect.left() + (rect.width() - scaled.deviceIndependentSize().width()) / 2
            painter.drawPixmap(QRectF(left, rect.top(), 0, 0).topLeft(), scaled)
        painter.restore()

    def _fitted(self, rect: QRect, dpr: float) -> QPixmap:
        """Covers the place; what is too high is cut at the bottom, where windows say least."""
        wanted = rect.size() * dpr
        if self._scaled.isNull() or not self._covers(wanted.width(), wanted.height()):
            self._scaled = self._source.scaled(
                wanted,
                Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._scaled.setDevicePixelRatio(dpr)
        return self._scaled

    def _covers(self, width: int, height: int) -> bool:
        return (self._scaled.width() == width and self._scaled.height() >= height) or (
            self._scaled.height() == height and self._scaled.width() >= width
        )
