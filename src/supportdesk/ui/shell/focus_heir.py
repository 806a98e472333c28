"""Who gets the focus when the control that has it vanishes or is disabled."""

import shiboken6
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.ui.shell.language import running
from supportdesk.ui.shell.screen_stack import ScreenStack
from supportdesk.ui.widgets.focus_order import stops_around


class FocusHeir(QObject):
    """Qt goes on to whatever comes next, for the last control of a screen to the bar above, where the next
    Enter leads away. Here the focus stays within the screen: at what comes before, as near as possible.
    """

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self._stack = stack
        running().focusChanged.connect(self._moved)

    @Slot(QWidget, QWidget)
    def _moved(self, before: QWidget | None, now: QWidget | None) -> None:
        screen = self._stack.shown
        if screen is None or before is None or now is None or not shiboken6.isValid(before):
            return
        is_gone = not (before.isVisible() and before.isEnabled())
        if is_gone and screen.isAncestorOf(before) and self._is_around(now):
            heir(before, screen).setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_around(self, widget: QWidget) -> bool:
        """In the same window, outside the screens."""
        return widget.window() is self._stack.window() and not self._stack.isAncestorOf(widget)


def heir(gone: QWidget, screen: QWidget) -> QWidget:
    """What is nearest before `gone` in the smallest surroundings that have anything; else `screen`."""
    around = gone.parentWidget()
    while around is not None and around is not screen.parentWidget():
        for stop in stops_around(gone, around):
            return stop
        around = around.parentWidget()
    return screen
