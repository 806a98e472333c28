"""A question that is asked in place, with the careful answer first."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from supportdesk.ui.widgets.banner import Banner


class QuestionBar(Banner):
    """Hidden until `ask`; `yes` is called at most once for each question."""

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", tone="warning", parent=parent)
        self._yes: Callable[[], None] | None = None
        self._no: Callable[[], None] | None = None
        self._key = ""
        self._no_button = self.add_button("")
        self._yes_button = self.add_button("")
        self._no_button.clicked.connect(self.dismiss)
        self._yes_button.clicked.connect(self._agree)
        self.hide()

    def ask(
        self,
        text: str,
        no_text: str,
        yes_text: str,
        yes: Callable[[], None],
        *,
        no: Callable[[], None] | None = None,
        key: str = "",
    ) -> None:
        """`key` names what is asked about."""
        self._yes, self._no, self._key = yes, no, key
        self.set_texts(text)
        self._no_button.setText(no_text)
        self._yes_button.setText(yes_text)
        self.show()
        self._no_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_asking(self, key: str) -> bool:
        return not self.isHidden() and self._key == key

    def dismiss(self) -> None:
        no, self._yes, self._no = self._no, None, None
        self._leave(no)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _agree(self) -> None:
        yes, self._yes, self._no = self._yes, None, None
        self._leave(yes)

    def _leave(self, answer: Callable[[], None] | None) -> None:
        self.hide()
        self.answered.emit()
        if answer is not None:
            answer()
