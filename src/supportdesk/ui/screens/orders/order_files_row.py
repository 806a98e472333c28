"""The files of an order as a whole, while it is being written."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.domain.commands import FileRef
from supportdesk.i18n import _
from supportdesk.ui.conversation.file_tag import FileTag
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import clear_layout, column
from supportdesk.ui.widgets.text_label import TextLabel


class OrderFilesRow(QWidget):
    """`removed` carries the FileRef."""

    add_requested = Signal()
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[FileRef, ...] | None = None
        self._title = TextLabel(strong=True)
        self._add = Button("", "link", "paperclip", flush=True)
        head, chips = QWidget(), QWidget()
        self._flow = FlowLayout(chips, gap=theme().space.s)
        line = FlowLayout(head, gap=theme().space.m, apart=True)
        line.addWidget(self._title)
        line.addWidget(self._add)
        whole = column(self, gap=theme().space.s)
        whole.addWidget(head)
        whole.addWidget(chips)
        self._add.clicked.connect(self.add_requested)
        self.retranslate()

    def show_files(self, files: tuple[FileRef, ...]) -> None:
        if files == self._shown:
            return
        self._shown = files
        clear_layout(self._flow)
        for file in files:
            tag = FileTag(file)
            tag.remove_requested.connect(partial(self.removed.emit, file))
            self._flow.addWidget(tag)

    def retranslate(self) -> None:
        self._title.setText(_("Files for the whole order"))
        self._add.setText(_("Add files"))
        self._add.setAccessibleName(_("Add files to the whole order"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
