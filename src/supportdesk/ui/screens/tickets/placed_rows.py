"""Rows of tickets under two heads, placed by arithmetic so that 100,000 cost nothing."""

from collections.abc import Sequence

from PySide6.QtCore import (
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
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from supportdesk.ui.models.ticket_model import TicketModel
from supportdesk.ui.screens.tickets.list_geometry import ListGeometry
from supportdesk.ui.screens.tickets.section_head import OrderHead, SectionHead
from supportdesk.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex


class PlacedRows(QListView):
    """Where everything is; `in_sight` carries the first and last row that are seen."""

    in_sight = Signal(object, object)

    def __init__(self, model: TicketModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.local_head = SectionHead("laptop", self.viewport())
        self.order_head = OrderHead(self.viewport())
        self.setModel(model)
        for moved in (model.modelReset, model.sections_changed, model.rowsInserted, model.rowsRemoved):
            moved.connect(self.updateGeometries)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        theme().changed.connect(self._follow_theme)

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
        self._tell_sight()

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        first, last = self._rows_between(0, self.viewport().height())
        if top_left.row() <= last and bottom_right.row() >= first:
            QAbstractItemView.dataChanged(self, top_left, bottom_right, roles)
            self.viewport().update()

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
