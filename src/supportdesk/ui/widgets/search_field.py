"""A field that searches while one types."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.widgets.button import IconButton
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.text_label import TextLabel


class SearchField(LineEdit):
    """Searches with every letter: who listens answers from this computer and drops what is no longer asked.

    Escape clears it; on an empty field Escape goes on to whoever is outside. `left` says that Enter or Down
    leads on to what was found.
    """

    searched = Signal(str)
    left = Signal()

    def __init__(
        self, placeholder: str = "", accessible_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)  # letters that come together, as from pasting, are one question
        self._matches = TextLabel(kind="caption", tone="muted")
        self._clear = IconButton("x", "", size=26)
        self._told = ""
        self.setAccessibleName(accessible_name or placeholder)
        self._build()
        self._connect()
        self.retranslate()

    def set_matches(self, text: str) -> None:
        """A few words at the end of the field, such as "3 matches"; '' for none."""
        self._matches.setText(text)
        self._matches.setVisible(bool(text))
        self.extras.arrange()

    def retranslate(self) -> None:
        self._clear.set_label(_("Clear"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self._empty()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.search_now()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.set_icon("search")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._matches.hide()
        self._clear.hide()
        self.extras.add(self._matches)
        self.extras.add(self._clear)

    def _connect(self) -> None:
        self.textChanged.connect(self._on_text)
        self._clear.clicked.connect(self._empty)
        self._pause.timeout.connect(self.search_now)

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.extras.arrange()
        self._pause.start()

    def _empty(self) -> None:
        self.clear()
        self.search_now()

    def search_now(self) -> None:
        """For what stands in the field, without waiting for the end of the typing."""
        self._pause.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)
