"""The rows of the order list: arrows walk, a click or Enter opens."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from supportdesk.app.orders import OrderListState
from supportdesk.i18n import _
from supportdesk.ui.delegates.order_row import OrderRowDelegate
from supportdesk.ui.models.order_model import Index, OrderModel
from supportdesk.ui.theme import theme

_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class OrderRows(QListView):
    """`opened` carries the ItemRow; `in_sight` the positions among the vendor's orders; `menu_requested` the
    row and a place on the screen."""

    opened = Signal(object)
    in_sight = Signal(int, int)
    menu_requested = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = OrderModel(self)
        self._delegate = OrderRowDelegate(self)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.clicked.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self._tell_sight)
        theme().changed.connect(self._measure_anew)
        self.retranslate()

    def render_state(self, state: OrderListState) -> None:
        kept = self.rows.order(self.currentIndex().row())
        self.rows.show(state)
        at = self.rows.row_of(kept.id) if kept is not None and not self.currentIndex().isValid() else None
        if at is not None:
            self.setCurrentIndex(self.rows.index(at))
        self._tell_sight()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_sight()

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """What is not in sight is not painted."""
        first, last = self._in_sight()
        if top_left.row() <= last and bottom_right.row() >= first:
            super().dataChanged(top_left, bottom_right, roles)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = self.rows.order(index.row())
        if row is not None:
            self.opened.emit(row)

    @Slot()
    def _tell_sight(self) -> None:
        first, last = self._in_sight()
        self.in_sight.emit(max(0, first - self.rows.local_count), max(0, last - self.rows.local_count))

    def _in_sight(self) -> tuple[int, int]:
        """By arithmetic: with ten thousand rows the view need not be asked for each."""
        height = max(1, theme().height.list_row)
        first = self.verticalScrollBar().value() // height
        return first, first + self.viewport().height() // height + 1

    @Slot()
    def _measure_anew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
