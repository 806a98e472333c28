"""The screenshot studio's window: marks a picture and hands it on as a clean PNG."""

from pathlib import Path, PurePath

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from supportdesk.app.annotation.document import Document
from supportdesk.app.annotation.session import Session
from supportdesk.app.annotation.shapes import Ink
from supportdesk.app.annotation.tools import TOOLS, Tool
from supportdesk.domain.errors import SupportDeskError
from supportdesk.i18n import _
from supportdesk.ui.studio.canvas import Canvas
from supportdesk.ui.studio.canvas_view import CanvasView
from supportdesk.ui.studio.encoding import Encoding
from supportdesk.ui.studio.footer import StudioFooter
from supportdesk.ui.studio.paint import measure_text
from supportdesk.ui.studio.studio_bar import StudioBar
from supportdesk.ui.studio.tool_rail import ToolRail
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import announce
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.file_dialog import FileDialog, Place
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.toast import ToastHost

_START_SIZE = (1120, 760)
_LEAST_SIZE = (720, 560)


class StudioEditor(QWidget):
    """A window of its own. It ends with exactly one of its signals and then closes and deletes itself.

    `image` carries the scale of the screen it was taken from as its device pixel ratio; `name` is the file
    name it gets, with or without ".png".
    """

    used = Signal(object, str, int)
    """The bytes of a PNG, its name, and how many areas were blacked out."""
    discarded = Signal()

    def __init__(self, image: QImage, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._image = image
        self._name = f"{PurePath(name).stem or 'screenshot'}.png"
        document = Document(image.width(), image.height(), max(1.0, image.devicePixelRatio()))
        self._session = Session(document, measure_text)
        self._encoding = Encoding(self)
        self._bar = StudioBar()
        self._rail = ToolRail()
        self._canvas = Canvas(self._session, image)
        self._view = CanvasView(self._session, self._canvas)
        self._footer = StudioFooter()
        self._is_over = False
        self._blacked_out = 0
        self._build()
        self._toasts = ToastHost(self)
        self._connect()
        self._add_shortcuts()
        theme().dress(self)
        self.retranslate()
        self._render()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Screenshot studio"))
        self.setAccessibleName(_("Screenshot studio"))
        self._canvas.retranslate()

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        middle = row()
        middle.addWidget(self._rail)
        middle.addWidget(Divider(Qt.Orientation.Vertical))
        middle.addWidget(self._view, 1)
        outer = column(self)
        outer.addWidget(self._bar)
        outer.addLayout(middle, 1)
        outer.addWidget(self._footer)
        self.setMinimumSize(*_LEAST_SIZE)
        self.resize(*_START_SIZE)
        self._canvas.setFocus()

    def _connect(self) -> None:
        self._rail.chosen.connect(self._choose_tool)
        self._bar.style_bar.ink_chosen.connect(self._choose_ink)
        self._bar.style_bar.weight_chosen.connect(self._choose_weight)
        self._bar.undo_wanted.connect(self._undo)
        self._bar.redo_wanted.connect(self._redo)
        self._bar.zoom_in_wanted.connect(self._view.zoom_in)
        self._bar.zoom_out_wanted.connect(self._view.zoom_out)
        self._bar.zoom_toggled.connect(self._view.toggle_fit)
        self._view.factor_changed.connect(self._bar.render_factor)
        self._canvas.edited.connect(self._render)
        self._footer.copy_wanted.connect(self._copy)
        self._footer.save_wanted.connect(self._save)
        self._footer.use_wanted.connect(self._use)
        self._footer.kept.connect(self._go_on)
        self._footer.discarded.connect(self._discard)
        self._encoding.flattened.connect(self._on_flattened)
        self._encoding.encoded.connect(self._on_encoded)
        self._encoding.written.connect(self._on_written)
        self._encoding.failed.connect(self._on_failed)

    def _add_shortcuts(self) -> None:
        for spec in TOOLS:
            shortcut = QShortcut(QKeySequence(spec.key), self)
            shortcut.setProperty("tool", spec.tool.value)
            shortcut.activated.connect(self._on_tool_key)
        for keys, act in (
            ("Ctrl+Z", self._undo),
            ("Ctrl+Shift+Z", self._redo),
            ("Ctrl+Y", self._redo),
            ("Ctrl+C", self._copy),
            ("Ctrl+S", self._save),
            ("Ctrl+Return", self._use),
            ("Ctrl+Enter", self._use),
            ("Ctrl++", self._view.zoom_in),
            ("Ctrl+=", self._view.zoom_in),
            ("Ctrl+-", self._view.zoom_out),
            ("Ctrl+0", self._view.zoom_full),
            ("Ctrl+W", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # Marking

    @Slot()
    def _on_tool_key(self) -> None:
        self._choose_tool(Tool(self.sender().property("tool")))
        self._canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _choose_tool(self, tool: Tool) -> None:
        self._canvas.finish_writing()
        self._session.choose_tool(tool)
        title = next(spec.title for spec in TOOLS if spec.tool is tool)
        announce(self._canvas, _(title))
        self._render()

    @Slot(object)
    def _choose_ink(self, ink: Ink) -> None:
        self._session.choose_ink(ink)
        self._render()

    @Slot(int)
    def _choose_weight(self, weight: int) -> None:
        self._session.choose_weight(weight)
        self._render()

    @Slot()
    def _undo(self) -> None:
        self._canvas.finish_writing()
        if self._session.undo():
            announce(self._canvas, _("Undone"))
            self._render()

    @Slot()
    def _redo(self) -> None:
        if self._session.redo():
            announce(self._canvas, _("Done again"))
            self._render()

    @Slot()
    def _render(self) -> None:
        self._rail.render_state(self._session.tool, self._session.document.next_number)
        self._bar.render_state(self._session)
        self._view.refresh()

    # What becomes of it

    @Slot()
    def _copy(self) -> None:
        self._encoding.flatten(self._finished_document(), self._image)

    @Slot()
    def _save(self) -> None:
        dialog = FileDialog(self, _("Save picture"), Place.PicturesLocation)
        dialog.setNameFilter(_("Pictures (*.png)"))
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.selectFile(self._name)
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    @Slot()
    def _use(self) -> None:
        self._footer.set_busy(True)
        document = self._finished_document()
        self._blacked_out = document.blacked_out
        self._encoding.encode(document, self._image)

    def _finished_document(self) -> Document:
        self._canvas.finish_writing()
        self._session.cancel_gesture()
        return self._session.document

    @Slot(str)
    def _on_file_chosen(self, file: str) -> None:
        self._encoding.write(self._finished_document(), self._image, Path(file))

    @Slot(QImage)
    def _on_flattened(self, picture: QImage) -> None:
        QGuiApplication.clipboard().setImage(picture)
        self._toasts.show_toast(_("Copied"))

    @Slot(object)
    def _on_written(self, file: Path) -> None:
        self._toasts.show_toast(_("Saved as {file}").format(file=file.name))

    @Slot(object)
    def _on_encoded(self, png: bytes) -> None:
        self._is_over = True
        self.used.emit(png, self._name, self._blacked_out)
        self.close()

    @Slot(object)
    def _on_failed(self, error: SupportDeskError) -> None:
        self._footer.set_busy(False)
        self._toasts.show_toast(f"{error} {error.next_step}", tone="danger")

    # Leaving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._footer.is_asking:
            self._go_on()
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """With markings on the picture the question is asked in the foot of the window."""
        if not self._is_over and self._session.has_changes:
            event.ignore()
            self._ask()
            return
        if not self._is_over:
            self._is_over = True
            self.discarded.emit()
        self._encoding.close()
        super().closeEvent(event)

    def _ask(self) -> None:
        self._footer.ask()
        announce(self, self._footer.question_text(), assertive=True)

    @Slot()
    def _go_on(self) -> None:
        self._footer.stop_asking()
        self._canvas.setFocus()

    @Slot()
    def _discard(self) -> None:
        self._is_over = True
        self.discarded.emit()
        self.close()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
