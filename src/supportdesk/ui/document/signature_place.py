"""The place on the page where the mark goes."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.document.page_field import RING, focus_on_paper
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text
from supportdesk.ui.widgets.painted_button import PaintedButton

_GAP = 8


class SignatureOnPage(PaintedButton):
    """A button that opens the signature window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("focusRing", False)
        self._mark = QPixmap()

    def show_mark(self, png: bytes, *, is_open: bool) -> None:
        self._mark = QPixmap()
        if png:
            self._mark.loadFromData(png)
        self.setEnabled(is_open)
        self.setAccessibleName(_("Signature"))
        self.setAccessibleDescription(_("Required") if png else _("Required, empty"))
        self.update()

    def place(self, box: QRectF) -> None:
        self.setGeometry(box.toAlignedRect().adjusted(-RING, -RING, RING, RING))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, paper = QPainter(self), theme().document
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        if self.isEnabled():
            done = not self._mark.isNull()
            draw_box(
                painter,
                box,
                fill=paper.field if done else paper.required_field,
                border=paper.field_border if done else paper.required_border,
                radius=0,
            )
        if not self._mark.isNull():
            paint_mark(painter, box, self._mark)
        elif self.isEnabled():
            self._invite(painter, box)
        if self.hasFocus():
            draw_box(painter, QRectF(self.rect()), fill=None, border=focus_on_paper(), radius=RING, width=2)

    def _invite(self, painter: QPainter, box: QRect) -> None:
        ink, words = theme().document.required_border, _("Sign here")
        font = theme().font("body", strong=True)
        font.setPixelSize(max(1, min(font.pixelSize(), box.height() // 2)))
        edge = min(theme().icon_size.control, box.height() // 2)
        painter.setFont(font)
        across = edge + _GAP + painter.fontMetrics().horizontalAdvance(words)
        left = box.left() + max(0, (box.width() - across) // 2)
        draw_icon(painter, QRect(left, box.center().y() - edge // 2, edge, edge), "signature", ink)
        draw_text(painter, box.adjusted(left - box.left() + edge + _GAP, 0, 0, 0), words, font, ink)


def paint_mark(painter: QPainter, box: QRect, mark: QPixmap) -> None:
    """As large as it fits, in the middle, as it is printed later."""
    size = mark.deviceIndependentSize().scaled(box.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(QRectF(box).center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(place, mark, QRectF(mark.rect()))
