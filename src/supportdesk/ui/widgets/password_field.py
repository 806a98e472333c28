"""A password: hidden, shown on request, with a word about Caps Lock."""

import ctypes
import sys

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from supportdesk.i18n import _
from supportdesk.ui.widgets.button import IconButton
from supportdesk.ui.widgets.line_edit import LineEdit

_VK_CAPITAL = 0x14


class PasswordField(LineEdit):
    """`caps_lock_changed` is what the keys suggest: no toolkit can ask every system."""

    caps_lock_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._caps_lock = False
        self._reveal = IconButton("eye", "", size=28)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.extras.add(self._reveal)
        self._reveal.setCursor(Qt.CursorShape.ArrowCursor)
        self._reveal.clicked.connect(self._toggle)
        self.retranslate()

    def retranslate(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self._reveal.set_icon("eye" if hidden else "eye-off")
        self._reveal.set_label(_("Show password") if hidden else _("Hide password"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock and sys.platform != "darwin":
            self._set_caps_lock(not self._caps_lock)
        else:
            self._judge(event)
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if sys.platform == "win32":
            self._set_caps_lock(bool(ctypes.windll.user32.GetKeyState(_VK_CAPITAL) & 1))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._set_caps_lock(False)

    def _judge(self, event: QKeyEvent) -> None:
        """A capital without Shift, or a small letter with it."""
        letter = event.text()
        if len(letter) == 1 and letter.upper() != letter.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._set_caps_lock(letter.isupper() != shifted)

    def _set_caps_lock(self, on: bool) -> None:
        if on != self._caps_lock:
            self._caps_lock = on
            self.caps_lock_changed.emit(on)

    def _toggle(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.retranslate()
