"""The list of tickets: how its rows look, and what a person does with them."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QWidget

from supportdesk.ui.delegates.ticket_row import TicketRowDelegate
from supportdesk.ui.models.ticket_model import TicketModel
from supportdesk.ui.screens.tickets.placed_rows import PlacedRows

_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class TicketListView(PlacedRows):
    """`chosen` carries the row that is to be opened."""

    chosen = Signal(object)
    menu_requested = Signal(object, QPoint)
    """Row and global position."""

    def __init__(self, model: TicketModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._delegate = TicketRowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.activated.connect(self._activate)
        model.modelReset.connect(self._begin_somewhere)

    def set_leading(self, pixels: int) -> None:
        """The margin at which rows and heads begin."""
        if pixels != self._delegate.leading:
            self._delegate.leading = pixels
            for head in (self.local_head, self.order_head):
                head.set_leading(pixels)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._delegate.keyboard = True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._activate(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._delegate.keyboard = event.reason() in _KEYBOARD
        super().focusInEvent(event)
        self._begin_somewhere()
        self.viewport().update()

    @Slot()
    def _begin_somewhere(self) -> None:
        """Who comes with the keyboard finds a row to go on from, also when other rows come meanwhile."""
        if self.hasFocus() and not self.currentIndex().isValid() and self._model.rowCount():
            first = self._model.index(0, 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._delegate.keyboard = False
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if from_keyboard else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if from_keyboard else event.pos()
            self.menu_requested.emit(index.row(), self.viewport().mapToGlobal(place))

    def _activate(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())
