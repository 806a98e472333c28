"""The tree of subscriptions for Qt: every node knows its place, so that ten thousand of them are quick."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from supportdesk.app.subscription_tree import Node
from supportdesk.ui.screens.subscriptions import words

Index = QModelIndex | QPersistentModelIndex
_HEAD = Qt.ItemFlag.ItemIsEnabled
_ROW = _HEAD | Qt.ItemFlag.ItemIsSelectable
_LEAF = Qt.ItemFlag.ItemNeverHasChildren
# By whether it is a subscription and has parts. Qt asks for them of every row whenever it lays out.
_FLAGS = {
    (True, True): _ROW,
    (True, False): _ROW | _LEAF,
    (False, True): _HEAD,
    (False, False): _HEAD | _LEAF,
}


class SubscriptionRole(IntEnum):
    NODE = Qt.ItemDataRole.UserRole
    MARKED = Qt.ItemDataRole.UserRole + 1
    """The words that are marked."""
    WARN_DAYS = Qt.ItemDataRole.UserRole + 2


@dataclass(slots=True)
class _Entry:
    node: Node
    parent: int
    """Position of the entry that it is below; -1 for none."""
    row: int
    children: list[int]
    flags: Qt.ItemFlag


class SubscriptionModel(QAbstractItemModel):
    def __init__(self, warn_days: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._warn_days = warn_days
        self._roots: tuple[Node, ...] = ()
        self._entries: list[_Entry] = []
        self._tops: list[int] = []
        self._places: dict[str, int] = {}
        self._marked = ""

    def show_nodes(self, roots: tuple[Node, ...], marked: str) -> bool:
        """Whether there are other ones now: then everything begins anew."""
        if marked == self._marked and roots == self._roots:
            return False
        self.beginResetModel()
        self._roots, self._marked = roots, marked
        self._entries, self._places = [], {}
        self._tops = self._add(roots, -1)
        self.endResetModel()
        return True

    def _add(self, nodes: tuple[Node, ...], parent: int) -> list[int]:
        places = []
        for row, node in enumerate(nodes):
            place = len(self._entries)
            entry = _Entry(node, parent, row, [], _FLAGS[node.row is not None, bool(node.children)])
            self._entries.append(entry)
            self._places[node.id] = place
            entry.children = self._add(node.children, place)
            places.append(place)
        return places

    def index_of(self, id: str) -> QModelIndex:
        """Invalid where it is not shown."""
        place = self._places.get(id)
        return self._index(place) if place is not None else QModelIndex()

    def node(self, index: Index) -> Node | None:
        return self._entries[index.internalId()].node if index.isValid() else None

    def wholes(self) -> list[QModelIndex]:
        """All that have parts, from top to bottom."""
        return [self._index(place) for place, entry in enumerate(self._entries) if entry.children]

    def above(self, ids: frozenset[str]) -> set[str]:
        """All that they are parts of, directly or not."""
        found: set[str] = set()
        for id in ids & self._places.keys():
            place = self._entries[self._places[id]].parent
            while place >= 0 and self._entries[place].node.id not in found:
                found.add(self._entries[place].node.id)
                place = self._entries[place].parent
        return found

    def retold(self) -> None:
        """The language or the day has changed."""
        self.layoutChanged.emit()

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        below = self._below(parent)
        if column or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, 0, below[row])

    def parent(self, index: Index | None = None) -> QModelIndex:  # type: ignore[override]
        if index is None or not index.isValid():
            return QModelIndex()
        place = self._entries[index.internalId()].parent
        return self._index(place) if place >= 0 else QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._below(parent))

    def columnCount(self, _parent: Index | None = None) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.spoken(node, self._warn_days)
        told: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: node.title,
            SubscriptionRole.NODE: node,
            SubscriptionRole.MARKED: self._marked,
            SubscriptionRole.WARN_DAYS: self._warn_days,
        }
        return told.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return self._entries[index.internalId()].flags if index.isValid() else Qt.ItemFlag.NoItemFlags

    def hasChildren(self, parent: Index | None = None) -> bool:
        return bool(self._below(parent))

    def _below(self, parent: Index | None) -> list[int]:
        if parent is None or not parent.isValid():
            return self._tops
        return self._entries[parent.internalId()].children

    def _index(self, place: int) -> QModelIndex:
        return self.createIndex(self._entries[place].row, 0, place)
