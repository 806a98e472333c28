"""The field in which the words of a label are written, on the picture."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.widgets.line_edit import LineEdit

_LEAST_WIDTH = 160
_PADDING = 32


class LabelEditor(LineEdit):
    """However it is left, the words stay; undo takes them back. Tells once."""

    finished = Signal(str)

    def __init__(self, parent: QWidget, text: str, centre: QPoint) -> None:
        super().__init__(text, placeholder=_("Text"), parent=parent)
        self._canvas = parent
        self._centre = centre
        self._is_over = False
        self.setAccessibleName(_("Text"))
        self.setMaxLength(500)
        self.textChanged.connect(self._fit)
        self._fit()

    def begin(self) -> None:
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._finish()

    def _finish(self) -> None:
        if not self._is_over:
            self._is_over = True
            self.finished.emit(self.text())

    @Slot()
    def _fit(self) -> None:
        words = QFontMetrics(self.font()).horizontalAdvance(self.text()) + _PADDING
        room = self._canvas.rect()
        place = QRect(0, 0, min(max(_LEAST_WIDTH, words), room.width()), self.sizeHint().height())
        place.moveCenter(self._centre)
        place.moveLeft(max(room.left(), min(place.left(), room.right() - place.width())))
        self.setGeometry(place)
