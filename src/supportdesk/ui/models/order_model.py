"""The order list for Qt's views: drafts and unsent orders, then the windows of the vendor's orders."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from supportdesk.app.item_words import state_name
from supportdesk.app.orders import OrderListState
from supportdesk.app.ticket_windows import WINDOW_ROWS, ItemWindows
from supportdesk.domain.entities import Order
from supportdesk.domain.orders import remaining
from supportdesk.domain.projections import ItemRow
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class OrderRole(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1
    """The ItemRow, or None while it is on its way."""
    SEARCH = Qt.ItemDataRole.UserRole + 2


class OrderModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._local: tuple[ItemRow, ...] = ()
        self._orders = ItemWindows()
        self._question: object = None
        self._search = ""

    def show(self, state: OrderListState) -> None:
        """Takes over a state; the view keeps its place where the question stays."""
        question = (state.query, state.page, state.per_page)
        same = question == self._question and self.rowCount() == len(state.local) + state.orders.total
        changed = self._changed(state)
        if not same:
            self.beginResetModel()
        self._question, self._search = question, state.query.text
        self._local, self._orders = state.local, state.orders
        if not same:
            self.endResetModel()
            return
        for first, last in changed:
            self.dataChanged.emit(self.index(first), self.index(min(last, self.rowCount() - 1)))

    @property
    def local_count(self) -> int:
        return len(self._local)

    def order(self, position: int) -> ItemRow | None:
        """None outside the list and while the row is on its way."""
        if 0 <= position < len(self._local):
            return self._local[position]
        return self._orders.row(position - len(self._local)) if position >= len(self._local) else None

    def row_of(self, id: str) -> int | None:
        return next((at for at in range(self.rowCount()) if (row := self.order(at)) and row.id == id), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._local) + self._orders.total

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.order(index.row())
        if role == OrderRole.ROW:
            return row
        if role == OrderRole.SEARCH:
            return self._search
        if role == Qt.ItemDataRole.DisplayRole:
            return title(row) if row is not None else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row) if row is not None else _("Loading")
        return None

    def _changed(self, state: OrderListState) -> list[tuple[int, int]]:
        """First and last rows whose content is another one; rows that nobody sees cost nothing."""
        local = len(state.local)
        changed = [(0, local - 1)] if state.local != self._local and local else []
        before, after = self._orders.windows, state.orders.windows
        for window in before.keys() | after.keys():
            if before.get(window) != after.get(window):
                first = local + window * WINDOW_ROWS
                changed.append((first, first + WINDOW_ROWS - 1))
        return changed

    def retranslate(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))


def title(row: ItemRow) -> str:
    return row.title or _("Order without a reference")


def when(row: ItemRow) -> str:
    return formats.ago(row.created_at)


def detail(row: ItemRow) -> str:
    """Number, articles, and who ordered."""
    parts = [f"#{row.number}" if row.number else ""]
    if isinstance(row.fact, Order):
        parts += [articles_text(len(remaining(row.fact.articles))), row.fact.requester_name]
    return " · ".join(part for part in parts if part)


def articles_text(count: int) -> str:
    return ngettext("{n} article", "{n} articles", count).format(n=formats.number(count))


def spoken(row: ItemRow) -> str:
    unread = [_("unread")] if row.unread else []
    parts: Sequence[str] = [title(row), state_name("order", row.state), *unread, detail(row), when(row)]
    return ", ".join(part for part in parts if part)
