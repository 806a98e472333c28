"""The same tickets as a table: columns can be chosen, moved and sorted by."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from supportdesk.domain.projections import SortBy, TicketQuery
from supportdesk.i18n import _
from supportdesk.ui.delegates.ticket_cell import TicketCellDelegate, cell_width
from supportdesk.ui.models.ticket_model import SORTS, TITLES, Column, TicketModel
from supportdesk.ui.screens.tickets.table_head import TableHead
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.menu import Menu

Index = QModelIndex | QPersistentModelIndex
_HIDDEN_AT_FIRST = (Column.CREATED, Column.PRIORITY)
_SUBJECT_LEAST = 240
_WIDEST = {
    Column.NUMBER: 84,
    Column.STATUS: 196,
    Column.REQUESTER: 130,
    Column.ASSIGNEE: 120,
    Column.SERVICE: 130,
    Column.PRIORITY: 100,
    Column.CREATED: 100,
    Column.UPDATED: 116,
}
"""Where not everything fits; what needs less gets less."""


class TicketTableView(QTableView):
    """Signals as of the list; `sort_requested` carries a SortBy, `layout_changed` the state to keep."""

    in_sight = Signal(object, object)
    chosen = Signal(object)
    menu_requested = Signal(object, QPoint)
    sort_requested = Signal(object)
    layout_changed = Signal(str)

    def __init__(self, model: TicketModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._restoring = False
        self._arranged = False
        self._needed: dict[Column, int] = {}
        self.setModel(model)
        self.setItemDelegate(TicketCellDelegate(self))
        self._build()
        self._connect()
        self.retranslate()
        self._apply_theme()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Tickets as a table"))

    def show_order(self, query: TicketQuery) -> None:
        column = next((column for column, by in SORTS.items() if by is query.sort), Column.UPDATED)
        order = Qt.SortOrder.DescendingOrder if query.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)

    def restore_layout(self, kept: str) -> None:
        """`kept` is what `layout_changed` told; anything else leaves the columns as they are."""
        self._restoring = True
        self._arranged = bool(kept)
        if kept:
            self.horizontalHeader().restoreState(QByteArray.fromBase64(kept.encode("ascii", "ignore")))
        self._restoring = False

    def anchor(self) -> tuple[int, int]:
        row = self.rowAt(0)
        return (row, -self.rowViewportPosition(row)) if row >= 0 else (0, 0)

    def show_anchor(self, row: int, offset: int) -> None:
        self.verticalScrollBar().setValue(row * self.verticalHeader().defaultSectionSize() + offset)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if from_keyboard else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if from_keyboard else event.pos()
            self.menu_requested.emit(index.row(), self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._tell_sight()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._tell_sight()

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """What is not in sight is not painted."""
        first, last = self._rows_in_sight()
        if top_left.row() <= last and bottom_right.row() >= first:
            super().dataChanged(top_left, bottom_right, roles)
            self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._fit_columns()

    def _build(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._head = TableHead(self)
        self.setHorizontalHeader(self._head)
        self._head.setSortIndicatorShown(True)  # only now: the table takes it off a head that it is given
        for column in _HIDDEN_AT_FIRST:
            self.setColumnHidden(column, True)

    def _connect(self) -> None:
        head = self.horizontalHeader()
        head.sectionClicked.connect(self._sort)
        head.customContextMenuRequested.connect(self._choose_columns)
        head.sectionMoved.connect(self._keep_layout)
        head.sectionResized.connect(self._keep_layout)
        self.doubleClicked.connect(self._open)
        self._model.modelReset.connect(self._needed.clear)
        self._model.modelReset.connect(self._fit_columns)
        self._model.modelReset.connect(self._tell_sight)
        self._model.rowsInserted.connect(self._tell_sight)
        theme().changed.connect(self._apply_theme)

    def _apply_theme(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().height.table_row)
        self.horizontalHeader().setFixedHeight(theme().height.table_header)
        self._needed.clear()
        self._fit_columns()

    def _sort(self, section: int) -> None:
        by: SortBy | None = SORTS.get(Column(section))
        if by is not None:
            self.sort_requested.emit(by)
        self.show_order(self._model.query)

    def offer_columns(self, menu: Menu) -> None:
        """Which are shown; the subject always is."""
        for column in Column:
            if column is not Column.SUBJECT:
                toggle = partial(self._toggle_column, column)
                menu.entry(_(TITLES[column]), toggle, checked=not self.isColumnHidden(column))

    def _choose_columns(self, place: QPoint) -> None:
        menu = Menu(self)
        self.offer_columns(menu)
        menu.open_once(self.horizontalHeader().mapToGlobal(place))

    def _toggle_column(self, column: Column) -> None:
        self.setColumnHidden(column, not self.isColumnHidden(column))
        self._fit_columns()
        self._keep_layout()

    def _fit_columns(self) -> None:
        """Until the person arranges the columns they fill the width; the subject has what the others leave.

        A column keeps what the widest row seen so far needs, so that scrolling moves nothing to and fro. The
        hidden table measures nothing.
        """
        if self._arranged or not self.isVisible():
            return
        self._restoring = True
        shown = [column for column in Column if not self.isColumnHidden(column)]
        for column in shown:
            self._needed[column] = max(self._needed.get(column, 0), self._needed_in_sight(column))
        all_fit = sum(self._needed[column] for column in shown) <= self.viewport().width()
        for column in shown:
            needed, limit = self._needed[column], theme().scaled(_WIDEST.get(column, 0))
            least = self._head.needed_width(column)
            self.setColumnWidth(column, needed if all_fit else max(least, min(needed, limit)))
        others = self.horizontalHeader().length() - self.columnWidth(Column.SUBJECT)
        least = theme().scaled(_SUBJECT_LEAST)
        self.setColumnWidth(Column.SUBJECT, max(least, self.viewport().width() - others))
        self._restoring = False

    def _needed_in_sight(self, column: Column) -> int:
        head = self._head
        first, last = self._rows_in_sight()
        cells = [cell_width(self._model.index(row, column), head) for row in range(first, last + 1)]
        return max([head.needed_width(column), *cells])

    def _keep_layout(self, *_sections: int) -> None:
        if not self._restoring:
            self._arranged = True
            state = self.horizontalHeader().saveState().toBase64()
            self.layout_changed.emit(bytes(state.data()).decode("ascii"))

    def _open(self) -> None:
        self.chosen.emit(self.currentIndex().row())

    def _tell_sight(self) -> None:
        self.in_sight.emit(*self._rows_in_sight())

    def _rows_in_sight(self) -> tuple[int, int]:
        first, last = max(0, self.rowAt(0)), self.rowAt(self.viewport().height())
        return first, last if last >= 0 else self._model.rowCount() - 1
