"""The palette's list: headings and results."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from supportdesk.app.palette import SECTION_TITLES, PaletteItem, Section
from supportdesk.i18n import _

ITEM_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class PaletteModel(QAbstractListModel):
    """A row is a `Section` (a heading) or a `PaletteItem`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Section | PaletteItem, ...] = ()

    def set_items(self, items: tuple[PaletteItem, ...]) -> None:
        rows: list[Section | PaletteItem] = []
        for before, item in zip([None, *items], items, strict=False):
            if before is None or before.section is not item.section:
                rows.append(item.section)
            rows.append(item)
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def item(self, row: int) -> PaletteItem | None:
        """None for a heading or a row that is not there."""
        entry = self._rows[row] if 0 <= row < len(self._rows) else None
        return entry if isinstance(entry, PaletteItem) else None

    def next_item_row(self, row: int, step: int) -> int:
        """The nearest result after `row` in the direction of `step`, around the ends; -1 without any."""
        for distance in range(1, len(self._rows) + 1):
            candidate = (row + step * distance) % len(self._rows)
            if self.item(candidate) is not None:
                return candidate
        return -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.item(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self._rows[index.row()]
        if role == ITEM_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(entry, PaletteItem):
                return ", ".join(filter(None, (entry.title, entry.detail, entry.vendor)))
            return _(SECTION_TITLES[entry])
        return None
