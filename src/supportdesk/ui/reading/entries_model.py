"""The rows of a reading list for Qt's view."""

from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

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
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._search = ""

    def show(self, entries: tuple[Entry, ...], search: str) -> bool:
        """Returns whether rows came, went or moved; else they are only painted anew."""
        moved = [entry.item.id for entry in entries] != [entry.item.id for entry in self._entries]
        if moved:
            self.beginResetModel()
        self._entries, self._search = entries, search
        if moved:
            self.endResetModel()
        else:
            self.retranslate()
        return moved

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
