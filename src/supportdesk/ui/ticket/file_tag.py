"""A file that will go along, with a button that takes it away again."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.domain.commands import FileRef
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.ticket.file_row import icon_of
from supportdesk.ui.widgets.button import icon_button
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import clear_layout, row
from supportdesk.ui.widgets.text_label import ElidedLabel, TextLabel

_WIDEST, _WIDEST_WITH_NOTE = 280, 440


class FileTag(QWidget):
    remove_requested = Signal()

    def __init__(self, file: FileRef, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = file
        space = theme().space
        self.setMaximumWidth(theme().scaled(_WIDEST_WITH_NOTE if note else _WIDEST))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        layout = row(self, gap=space.s, margins=(space.s, 0, 0, 0))
        layout.addWidget(IconLabel(icon_of(file.media_type), role="muted", size=theme().icon_size.small))
        layout.addWidget(ElidedLabel(file.name, kind="caption", strong=True), 1)
        facts = " · ".join(filter(None, (formats.size(file.size_bytes), note)))
        layout.addWidget(TextLabel(facts, kind="caption", tone="muted"))
        self._remove = icon_button("x", "")
        self._remove.clicked.connect(self.remove_requested)
        layout.addWidget(self._remove)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return super().sizeHint().boundedTo(QSize(self.maximumWidth(), theme().height.button))

    def retranslate(self) -> None:
        self._remove.set_label(_("Remove {name}").format(name=self._file.name))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, border = theme().color("surface"), theme().color("hairline")
        draw_box(painter, self.rect(), fill=fill, border=border, radius=theme().radius.button)


class FileTags(QWidget):
    """`remove_requested` carries the index of the file."""

    remove_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=theme().space.s)
        self._shown: tuple[tuple[FileRef, str], ...] = ()

    def set_files(self, files: tuple[FileRef, ...], notes: Mapping[str, str]) -> None:
        """`notes` on what was done to a file, by its SHA-256."""
        shown = tuple((file, notes.get(file.sha256, "")) for file in files)
        if shown == self._shown:
            return
        self._shown = shown
        clear_layout(self._flow)
        for index, (file, note) in enumerate(shown):
            tag = FileTag(file, note)
            tag.remove_requested.connect(partial(self.remove_requested.emit, index))
            self._flow.addWidget(tag)
        self.setVisible(bool(files))
        self.updateGeometry()
