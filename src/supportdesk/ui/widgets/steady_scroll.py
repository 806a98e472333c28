"""A scroll area for content that is as wide as it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QWidget

_TURNS = 3
"""Qt needs two: without the scroll bar, and with it."""


class SteadyScroll(QScrollArea):
    """Comes to an end when its content is low enough only while it has the room of the scroll bar.

    Qt fits such a content anew in the middle of fitting it, with and without the bar, until the stack is
    used up and the process ends. Which of the two sizes is left does not matter: both can be scrolled.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turns = 0
        self.setWidgetResizable(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Resize:
            return super().eventFilter(watched, event)
        if self._turns == _TURNS:
            return False
        self._turns += 1
        try:
            return super().eventFilter(watched, event)
        finally:
            self._turns -= 1
