"""The unmarked picture, drawn at any zoom; a reduced copy is kept as long as the zoom stays."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

_PIXELS_VISIBLE_FROM = 2.0


class PictureLayer:
    def __init__(self, image: QImage) -> None:
        self._image = QImage(image)
        self._image.setDevicePixelRatio(1.0)
        self._reduced: QPixmap | None = None
        self._reduced_to = 0.0

    def paint(self, painter: QPainter, part: QRectF, factor: float) -> None:
        """`part` of the picture in picture pixels, with the painter's origin at its top left; `factor` is
        logical px of the painter per picture pixel.
        """
        target = QRectF(0, 0, part.width() * factor, part.height() * factor)
        device_factor = factor * painter.device().devicePixelRatioF()
        if device_factor < 1:
            reduced = self._reduced_copy(device_factor)
            across, down = reduced.width() / self._image.width(), reduced.height() / self._image.height()
            source = QRectF(part.x() * across, part.y() * down, part.width() * across, part.height() * down)
            painter.drawPixmap(target, reduced, source)
            return
        smooth = 1 < device_factor < _PIXELS_VISIBLE_FROM
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(target, self._image, part)

    def _reduced_copy(self, device_factor: float) -> QPixmap:
        if self._reduced is None or self._reduced_to != device_factor:
            size = QSize(
                max(1, round(self._image.width() * device_factor)),
                max(1, round(self._image.height() * device_factor)),
            )
            reduced = self._image.scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._reduced, self._reduced_to = QPixmap.fromImage(reduced), device_factor
        return self._reduced
