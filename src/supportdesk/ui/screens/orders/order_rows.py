"""The rows of the order list: arrows walk, a click or Enter opens."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from supportdesk.app.orders import OrderListState
from supportdesk.domain.projections import ItemQuery
from supportdesk.i18n import _
from supportdesk.ui.delegates.order_row import OrderRowDelegate
from supportdesk.ui.models.order_model import OrderModel
from supportdesk.ui.widgets.even_rows import EvenRows

_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class OrderRows(EvenRows):
    """`opened` carries the ItemRow; `in_sight` the positions among the vendor's orders; `menu_requested` the
    row and a place on the screen."""

    opened = Signal(object)
    in_sight = Signal(int, int)
    menu_requested = Signal(object, QPoint)
    _model: OrderModel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(OrderModel(), parent)
        self.rows = self._model
        self.rows.setParent(self)
        self._asked: tuple[ItemQuery, int] | None = None
        self._delegate = OrderRowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._open)
        self.retranslate()

    def render_state(self, state: OrderListState) -> None:
        kept = self.rows.order(self.currentIndex().row())
        self.rows.show(state)
        if (state.query, state.page) != self._asked:
            self._asked = state.query, state.page
            self.verticalScrollBar().setValue(0)
        at = self.rows.row_of(kept.id) if kept is not None and not self.currentIndex().isValid() else None
        if at is not None:
            self.setCurrentIndex(self.rows.index(at))
        self.show_sight()

    def show_sight(self) -> None:
        first, last = (max(0, row - self._model.local_count) for row in self.rows_in_sight())
        self.in_sight.emit(first, last)

    def set_leading(self, pixels: int) -> None:
        self._delegate.leading = pixels
        self.viewport().update()

    def focus_rows(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    def retranslate(self) -> None:
        self.setAccessibleName(_("Orders"))
        self.rows.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._delegate.keyboard = True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._delegate.keyboard = event.reason() in _KEYBOARD
        super().focusInEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._delegate.keyboard = False
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if from_keyboard else self.indexAt(event.pos())
        row = self.rows.order(index.row()) if index.isValid() else None
        if row is not None:
            place = self.visualRect(index).center() if from_keyboard else event.pos()
            self.menu_requested.emit(row, self.viewport().mapToGlobal(place))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = self.rows.order(index.row())
        if row is not None:
            self.opened.emit(row)
