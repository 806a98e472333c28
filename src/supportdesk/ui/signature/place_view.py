"""The part of the page where the mark goes, with the mark."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.domain.documents import PageSize, SignaturePlace
from supportdesk.i18n import _
from supportdesk.ui.document.signature_place import paint_mark
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box

_HEIGHT = 150
_AROUND_POINTS = 36


class PlaceView(QWidget):
    """`page` is a picture of the whole page, in any resolution; null while there is none."""

    def __init__(
        self,
        page: QPixmap,
        size: PageSize,
        place: SignaturePlace,
        png: bytes,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._page, self._page_size, self._place = page, size, place
        self._mark = QPixmap()
        self._mark.loadFromData(png)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Signature"))

    def sizeHint(self) -> QSize:
        return QSize(0, theme().scaled(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box = QPainter(self), self._place.box
        draw_box(
            painter, self.rect(), fill=theme().color("paper"), border=theme().color("hairline"), radius=0
        )
        high = box.height + 2 * _AROUND_POINTS
        scale = min(self.height() / high, self.width() / (box.width + 2 * _AROUND_POINTS))
        left = max(0.0, min(box.x - _AROUND_POINTS, self._page_size.width - self.width() / scale))
        top = max(0.0, min(box.y - _AROUND_POINTS, self._page_size.height - self.height() / scale))
        painter.setClipRect(self.rect().adjusted(1, 1, -1, -1))
        if not self._page.isNull():
            seen = QRectF(left, top, self.width() / scale, self.height() / scale)
            fine = self._page.width() / self._page_size.width
            source = QRectF(seen.x() * fine, seen.y() * fine, seen.width() * fine, seen.height() * fine)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(QRectF(self.rect()), self._page, source)
        at = QRect(
            round((box.x - left) * scale),
            round((box.y - top) * scale),
            round(box.width * scale),
            round(box.height * scale),
        )
        paint_mark(painter, at, self._mark)
