"""A file that will go along, with a button that takes it away again."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from supportdesk.app.file_notes import said
from supportdesk.domain.commands import FileRef
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.conversation.file_row import icon_of
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.button import icon_button
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import clear_layout, row
from supportdesk.ui.widgets.steady_scroll import SteadyScroll
from supportdesk.ui.widgets.text_label import ElidedLabel, TextLabel

_WIDEST, _WIDEST_WITH_NOTE = 280, 440
_MOST_LINES = 3


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


class FileTags(SteadyScroll):
    """As high as its tags up to `_MOST_LINES` of them; more scroll. `remove_requested` carries an index."""

    remove_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = QWidget()
        self._flow = FlowLayout(self._inside, gap=theme().space.s)
        self._shown: tuple[tuple[FileRef, str], ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have the focus and scroll it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidget(self._inside)
        for ground in (self.viewport(), self._inside):
            ground.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        return QSize(self._flow.natural_width(), self._inside.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self._inside.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        line = theme().height.icon_button
        most = _MOST_LINES * line + (_MOST_LINES - 1) * self._flow.spacing()
        return min(most, self._inside.heightForWidth(width))

    def set_files(self, files: tuple[FileRef, ...], notes: Mapping[str, str]) -> None:
        """`notes` on what was done to a file, by its SHA-256."""
        shown = tuple((file, said(notes.get(file.sha256, ""))) for file in files)
        if shown == self._shown:
            return
        self._shown = shown
        clear_layout(self._flow)
        for index, (file, note) in enumerate(shown):
            tag = FileTag(file, note)
            tag.remove_requested.connect(partial(self.remove_requested.emit, index))
            self._flow.addWidget(tag)
            tag.show()  # at once, and not after the height was asked for
        self.setVisible(bool(files))
        self.updateGeometry()
