"""The list of texts: arrows walk, a click or Enter opens."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from supportdesk.app.reading import Entry
from supportdesk.ui.reading.entries_model import EntriesModel
from supportdesk.ui.reading.entry_row import EntryRowDelegate
from supportdesk.ui.theme import theme

_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class EntryList(QListView):
    """`walked` and `opened` carry the id of a publication and come from the person alone."""

    walked = Signal(str)
    opened = Signal(str)
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = EntriesModel(self)
        self._delegate = EntryRowDelegate(self)
        self._updating = False
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.selectionModel().currentChanged.connect(self._walk)
        self.clicked.connect(self._open)
        self._model.more_wanted.connect(self.more_wanted)
        theme().changed.connect(self._measure_anew)

    def show_entries(self, entries: tuple[Entry, ...], count: int, search: str, chosen_id: str) -> None:
        """The first entries of `count`."""
        self._updating = True
        self._model.show(entries, count, search)
        self._select(chosen_id)
        self._updating = False

    def set_leading(self, pixels: int) -> None:
        """The margin at which rows begin."""
        self._delegate.leading = pixels
        self.viewport().update()

    def retranslate(self) -> None:
        self._model.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._delegate.keyboard = True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._delegate.keyboard = event.reason() in _KEYBOARD
        self._updating = True  # Qt makes the first row the current one: that is nobody's choice
        super().focusInEvent(event)
        self._updating = False

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._delegate.keyboard = False
        return super().viewportEvent(event)

    def _select(self, chosen_id: str) -> None:
        selection, index = self.selectionModel(), self._model.index_of(chosen_id)
        if not index.isValid():
            selection.clearSelection()
            return
        if selection.currentIndex() != index or not selection.isSelected(index):
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    @Slot(QModelIndex)
    def _walk(self, index: QModelIndex) -> None:
        if not self._updating and index.isValid():
            self.walked.emit(self._model.id_at(index))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.id_at(index))

    @Slot()
    def _measure_anew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
