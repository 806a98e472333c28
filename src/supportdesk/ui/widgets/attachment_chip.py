"""A file of a message, as one button."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text, visual_rect
from supportdesk.ui.widgets.painted_button import PaintedButton
from supportdesk.ui.widgets.picture import Picture
from supportdesk.ui.widgets.text_label import plain_tooltip

_INSET, _GAP, _RIGHT = 6, 10, 12
_THUMB = QSize(52, 36)
_WIDEST_TEXT, _LEAST_TEXT = 200, 80


class AttachmentChip(PaintedButton):
    """`menu_requested` carries the global position for a menu with open, save and copy."""

    menu_requested = Signal(QPoint)

    def __init__(
        self, name: str = "", caption: str = "", *, icon: str = "file-text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._picture = Picture(icon)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_texts(name, caption)

    def set_texts(self, name: str, caption: str) -> None:
        self._name, self._caption = name, caption
        self.setAccessibleName(name)
        self.setAccessibleDescription(caption)
        self.setToolTip(plain_tooltip(name))
        self.updateGeometry()
        self.update()

    def set_picture(self, picture: QImage | QPixmap | None) -> None:
        self._picture.set(picture)
        self.update()

    def sizeHint(self) -> QSize:
        name = QFontMetrics(theme().font("caption", strong=True)).horizontalAdvance(self._name)
        caption = QFontMetrics(theme().font("caption")).horizontalAdvance(self._caption)
        text = min(theme().scaled(_WIDEST_TEXT), max(name, caption)) + 1
        height = max(_THUMB.height() + 2 * _INSET, 2 * theme().line_height("caption") + 2 * _INSET)
        return QSize(_INSET + _THUMB.width() + _GAP + text + _RIGHT, height)

    def minimumSizeHint(self) -> QSize:
        """In a narrow column the name is elided."""
        least = QSize(_INSET + _THUMB.width() + _GAP + theme().scaled(_LEAST_TEXT) + _RIGHT, 0)
        return least.boundedTo(self.sizeHint()).expandedTo(QSize(0, self.sizeHint().height()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        border = "controlBorder" if self.is_hovered else "hairline"
        draw_box(
            painter,
            self.rect(),
            fill=self.ground("surface"),
            border=theme().color(border),
            radius=theme().radius.card,
        )
        thumb = QRect(QPoint(_INSET, (self.height() - _THUMB.height()) // 2), _THUMB)
        place = self._visual(thumb)
        corners = QPainterPath()
        corners.addRoundedRect(QRectF(place), theme().radius.tag, theme().radius.tag)
        self._picture.paint(painter, place, corners, theme().icon_size.control)
        self._paint_texts(painter, thumb.right() + 1 + _GAP)

    def _paint_texts(self, painter: QPainter, left: int) -> None:
        line, width = theme().line_height("caption"), self.width() - left - _RIGHT + 1
        top = self.height() // 2 - line
        direction = self.layoutDirection()
        for text, y, strong, ink, elide in (
            (self._name, top, True, "text", Qt.TextElideMode.ElideMiddle),
            (self._caption, top + line, False, "muted", Qt.TextElideMode.ElideRight),
        ):
            font = theme().font("caption", strong=strong)
            place = self._visual(QRect(left, y, width, line))
            draw_text(painter, place, text, font, theme().color(ink), elide=elide, direction=direction)

    def _visual(self, rect: QRect) -> QRect:
        return visual_rect(rect, self.rect(), self.layoutDirection())
