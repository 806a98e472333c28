"""Who gets the focus when the control that has it vanishes or is disabled."""

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.ui.shell.language import running
from supportdesk.ui.shell.screen_stack import ScreenStack


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
    """What Shift+Tab would reach in the smallest surroundings of `gone` that have anything; else `screen`."""
    around = gone.parentWidget()
    while around is not None and around is not screen.parentWidget():
        for candidate in _before(gone):
            if around.isAncestorOf(candidate):
                return candidate
        around = around.parentWidget()
    return screen


def _before(widget: QWidget) -> Iterator[QWidget]:
    candidate = widget.previousInFocusChain()
    while candidate is not None and candidate is not widget:
        by_tab = candidate.focusPolicy() & Qt.FocusPolicy.TabFocus
        if by_tab and candidate.isVisible() and candidate.isEnabled():
            yield candidate
        candidate = candidate.previousInFocusChain()
