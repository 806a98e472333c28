"""One text as two lines: title and day; what is to be done with it and what it says."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from supportdesk.app.reading import Entry
from supportdesk.ui.delegates.two_lines import TwoLineDelegate, TwoLines
from supportdesk.ui.reading import facts
from supportdesk.ui.reading.entries_model import EntryRole


class EntryRowDelegate(TwoLineDelegate):
    def search(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(EntryRole.SEARCH))

    def paint_lines(self, row: TwoLines, index: QModelIndex | QPersistentModelIndex) -> None:
        entry = index.data(EntryRole.ENTRY)
        if not isinstance(entry, Entry):
            return
        row.title(entry.item.title, facts.when(entry.item), unread=facts.is_unread(entry.item))
        chip = facts.chip(entry.item)
        if chip is not None:
            row.chip(*chip)
        row.caption(facts.second_line(entry, searching=bool(self.search(index))))
