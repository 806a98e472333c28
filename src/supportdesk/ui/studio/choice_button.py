"""A painted radio button: one of several, by click or arrow keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from supportdesk.ui.widgets.painted_button import PaintedButton
from supportdesk.ui.widgets.text_label import plain_tooltip

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class ChoiceButton(PaintedButton):
    """Belongs into an exclusive QButtonGroup, within which the arrow keys choose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)

    def set_name(self, name: str) -> None:
        """For a button that shows no words."""
        self.setAccessibleName(name)
        self.setToolTip(plain_tooltip(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            QAbstractButton.keyPressEvent(self, event)
        else:
            super().keyPressEvent(event)
