"""Where the customer answers: text, files, pictures; kept while it is written."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from supportdesk.app.composer import ComposerState
from supportdesk.domain.capabilities import Limits
from supportdesk.i18n import _, pgettext
from supportdesk.ui import formats
from supportdesk.ui.camera.camera_button import CameraButton
from supportdesk.ui.camera.cameras import Cameras
from supportdesk.ui.conversation.file_tag import FileTags
from supportdesk.ui.conversation.written_text import WrittenText
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import ElidedLabel, TextLabel

_NARROW_BELOW = 540
_NARROWEST = 240
_FRAME = 4
"""Of the text and its foot, left and right together."""


class ReplyBox(QWidget):
    """`image_added` carries a QImage and a name, `files_added` a list of local paths."""

    written = Signal(str)
    keep_requested = Signal()
    files_added = Signal(object)
    image_added = Signal(object, str)
    file_removed = Signal(object)
    attach_requested = Signal()
    capture_requested = Signal()
    photograph_requested = Signal()
    send_requested = Signal()

    def __init__(self, cameras: Cameras, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cameras = cameras
        self._limits = Limits()
        self._state = ComposerState()
        self._prompt = ""
        self._narrow = self._terse = False
        self._wordy_from = 0
        self._build()
        self._connect()
        self.retranslate()

    def render_state(self, state: ComposerState, prompt: str, limits: Limits) -> None:
        """`prompt` stands in it while it is empty."""
        others, self._limits = limits != self._limits, limits
        self._state, self._prompt = state, prompt
        self._area.set_text(state.text)
        self._area.editor.setReadOnly(state.sending)
        self._tags.set_files(state.files, state.warnings)
        self._problem.setText(state.problem)
        self._problem.setVisible(bool(state.problem))
        self._send.set_busy(state.sending)
        self._send.setEnabled(self.can_send)
        if others:
            self._measure()
        self._say()

    def flush(self) -> None:
        """What is typed is kept now, not at the next pause."""
        self._area.flush()

    def focus_text(self) -> None:
        self._area.focus_text()

    @property
    def can_send(self) -> bool:
        return not (self._state.is_empty or self._state.adding or self._state.sending)

    def ask_to_send(self) -> None:
        self._area.drop_pause()
        if self.can_send:
            self.send_requested.emit()

    def retranslate(self) -> None:
        self._attach.setAccessibleName(_("Attach"))
        self._capture.setAccessibleName(_("Capture screen"))
        self._photograph.setAccessibleName(_("Take a picture"))
        self._photograph.setToolTip(_("Take a picture"))
        self._area.setAccessibleName(_("Your answer"))
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def minimumSizeHint(self) -> QSize:
        """As narrow as with icons alone, whatever stands on the buttons now."""
        return QSize(theme().scaled(_NARROWEST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        space = theme().space
        self._area = WrittenText(formatting=False, min_lines=2, max_lines=9)
        self._tags = FileTags()
        self._problem = TextLabel(tone="danger", wrap=True)
        self._attach = button("", "neutral", "paperclip", size="small")
        self._capture = button("", "neutral", "scan", size="small")
        self._photograph = CameraButton(self._cameras, "neutral", size="small")
        self._note = ElidedLabel(kind="caption", tone="muted")
        self._send = button("", "primary", size="small")
        foot = QWidget()
        line = self._line = row(foot, gap=space.xs, margins=(space.xs, space.s, space.s, space.s))
        for each in (self._attach, self._capture, self._photograph):
            each.set_strong(False)
            line.addWidget(each)
        line.addWidget(self._note, 1)
        line.addWidget(self._send)
        self._area.set_foot(foot)
        self._column = column(self, gap=space.s)
        for widget in (self._problem, self._tags, self._area):
            self._column.addWidget(widget)
        self._tags.hide()
        self._problem.hide()

    def _connect(self) -> None:
        self._area.written.connect(self.written)
        self._area.keep_requested.connect(self.keep_requested)
        self._area.files_pasted.connect(self.files_added)
        self._area.image_added.connect(self.image_added)
        self._tags.remove_requested.connect(self.file_removed)
        self._attach.clicked.connect(self.attach_requested)
        self._capture.clicked.connect(self.capture_requested)
        self._photograph.clicked.connect(self.photograph_requested)
        self._send.clicked.connect(self.ask_to_send)
        self._cameras.changed.connect(self._fit)
        theme().changed.connect(self._measure)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.ask_to_send)

    @Slot()
    def _measure(self) -> None:
        """From which width on words on the buttons leave the limits their room; the camera comes and goes."""
        limits = QFontMetrics(theme().font("caption")).horizontalAdvance(self._limits_text()) + 1
        self._attach.setText(_("Attach"))
        self._capture.setText(pgettext("verb", "Capture"))
        sends = []
        for text in (_("Send files"), _("Send reply")):
            self._send.setText(text)
            sends.append(self._send.sizeHint().width())
        words = self._attach.sizeHint().width() + self._capture.sizeHint().width() + max(sends)
        margins, gaps = self._line.contentsMargins(), 3 * self._line.spacing()
        self._wordy_from = limits + words + gaps + margins.left() + margins.right() + _FRAME
        self._fit()
        self._say()

    @Slot()
    def _fit(self) -> None:
        """Icons alone say what the buttons do where words would cut the limits, and in a narrow column."""
        lens = self._photograph
        camera = 0 if lens.isHidden() else lens.sizeHint().width() + self._line.spacing()
        narrow = self.width() < theme().scaled(_NARROW_BELOW)
        terse = narrow or self.width() < self._wordy_from + camera
        if (narrow, terse) != (self._narrow, self._terse):
            self._narrow, self._terse = narrow, terse
            self._say()

    def _say(self) -> None:
        only_files = bool(self._state.files) and not self._state.text.strip()
        send = _("Send files") if only_files else _("Send reply")
        self._send.setText(_("Send") if self._narrow else send)
        self._send.setAccessibleName(send)
        self._attach.setText("" if self._terse else _("Attach"))
        self._attach.setToolTip(_("Attach") if self._terse else "")
        self._capture.setText("" if self._terse else pgettext("verb", "Capture"))
        self._capture.setToolTip(_("Capture screen") if self._terse else "")
        self._area.set_placeholder(self._prompt)
        self._note.setText(self._note_text())

    def _note_text(self) -> str:
        if self._state.adding:
            return _("Adding files…")
        if not self._narrow and (self._state.files or not self._state.text):
            return self._limits_text()
        if self._state.saved_at is not None:
            return _("Draft saved {time}").format(time=formats.time_of_day(self._state.saved_at))
        return ""

    def _limits_text(self) -> str:
        return _("Up to {count} files, {size} each").format(
            count=self._limits.max_files, size=formats.size(self._limits.max_file_bytes)
        )
