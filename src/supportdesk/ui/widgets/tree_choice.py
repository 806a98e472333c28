"""A choice from two levels, found by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.i18n import _, ngettext
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.field_style import paint_field_frame
from supportdesk.ui.theme.painting import draw_line
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.tree_choice_model import TreeChoiceModel
from supportdesk.ui.widgets.tree_items import TreeItem, found_items, kept_items
from supportdesk.ui.widgets.tree_rows import KEY, TreeRows, TreeView

_HIGHEST = 200
_ROUTED = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class _Search(SearchField):
    """The search row of the frame below: arrows and Enter go to the tree."""

    routed = Signal(QKeyEvent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ROUTED or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.search_now()  # somebody who types fast chooses among what they typed
            self.routed.emit(event)
        else:
            super().keyPressEvent(event)


class TreeChoice(QWidget):
    """Search row and tree in one frame. `changed` tells what the person chose."""

    changed = Signal(str)

    def __init__(
        self, *, placeholder: str = "", accessible_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._search = _Search(placeholder)
        self._tree = TreeView()
        self._rows = TreeRows(self)
        self._model = TreeChoiceModel(self)
        self._items: tuple[TreeItem, ...] = ()
        self._value: str | None = None
        self._build()
        self._connect()
        self.setAccessibleName(accessible_name)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._search.setAccessibleName(name)
        self._tree.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self._search.setAccessibleDescription(description)

    def set_items(self, items: Sequence[TreeItem]) -> None:
        """Keeps the value where it is still offered."""
        self._items = tuple(items)
        if self._value is not None and not self.label_of(self._value):
            self._value = None
        self._fill(self._search.text())

    def set_placeholder(self, text: str) -> None:
        self._search.setPlaceholderText(text)

    def clear_search(self) -> None:
        self._search.clear()

    def value(self) -> str | None:
        return self._value

    def set_value(self, key: str | None) -> None:
        self._value = self._rows.chosen = key
        self._select()
        self._tree.viewport().update()

    def label_of(self, key: str) -> str:
        """With the level above: "Prescription: Printing and forms". '' for an unknown key."""
        for item in self._items:
            if item.key == key:
                return item.label
            for child in item.children:
                if child.key == key:
                    return _("{group}: {item}").format(group=item.label, item=child.label)
        return ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_field_frame(
            theme(),
            painter,
            self.rect(),
            enabled=self.isEnabled(),
            focused=self._search.hasFocus() or self._tree.hasFocus(),
            error=self.property("state") == "error",
        )
        bottom = self._search.geometry().bottom()
        draw_line(painter, 2, bottom, self.width() - 2, bottom, theme().color("hairline"))

    def _build(self) -> None:
        self._search.setProperty("state", "bare")
        self._tree.setModel(self._model)
        self._tree.setItemDelegate(self._rows)
        layout = column(self, margins=2)
        layout.addWidget(self._search)
        inner = column(margins=(2, 2, 2, 2))
        inner.addWidget(self._tree)
        layout.addLayout(inner, 1)
        self.setFocusProxy(self._search)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().scaled(320), theme().height.field + theme().scaled(_HIGHEST))

    def _connect(self) -> None:
        self._search.searched.connect(self._fill)
        self._search.routed.connect(self._route)
        self._tree.clicked.connect(self._on_pressed)
        self._tree.activated.connect(self._on_pressed)
        self._tree.selectionModel().selectionChanged.connect(
            self._on_selected, Qt.ConnectionType.QueuedConnection
        )

    @Slot(str)
    def _fill(self, needle: str) -> None:
        folded = needle.strip().casefold()
        self._rows.needle = folded
        found = found_items(self._items, folded)
        count = sum(len(item.children) or 1 for item in found)
        note = _("Nothing found") if folded and not found else ""
        self._model.show_items((*found, *kept_items(self._items, found)), note)
        self._tree.expandAll()
        self._search.set_matches(
            ngettext("{n} match", "{n} matches", count).format(n=count) if folded else ""
        )
        self._select()

    def _select(self) -> None:
        """What is chosen; while searching, the first that says what was typed is pointed at, or its kin."""
        leaves = self._model.leaves()
        chosen = next((leaf for leaf in leaves if leaf.data(KEY) == self._value), None)
        if chosen is not None:
            self._tree.setCurrentIndex(chosen)
            return
        self._tree.clearSelection()
        needle = self._rows.needle
        first = next((leaf for leaf in leaves if needle in str(leaf.data()).casefold()), None)
        self._point_at((first or next(iter(leaves), QModelIndex())) if needle else QModelIndex())

    def _point_at(self, index: QModelIndex) -> None:
        """Enter would choose it."""
        self._tree.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._tree.viewport().update()

    @Slot(QKeyEvent)
    def _route(self, event: QKeyEvent) -> None:
        if event.key() not in _ROUTED:
            self._on_pressed(self._tree.currentIndex())
            return
        step = -1 if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_PageUp} else 1
        leaves = self._model.leaves()
        current = self._tree.currentIndex()
        at = leaves.index(current) + step if current in leaves else 0
        if 0 <= at < len(leaves):
            self._point_at(leaves[at])

    @Slot()
    def _on_selected(self) -> None:
        """Arrows within the tree, and screen readers, which select a row to press it."""
        for index in self._tree.selectedIndexes():
            if index.data(KEY) != self._value:
                self._on_pressed(index)

    @Slot(QModelIndex)
    def _on_pressed(self, index: QModelIndex) -> None:
        key = index.data(KEY) if index.isValid() else None
        if not isinstance(key, str):
            self._tree.setExpanded(index, not self._tree.isExpanded(index))
            return
        if key != self._value:
            self.set_value(key)
            self.changed.emit(key)
