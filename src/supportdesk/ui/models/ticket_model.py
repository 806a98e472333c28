"""The ticket list for Qt's views: drafts and unsent tickets, then the windows of the server's tickets."""

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from supportdesk.app.ticket_list_state import TicketListState
from supportdesk.app.ticket_vendor import Vendor
from supportdesk.app.ticket_windows import WINDOW_ROWS, TicketWindows
from supportdesk.domain.projections import SortBy, TicketQuery, TicketRow
from supportdesk.i18n import N_, _
from supportdesk.ui import formats
from supportdesk.ui.models.ticket_texts import TicketTexts

Index = QModelIndex | QPersistentModelIndex


class TicketRole(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1
    """The TicketRow, or None while it is on its way: then bars of its shape are painted."""
    TEXTS = Qt.ItemDataRole.UserRole + 2
    SEARCH = Qt.ItemDataRole.UserRole + 3
    """What is searched for, to mark it."""


class Column(IntEnum):
    SUBJECT = 0
    NUMBER = 1
    STATUS = 2
    REQUESTER = 3
    ASSIGNEE = 4
    SERVICE = 5
    PRIORITY = 6
    CREATED = 7
    UPDATED = 8


TITLES: dict[Column, str] = {
    Column.SUBJECT: N_("Subject"),
    Column.NUMBER: N_("Number"),
    Column.STATUS: N_("Status"),
    Column.REQUESTER: N_("Requested by"),
    Column.ASSIGNEE: N_("Handled by"),
    Column.SERVICE: N_("Module"),
    Column.PRIORITY: N_("Priority"),
    Column.CREATED: N_("Reported"),
    Column.UPDATED: N_("Last change"),
}
SORTS: dict[Column, SortBy] = {
    Column.SUBJECT: SortBy.SUBJECT,
    Column.NUMBER: SortBy.NUMBER,
    Column.STATUS: SortBy.STATUS,
    Column.PRIORITY: SortBy.PRIORITY,
    Column.CREATED: SortBy.CREATED,
    Column.UPDATED: SortBy.UPDATED,
}

_CELLS: dict[Column, Callable[[TicketTexts, TicketRow], str]] = {
    Column.SUBJECT: lambda texts, row: texts.subject(row),
    Column.NUMBER: lambda texts, row: f"#{row.number}" if row.number else "",
    Column.STATUS: lambda texts, row: texts.status(row),
    Column.REQUESTER: lambda texts, row: row.requester_name,
    Column.ASSIGNEE: lambda texts, row: row.assignee_name,
    Column.SERVICE: lambda texts, row: texts.service(row),
    Column.PRIORITY: lambda texts, row: texts.priority(row),
    Column.CREATED: lambda texts, row: formats.ago(row.created_at),
    Column.UPDATED: lambda texts, row: texts.when(row),
}
_NOWHERE = QModelIndex()


class TicketModel(QAbstractTableModel):
    """Rows keep their numbers when they change; who cares for one ticket finds it again with `row_of`."""

    sections_changed = Signal()
    """Rows went from one section into the other, such as a report that has just been accepted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._local: tuple[TicketRow, ...] = ()
        self._tickets = TicketWindows()
        self._query = TicketQuery(None)
        self._vendors: dict[str, Vendor] = {}
        self._texts = TicketTexts({})

    def show(self, state: TicketListState) -> None:
        """Takes over a state; the views keep their place where the rows stay."""
        texts_changed = state.vendors != self._vendors
        if texts_changed or state.query != self._query:
            self._vendors = state.vendors
            self._texts = TicketTexts(state.vendors, name_accounts=state.query.account_id is None)
        if state.query != self._query:
            self.beginResetModel()
            self._query, self._local, self._tickets = state.query, state.local, state.tickets
            self.endResetModel()
            return
        changed = self._changed_rows(state)
        self._resize(state)
        if texts_changed:
            self._refresh_all()
        for first, last in changed:
            self._refresh(first, last)

    def retranslate(self) -> None:
        self._refresh_all()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    @property
    def local_count(self) -> int:
        return len(self._local)

    @property
    def query(self) -> TicketQuery:
        return self._query

    def ticket(self, row: int) -> TicketRow | None:
        """None outside the list and while the row is on its way."""
        if 0 <= row < len(self._local):
            return self._local[row]
        return self._tickets.row(row - len(self._local)) if row >= len(self._local) else None

    def row_of(self, account_id: str, ticket_id: str) -> int | None:
        """Where a ticket stands, if it is among the rows that are here."""
        for row, local in enumerate(self._local):
            if (local.account_id, local.id) == (account_id, ticket_id):
                return row
        position = self._tickets.position(account_id, ticket_id)
        return None if position is None else position + len(self._local)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._local) + self._tickets.total

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.ticket(index.row())
        if role == TicketRole.ROW:
            return row
        if role == TicketRole.TEXTS:
            return self._texts
        if role == TicketRole.SEARCH:
            return self._query.text
        return self._text(row, Column(index.column()), role)

    def _text(self, row: TicketRow | None, column: Column, role: int) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return _CELLS[column](self._texts, row) if row is not None else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if row is None:
                return _("Loading")
            return self._texts.spoken(row) if column is Column.SUBJECT else _CELLS[column](self._texts, row)
        if role == Qt.ItemDataRole.ToolTipRole and row is not None:
            return self._texts.tooltip(row)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(TITLES[Column(section)])
        return None

    def _resize(self, state: TicketListState) -> None:
        """Rows come and go at the end: the views repaint what they show, and nothing is laid out anew."""
        before, after = self.rowCount(), len(state.local) + state.tickets.total
        moved = len(state.local) != len(self._local)
        if after > before:
            self.beginInsertRows(_NOWHERE, before, after - 1)
        elif after < before:
            self.beginRemoveRows(_NOWHERE, after, before - 1)
        self._local, self._tickets = state.local, state.tickets
        if after > before:
            self.endInsertRows()
        elif after < before:
            self.endRemoveRows()
        if moved:
            self.sections_changed.emit()

    def _changed_rows(self, state: TicketListState) -> list[tuple[int, int]]:
        """First and last rows whose content is another one; rows that nobody sees cost nothing."""
        if len(state.local) != len(self._local):
            return [(0, len(state.local) + state.tickets.total - 1)]
        changed = [(0, len(state.local) - 1)] if state.local != self._local else []
        before, after = self._tickets.windows, state.tickets.windows
        for window in before.keys() | after.keys():
            if before.get(window) != after.get(window):
                first = len(state.local) + window * WINDOW_ROWS
                changed.append((first, first + WINDOW_ROWS - 1))
        return changed

    def _refresh_all(self) -> None:
        self._refresh(0, self.rowCount() - 1)

    def _refresh(self, first: int, last: int) -> None:
        last = min(last, self.rowCount() - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
