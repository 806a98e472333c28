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
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from supportdesk.ui.delegates.ticket_row import TicketRowDelegate
from supportdesk.ui.models.ticket_model import TicketModel
from supportdesk.ui.screens.tickets.placed_rows import PlacedRows
from supportdesk.ui.theme import theme

_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
_POINTER = {QEvent.Type.HoverMove, QEvent.Type.HoverLeave, QEvent.Type.MouseMove, QEvent.Type.Leave}


class TicketListView(PlacedRows):
    """`chosen` carries the row that is to be opened."""

    chosen = Signal(object)
    menu_requested = Signal(object, QPoint)
    """Row and global position."""

    def __init__(self, model: TicketModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._hovered = -1
        self._delegate = TicketRowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.activated.connect(self._activate)
        model.modelReset.connect(self._begin_somewhere)

    def set_leading(self, pixels: int) -> None:
        """The margin at which rows and heads begin."""
        if pixels != self._delegate.leading:
            self._delegate.leading = pixels
            for head in (self.local_head, self.order_head):
                head.set_leading(pixels)
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().color("surface"))
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        first, last = self._rows_between(event.rect().top(), event.rect().bottom())
        current, hovered = self.currentIndex().row(), self._hovered_row()
        for row in range(first, last + 1):
            index = self._model.index(row, 0)
            option.rect = self.visualRect(index)
            option.state = self._state(row, row == current, row == hovered)
            self._delegate.paint(painter, option, index)
        painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._show_hover()

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
        if event.type() in _POINTER:
            self._show_hover()
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if from_keyboard else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if from_keyboard else event.pos()
            self.menu_requested.emit(index.row(), self.viewport().mapToGlobal(place))

    def _activate(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())

    def _state(self, row: int, current: bool, hovered: bool) -> QStyle.StateFlag:
        state = QStyle.StateFlag.State_Enabled
        if self.selectionModel().isRowSelected(row, QModelIndex()):
            state |= QStyle.StateFlag.State_Selected
        if hovered:
            state |= QStyle.StateFlag.State_MouseOver
        if current and self.hasFocus():
            state |= QStyle.StateFlag.State_HasFocus
        return state

    def _show_hover(self) -> None:
        """Repaints the row that the pointer left and the one that it came to."""
        row = self._hovered_row()
        if row == self._hovered:
            return
        for each in (self._hovered, row):
            self.viewport().update(self.visualRect(self._model.index(each, 0)))
        self._hovered = row

    def _hovered_row(self) -> int:
        if not self.viewport().underMouse():
            return -1
        return self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())).row()
