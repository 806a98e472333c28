"""The picture being marked. Turns pointer and keys into calls of the session and draws what it says."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.app.annotation.geometry import Point
from supportdesk.app.annotation.session import Session
from supportdesk.app.annotation.shapes import Text, bounds
from supportdesk.app.annotation.tools import Tool
from supportdesk.i18n import _
from supportdesk.ui.studio.cursors import handle_cursor
from supportdesk.ui.studio.label_writing import LabelWriting
from supportdesk.ui.studio.paint import paint_document, to_qt
from supportdesk.ui.studio.picture_layer import PictureLayer
from supportdesk.ui.studio.placement import Placement
from supportdesk.ui.studio.selection import paint_crop, paint_selection
from supportdesk.ui.studio.words import place_words, shape_words
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_ring
from supportdesk.ui.widgets.announce import announce

MARGIN = 24
_SELECTION_GAP = 5
_SLIP = 3
_QUICK_STEP = 10
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QWidget):
    """At least as large as the picture with a margin; the picture lies in its middle."""

    edited = Signal()
    """The document, the selection or the tool may have changed."""

    def __init__(self, session: Session, image: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._layer = PictureLayer(image)
        self._factor = 1.0
        self._pressed_at = QPointF()
        self._writing = LabelWriting(self, session)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setProperty("focusRing", False)
        theme().changed.connect(self._repaint)
        self._writing.finished.connect(self._tell)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Picture"))
        self.setAccessibleDescription(
            _(
                "Enter draws with the chosen tool, Tab selects, arrow keys move, "
                "Shift and arrow keys resize, Delete removes."
            )
        )

    def set_factor(self, factor: float) -> None:
        """Logical px per logical px of the captured screen."""
        self._factor = factor
        self.refresh()

    def refresh(self) -> None:
        self.setMinimumSize(self.placement.size + QSize(2 * MARGIN, 2 * MARGIN))
        self.updateGeometry()
        self.update()

    @property
    def placement(self) -> Placement:
        scale = self._session.document.scale
        return Placement(self._session.shown, self._factor / scale, self.size())

    def finish_writing(self) -> None:
        """Keep the words that are being written."""
        self._writing.finish()

    def _middle_of_view(self) -> Point:
        """The middle of the part of the picture that can be seen."""
        placement = self.placement
        seen = self.visibleRegion().boundingRect().intersected(placement.content)
        return placement.to_picture(QRectF(seen if not seen.isEmpty() else placement.content).center())

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().color("sunken"))
        placement, shown = self.placement, self._session.shown
        painter.save()
        painter.setClipRect(placement.content)
        painter.translate(placement.content.topLeft())
        self._layer.paint(painter, to_qt(shown), placement.factor)
        painter.scale(placement.factor, placement.factor)
        painter.translate(-shown.x, -shown.y)
        paint_document(painter, self._session.document, hidden_id=self._writing.hidden_id)
        painter.restore()
        draw_box(painter, placement.content.adjusted(-1, -1, 1, 1), border=theme().color("hairline"))
        self._paint_marks(painter, placement)

    def _paint_marks(self, painter: QPainter, placement: Placement) -> None:
        handles = [placement.to_view(place) for place in self._session.handles.values()]
        selected = self._session.selected
        if self._session.tool is Tool.CROP:
            crop = placement.rect_to_view(self._session.document.visible)
            paint_crop(painter, QRectF(placement.content), crop, handles)
        elif selected is not None and not self._writing.is_open:
            frame = placement.rect_to_view(bounds(selected))
            gap = _SELECTION_GAP if not handles else 0
            paint_selection(painter, frame.adjusted(-gap, -gap, gap, gap), handles)
        if self.hasFocus() and self.property("byKeyboard"):
            draw_ring(painter, placement.content, 0)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.finish_writing()
        self.setProperty("byKeyboard", False)
        self._pressed_at = event.position()
        self._session.press(self.placement.to_picture(event.position()), self.placement.pixel)
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self.placement.to_picture(event.position())
        if self._session.is_dragging:
            self._session.drag(point, even=_has_shift(event))
            self.update()
        else:
            self._show_cursor(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        slip = (event.position() - self._pressed_at).manhattanLength()
        self._session.release()
        if self._session.tool is Tool.TEXT and slip <= _SLIP:
            self._write_at(self.placement.to_picture(event.position()))
        self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        under = self._session.shape_under(self.placement.to_picture(event.position()), self.placement.pixel)
        if isinstance(under, Text):
            self._session.cancel_gesture()
            self._rewrite(under)
        else:
            self.mousePressEvent(event)

    def _show_cursor(self, point: Point) -> None:
        handle = self._session.handle_under(point, self.placement.pixel)
        if handle is not None:
            self.setCursor(handle_cursor(handle))
        elif self._session.tool is Tool.SELECT:
            under = self._session.shape_under(point, self.placement.pixel)
            self.setCursor(Qt.CursorShape.SizeAllCursor if under else Qt.CursorShape.ArrowCursor)
        else:
            is_text = self._session.tool is Tool.TEXT
            self.setCursor(Qt.CursorShape.IBeamCursor if is_text else Qt.CursorShape.CrossCursor)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._on_arrow(event, *_ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._place()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._delete()
        elif key == Qt.Key.Key_F2 and isinstance(self._session.selected, Text):
            self._rewrite(self._session.selected)
        elif key == Qt.Key.Key_Escape and self._session.cancel_gesture():
            self.update()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab walks through the shapes first and leaves the picture after the last."""
        self.setProperty("byKeyboard", True)
        if self._session.tool is not Tool.CROP:
            shape = self._session.select_next(1 if forwards else -1)
            self._tell()
            if shape is not None:
                self._say_selected()
                return True
        return super().focusNextPrevChild(forwards)

    def _on_arrow(self, event: QKeyEvent, dx: int, dy: int) -> None:
        step = self._session.document.scale
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step *= _QUICK_STEP
        resizes = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        act = self._session.stretch if resizes else self._session.nudge
        if not act(dx * step, dy * step):
            event.ignore()
            return
        self._tell()
        if self._session.selected is not None:
            announce(self, place_words(self._session.selected))

    def _place(self) -> None:
        tool, selected = self._session.tool, self._session.selected
        if tool is Tool.TEXT or (tool is Tool.SELECT and isinstance(selected, Text)):
            if isinstance(selected, Text):
                self._rewrite(selected)
            else:
                self._write(self._middle_of_view())
        elif tool is Tool.CROP:
            self._session.place_crop()
        elif self._session.place(self._middle_of_view()) is not None:
            self._say_selected()
        self._tell()

    def _delete(self) -> None:
        shape = self._session.selected
        words = shape_words(self._session.document, shape) if shape is not None else _("Crop")
        if self._session.delete():
            announce(self, _("{shape} deleted").format(shape=words))
            self._tell()

    def _say_selected(self) -> None:
        shape = self._session.selected
        if shape is not None:
            words = shape_words(self._session.document, shape)
            announce(self, _("{shape} selected, {place}").format(shape=words, place=place_words(shape)))

    # Text

    def _write_at(self, point: Point) -> None:
        """Change the label at `point`, or begin a new one there."""
        under = self._session.shape_under(point, self.placement.pixel)
        if isinstance(under, Text):
            self._rewrite(under)
        else:
            self._write(point)

    def _write(self, centre: Point) -> None:
        self._writing.write(centre, self.placement.to_view(centre).toPoint())
        self.update()

    def _rewrite(self, label: Text) -> None:
        self._writing.rewrite(label, self.placement.to_view(label.rect.centre).toPoint())
        self.update()

    @Slot()
    def _repaint(self) -> None:
        self.update()

    @Slot()
    def _tell(self) -> None:
        self.update()
        self.edited.emit()


def _has_shift(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
