"""The list of tickets: a QListView with rows placed by arithmetic so that 100,000 cost nothing."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
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
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from supportdesk.ui.delegates.ticket_row import TicketRowDelegate
from supportdesk.ui.models.ticket_model import TicketModel
from supportdesk.ui.screens.tickets.list_geometry import ListGeometry
from supportdesk.ui.screens.tickets.section_head import OrderHead, SectionHead
from supportdesk.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


_POINTER = {QEvent.Type.HoverMove, QEvent.Type.HoverLeave, QEvent.Type.MouseMove, QEvent.Type.Leave}


class TicketListView(QListView):
    """`in_sight` carries the first and last row that are seen, `chosen` the row that is to be opened."""

    in_sight = Signal(object, object)
    chosen = Signal(object)
    menu_requested = Signal(object, QPoint)
    """Row and global position."""

    def __init__(self, model: TicketModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._hovered = -1
        self._delegate = TicketRowDelegate(self)
        self.local_head = SectionHead("laptop", self.viewport())
        self.order_head = OrderHead(self.viewport())
        self.setModel(model)
        model.modelReset.connect(self.updateGeometries)
        model.modelReset.connect(self._begin_somewhere)
        model.sections_changed.connect(self.updateGeometries)
        model.rowsInserted.connect(self.updateGeometries)
        model.rowsRemoved.connect(self.updateGeometries)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.activated.connect(self._activate)
        theme().changed.connect(self._follow_theme)

    # Where things are

    def set_leading(self, pixels: int) -> None:
        """The margin at which rows and heads begin."""
        if pixels != self._delegate.leading:
            self._delegate.leading = pixels
            for head in (self.local_head, self.order_head):
                head.set_leading(pixels)
            self.viewport().update()

    def geometry_of_rows(self) -> ListGeometry:
        heights = theme().height
        return ListGeometry(
            heights.list_row, heights.menu_item, self._model.local_count, self._model.rowCount()
        )

    def anchor(self) -> tuple[int, int]:
        """The first row in sight, and how far its top is above the edge."""
        geometry = self.geometry_of_rows()
        row = geometry.first_from(self.verticalOffset())
        return row, self.verticalOffset() - geometry.top(row)

    def show_anchor(self, row: int, offset: int) -> None:
        self.verticalScrollBar().setValue(self.geometry_of_rows().top(row) + offset)

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.column() != 0:
            return QRect()
        geometry = self.geometry_of_rows()
        top = geometry.top(index.row()) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), geometry.row_height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self.geometry_of_rows().row_at(point.y() + self.verticalOffset())
        return self._model.index(row, 0) if row >= 0 else QModelIndex()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def isIndexHidden(self, _index: Index) -> bool:
        return False

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        rect = self.visualRect(index)
        if rect.isNull():
            return
        sticky = self._sticky_height(index.row())
        bar = self.verticalScrollBar()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - self.viewport().height() // 2)
        elif rect.top() < sticky:
            bar.setValue(bar.value() + rect.top() - sticky)
        elif rect.bottom() >= self.viewport().height():
            bar.setValue(bar.value() + rect.bottom() + 1 - self.viewport().height())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        rows, row = self._model.rowCount(), self.currentIndex().row()
        if not rows:
            return QModelIndex()
        page = max(1, self.viewport().height() // theme().height.list_row - 1)
        moves = QAbstractItemView.CursorAction
        target = {
            moves.MoveUp: row - 1,
            moves.MovePrevious: row - 1,
            moves.MoveDown: row + 1,
            moves.MoveNext: row + 1,
            moves.MovePageUp: row - page,
            moves.MovePageDown: row + page,
            moves.MoveHome: 0,
            moves.MoveEnd: rows - 1,
        }.get(action, row)
        return self._model.index(min(max(0, target), rows - 1), 0)

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        if self.selectionModel() is not None:
            self.selectionModel().select(QItemSelection(index, index), flags)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    # Painting and layout

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    @Slot()
    def _follow_theme(self) -> None:
        """A slot of its own: Qt's own method would still be called for a view that is gone."""
        self.updateGeometries()

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.geometry_of_rows().height - height))
        bar.setPageStep(height)
        bar.setSingleStep(theme().height.list_row)
        self._place_heads()
        self.viewport().update()
        self._tell_sight()

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

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """What is painted already is moved; only the strip that appears, and the heads, are painted."""
        viewport = self.viewport()
        before = [head.geometry() for head in (self.local_head, self.order_head) if not head.isHidden()]
        viewport.scroll(0, dy, viewport.rect())
        self._place_heads()
        for place in before:
            viewport.update(place.united(place.translated(0, dy)))
        for head in (self.local_head, self.order_head):
            head.update()
        self._show_hover()
        self._tell_sight()

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        first, last = self._rows_between(0, self.viewport().height())
        if top_left.row() <= last and bottom_right.row() >= first:
            QAbstractItemView.dataChanged(self, top_left, bottom_right, roles)
            self.viewport().update()

    # What the person does

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

    def _rows_between(self, top: int, bottom: int) -> tuple[int, int]:
        geometry = self.geometry_of_rows()
        first = geometry.first_from(top + self.verticalOffset())
        last = geometry.first_from(bottom + self.verticalOffset())
        return first, min(last, geometry.total - 1)

    def _sticky_height(self, row: int) -> int:
        return theme().height.menu_item if row >= self._model.local_count else 0

    def _place_heads(self) -> None:
        """The order stays in sight: its head stops at the top when the list goes on."""
        geometry, width, offset = self.geometry_of_rows(), self.viewport().width(), self.verticalOffset()
        self.local_head.setGeometry(0, -offset, width, geometry.head_height)
        self.local_head.setVisible(geometry.has_local_head)
        top = max(0, geometry.server_head_top - offset)
        self.order_head.setGeometry(0, top, width, geometry.head_height)
        self.order_head.setVisible(geometry.has_server_head)

    def _tell_sight(self) -> None:
        first, last = self._rows_between(0, self.viewport().height())
        self.in_sight.emit(first, last)
