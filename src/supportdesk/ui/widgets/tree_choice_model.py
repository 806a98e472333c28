"""What a `TreeChoice` shows, for Qt.

Not a QStandardItemModel: its items belong to Python and to Qt, and `clear()` crashed now and then.
"""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from supportdesk.ui.widgets.tree_items import TreeItem
from supportdesk.ui.widgets.tree_rows import KEY

Index = QModelIndex | QPersistentModelIndex
_TOP = 0
"""The id of an index of the upper level. One of the lower level has the number of its heading, from 1 on."""


class TreeChoiceModel(QAbstractItemModel):
    """`KEY` is None for headings, and for the note that stands on top where nothing was found."""

    _items: Sequence[TreeItem] = ()
    _note = ""

    def show_items(self, items: Sequence[TreeItem], note: str = "") -> None:
        self.beginResetModel()
        self._note = note
        self._items = (TreeItem("", note), *items) if note else tuple(items)
        self.endResetModel()

    def leaves(self) -> list[QModelIndex]:
        """What can be chosen, from top to bottom."""
        leaves: list[QModelIndex] = []
        for at in range(len(self._items)):
            top = self.index(at, 0)
            count = self.rowCount(top)
            leaves += [self.index(below, 0, top) for below in range(count)] if count else [top]
        return [leaf for leaf in leaves if leaf.data(KEY) is not None]

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        if column or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        is_below = parent is not None and parent.isValid()
        return self.createIndex(row, 0, parent.row() + 1 if parent is not None and is_below else _TOP)

    def parent(self, index: Index | None = None) -> QModelIndex:  # type: ignore[override]
        if index is None or not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: Index | None = None) -> int:
        if parent is None or not parent.isValid():
            return len(self._items)
        return len(self._items[parent.row()].children) if parent.internalId() == _TOP else 0

    def columnCount(self, _parent: Index | None = None) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self._item(index)
        if role == KEY:
            return None if item.children or self._is_note(index) else item.key
        return item.label if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._is_note(index):
            return Qt.ItemFlag.NoItemFlags
        enabled = Qt.ItemFlag.ItemIsEnabled
        return enabled if self._item(index).children else enabled | Qt.ItemFlag.ItemIsSelectable

    def _item(self, index: Index) -> TreeItem:
        at = index.internalId()
        return self._items[index.row()] if at == _TOP else self._items[at - 1].children[index.row()]

    def _is_note(self, index: Index) -> bool:
        return bool(self._note) and index.internalId() == _TOP and index.row() == 0
