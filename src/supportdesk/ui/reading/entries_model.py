"""The rows of a reading list for Qt's view."""

from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from supportdesk.app.reading import Entry
from supportdesk.ui.reading import facts
from supportdesk.ui.widgets.text_label import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class EntryRole(IntEnum):
    ENTRY = Qt.ItemDataRole.UserRole + 1
    SEARCH = Qt.ItemDataRole.UserRole + 2
    """What is searched for, to mark it."""


class EntriesModel(QAbstractListModel):
    """The first entries of `count`; the others come when the view gets to the end."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._count = 0
        self._search = ""

    def show(self, entries: tuple[Entry, ...], count: int, search: str) -> None:
        """Rows behind those that are there are added; else the list is a new one or only painted anew."""
        before, now = self._ids(self._entries), self._ids(entries)
        grown = bool(before) and len(now) > len(before) and now[: len(before)] == before
        if grown:
            self.beginInsertRows(_NOWHERE, len(before), len(now) - 1)
        elif now != before:
            self.beginResetModel()
        self._entries, self._count, self._search = entries, count, search
        if grown:
            self.endInsertRows()
        elif now != before:
            self.endResetModel()
        if now[: len(before)] == before:
            self.retranslate()

    def retranslate(self) -> None:
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def id_at(self, index: Index) -> str:
        """'' outside the list."""
        return self._entries[index.row()].item.id if 0 <= index.row() < len(self._entries) else ""

    def index_of(self, publication_id: str) -> QModelIndex:
        for row, entry in enumerate(self._entries):
            if entry.item.id == publication_id:
                return self.index(row)
        return QModelIndex()

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self._entries) < self._count

    def fetchMore(self, _parent: Index) -> None:
        self.more_wanted.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        if role == EntryRole.ENTRY:
            return entry
        if role == EntryRole.SEARCH:
            return self._search
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return facts.spoken(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(entry.item.title)
        return None

    def _ids(self, entries: tuple[Entry, ...]) -> list[str]:
        return [entry.item.id for entry in entries]
