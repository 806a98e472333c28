"""Plain text of several lines, with a bar that inserts Markdown marks."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from supportdesk.app import markup_editing
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.field_style import paint_field_frame
from supportdesk.ui.theme.painting import draw_line
from supportdesk.ui.widgets.button import IconButton
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import ElidedLabel

_BAR, _PADDING = 40, 12


class _Editor(QPlainTextEdit):
    """Pictures and files that are pasted or dropped are handed on; only text becomes text."""

    image_pasted = Signal(object)
    files_pasted = Signal(object)
    focus_moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(_PADDING, _PADDING, 4, 8)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        """As high as its lines: Qt's own hint is a box of 192."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        image = QImage(source.imageData()) if source.hasImage() else QImage()
        if files:
            self.files_pasted.emit(files)
        elif not image.isNull() and not source.hasText():
            self.image_pasted.emit(image)
        else:
            super().insertFromMimeData(source)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_moved.emit()


class TextArea(QWidget):
    """One frame around bar, text and foot. Grows with its text between `min_lines` and `max_lines`."""

    changed = Signal()
    image_pasted = Signal(object)  # QImage
    files_pasted = Signal(object)  # list[str], local paths

    def __init__(
        self,
        *,
        placeholder: str = "",
        accessible_name: str = "",
        formatting: bool = True,
        min_lines: int = 4,
        max_lines: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = (min_lines, max_lines)
        self.editor = _Editor()
        self._bar = QWidget()
        self._bold, self._list, self._code = (IconButton(icon, "") for icon in ("bold", "list", "code"))
        self._note = ElidedLabel(kind="caption", tone="muted")
        self._foot: QWidget | None = None
        self._build(formatting=formatting)
        self._connect()
        self.set_placeholder(placeholder)
        self.setAccessibleName(accessible_name)
        self.retranslate()

    def text(self) -> str:
        return self.editor.toPlainText()

    def set_text(self, text: str) -> None:
        if text != self.text():
            self.editor.setPlainText(text)

    def set_placeholder(self, text: str) -> None:
        self.editor.setPlaceholderText(text)

    def set_note(self, text: str) -> None:
        """At the end of the bar, such as "Pictures can be pasted here"."""
        self._note.setText(text)

    def add_tool(self, icon: str, accessible_name: str) -> IconButton:
        tool = IconButton(icon, accessible_name)
        self._tools.insertWidget(self._tools.count() - 2, tool)
        self._bar.show()
        return tool

    def set_foot(self, foot: QWidget) -> None:
        """A bar below the text, inside the frame: the buttons of a reply box."""
        self._foot = foot
        self._column.addWidget(foot)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.editor.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.editor.setAccessibleDescription(description)

    def retranslate(self) -> None:
        self._bold.set_label(_("Bold"))
        self._list.set_label(_("List"))
        self._code.set_label(_("Code"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in {QEvent.Type.StyleChange, QEvent.Type.EnabledChange}:
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_field_frame(
            theme(),
            painter,
            self.rect(),
            enabled=self.isEnabled(),
            focused=self.editor.hasFocus(),
            error=self.property("state") == "error",
        )
        if not self._bar.isHidden():
            bottom = self._bar.geometry().bottom()
            draw_line(painter, 1, bottom, self.width() - 1, bottom, theme().color("hairline"))

    def _build(self, *, formatting: bool) -> None:
        self._tools = row(self._bar, gap=4, margins=(6, 0, 6, 0))
        for tool in (self._bold, self._list, self._code):
            self._tools.addWidget(tool)
        self._tools.addWidget(self._note, 1)
        self._tools.addSpacing(2)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._column = column(self, margins=2)
        self._column.addWidget(self._bar)
        self._column.addWidget(self.editor, 1)
        self._bar.setVisible(formatting)
        self.setFocusProxy(self.editor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self._fit()

    def _connect(self) -> None:
        self.editor.textChanged.connect(self._on_text)
        self.editor.image_pasted.connect(self.image_pasted)
        self.editor.files_pasted.connect(self.files_pasted)
        self.editor.focus_moved.connect(self.update)
        self._bold.clicked.connect(self._toggle_bold)
        self._list.clicked.connect(self._toggle_list)
        self._code.clicked.connect(self._toggle_code)

    def _fit(self) -> None:
        self._bar.setFixedHeight(theme().height.button + 4)
        line = self.editor.fontMetrics().lineSpacing()
        least, most = self._lines
        wanted = min(most, max(least, round(self.editor.document().size().height())))
        self.editor.setMinimumHeight(wanted * line + _PADDING + 8)
        self.editor.updateGeometry()

    @Slot()
    def _on_text(self) -> None:
        self._fit()
        self.changed.emit()

    @Slot()
    def _toggle_bold(self) -> None:
        self._edit(markup_editing.toggle_bold)

    @Slot()
    def _toggle_list(self) -> None:
        self._edit(markup_editing.toggle_list)

    @Slot()
    def _toggle_code(self) -> None:
        self._edit(markup_editing.toggle_code)

    def _edit(self, operation: Callable[[str, int, int], markup_editing.Edit]) -> None:
        """One step of undo. Positions count UTF-16 units in Qt, characters in Python."""
        cursor = self.editor.textCursor()
        text = self.text()
        start, end = (_characters(text, at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        edit = operation(text, start, end)
        after = text[: edit.start] + edit.replacement + text[edit.end :]
        cursor.setPosition(_units(text, edit.start))
        cursor.setPosition(_units(text, edit.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(edit.replacement)
        cursor.setPosition(_units(after, edit.select_start))
        cursor.setPosition(_units(after, edit.select_end), QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)
        self.editor.setFocus()


def _units(text: str, characters: int) -> int:
    return len(text[:characters].encode("utf-16-le")) // 2


def _characters(text: str, units: int) -> int:
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le"))
