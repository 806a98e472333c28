"""A whole picture, scaled down to the width at hand and never up."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class PictureView(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_picture(self, picture: QImage, name: str) -> None:
        self._picture = picture
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._fitted(width).height()

    def sizeHint(self) -> QSize:
        return self._picture.size()

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRect(0, 0, *self._fitted(self.width()).toTuple())
        painter.drawImage(place, self._picture)

    def _fitted(self, width: int) -> QSize:
        size = self._picture.size()
        if size.width() <= width:
            return size
        return size.scaled(QSize(width, size.height()), Qt.AspectRatioMode.KeepAspectRatio)
