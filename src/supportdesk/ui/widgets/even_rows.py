"""A list whose rows are all of one height and placed by arithmetic, so that 100,000 cost nothing."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Slot,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.list_geometry import ListGeometry

Index = QModelIndex | QPersistentModelIndex
_POINTER = {QEvent.Type.HoverMove, QEvent.Type.HoverLeave, QEvent.Type.MouseMove, QEvent.Type.Leave}


class EvenRows(QListView):
    """Qt's own list asks its model for every row whenever it is laid out."""

    def __init__(self, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._hovered = -1
        self.make_heads()
        self.setModel(model)
        for moved in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            moved.connect(self.doItemsLayout)  # now: Qt does it later, and then paints everything twice
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        theme().changed.connect(self._follow_theme)

    def make_heads(self) -> None:
        """Called once, before anything is placed."""

    def geometry_of_rows(self) -> ListGeometry:
        return ListGeometry(theme().height.list_row, 0, 0, self._model.rowCount())

    def show_sight(self) -> None:
        """Called when other rows may be in sight."""

    def rows_between(self, top: int, bottom: int) -> tuple[int, int]:
        """The first and the last row of which something stands there, in pixels of the viewport."""
        geometry = self.geometry_of_rows()
        first = geometry.first_from(top + self.verticalOffset())
        last = geometry.first_from(bottom + self.verticalOffset())
        return first, min(last, geometry.total - 1)

    def rows_in_sight(self) -> tuple[int, int]:
        return self.rows_between(0, self.viewport().height())

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

    def covered_above(self, _row: int) -> int:
        """Pixels at the top of the viewport in which this row would not be seen."""
        return 0

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        rect = self.visualRect(index)
        if rect.isNull():
            return
        covered, bar = self.covered_above(index.row()), self.verticalScrollBar()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - self.viewport().height() // 2)
        elif rect.top() < covered:
            bar.setValue(bar.value() + rect.top() - covered)
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
        self.viewport().update()
        self.show_sight()

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """What is painted already is moved; only the strip that appears is painted."""
        viewport = self.viewport()
        viewport.scroll(0, dy, viewport.rect())
        self.show_sight()
        self._show_hover()

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """What is not in sight is not painted."""
        first, last = self.rows_in_sight()
        if top_left.row() <= last and bottom_right.row() >= first:
            QAbstractItemView.dataChanged(self, top_left, bottom_right, roles)
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().color("surface"))
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        first, last = self.rows_between(event.rect().top(), event.rect().bottom())
        current, hovered = self.currentIndex().row(), self._hovered_row()
        for row in range(first, last + 1):
            index = self._model.index(row, 0)
            option.rect = self.visualRect(index)
            option.state = self._state(row, row == current, row == hovered)
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in _POINTER:
            self._show_hover()
        return super().viewportEvent(event)

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
