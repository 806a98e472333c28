"""The list of documents: two lines each, opened by click or Enter."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from supportdesk.domain.projections import ItemRow
from supportdesk.ui import formats
from supportdesk.ui.delegates.two_lines import TwoLineDelegate, TwoLines
from supportdesk.ui.screens.documents import row_words
from supportdesk.ui.screens.documents.model import DocumentRole, DocumentsModel
from supportdesk.ui.theme import theme

_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class _RowDelegate(TwoLineDelegate):
    def search(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(DocumentRole.SEARCH))

    def paint_lines(self, row: TwoLines, index: QModelIndex | QPersistentModelIndex) -> None:
        item = index.data(DocumentRole.ROW)
        if not isinstance(item, ItemRow):
            return
        row.title(item.title, formats.ago(item.updated_at), unread=item.unread)
        row.chip(*row_words.chip(item))
        if item.refused:
            row.icon("circle-alert", "danger")
        elif item.pending:
            row.icon("cloud-upload", "warning")
        row.caption(row_words.second_line(item))


class DocumentList(QListView):
    """`opened` carries the row."""

    opened = Signal(object)

    def __init__(self, model: DocumentsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._delegate = _RowDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.clicked.connect(self._open)
        theme().changed.connect(self._measure_anew)

    def set_leading(self, pixels: int) -> None:
        self._delegate.leading = pixels
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._delegate.keyboard = True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._delegate.keyboard = event.reason() in _KEYBOARD
        super().focusInEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._delegate.keyboard = False
        return super().viewportEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = self._rows.row_at(index)
        if row is not None:
            self.opened.emit(row)

    @Slot()
    def _measure_anew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
