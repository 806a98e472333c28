"""The rows of the list for Qt's view."""

from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from supportdesk.domain.projections import ItemRow
from supportdesk.ui.screens.documents import row_words
from supportdesk.ui.widgets.text_label import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class DocumentRole(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1
    SEARCH = Qt.ItemDataRole.UserRole + 2
    """What is searched for, to mark it."""


class DocumentsModel(QAbstractListModel):
    """The first rows of `count`; the others come when the view gets to the end."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ItemRow, ...] = ()
        self._count, self._search = 0, ""

    def show(self, rows: tuple[ItemRow, ...], count: int, search: str) -> None:
        before, now = [row.id for row in self._rows], [row.id for row in rows]
        grown = bool(before) and len(now) > len(before) and now[: len(before)] == before
        if grown:
            self.beginInsertRows(_NOWHERE, len(before), len(now) - 1)
        elif now != before:
            self.beginResetModel()
        self._rows, self._count, self._search = rows, count, search
        if grown:
            self.endInsertRows()
        elif now != before:
            self.endResetModel()
        self.retranslate()

    def retranslate(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_at(self, index: Index) -> ItemRow | None:
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self._rows) < self._count

    def fetchMore(self, _parent: Index) -> None:
        self.more_wanted.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == DocumentRole.ROW:
            return row
        if role == DocumentRole.SEARCH:
            return self._search
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row_words.spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(row.title)
        return None
