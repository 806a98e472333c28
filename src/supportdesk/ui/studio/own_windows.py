"""Takes our own windows off the screen and brings them back as they were."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)


@dataclass(frozen=True, slots=True)
class _Hidden:
    widget: QWidget
    was_active: bool
    geometry: QRect


def _alive(windows: Iterable[_Hidden]) -> Iterator[_Hidden]:
    """One at a time, because hiding or showing a window may delete another."""
    return (hidden for hidden in windows if shiboken6.isValid(hidden.widget))


class OwnWindows:
    """`bring_back` may be called at any time and any number of times."""

    def __init__(self) -> None:
        self._hidden: list[_Hidden] = []

    @property
    def frames(self) -> tuple[QRect, ...]:
        """Where they were, in Qt's coordinates, decorations included."""
        return tuple(hidden.geometry for hidden in self._hidden)

    @property
    def native_ids(self) -> frozenset[int]:
        return frozenset(int(hidden.widget.winId()) for hidden in _alive(self._hidden))

    def hide(self, spared: Iterable[QWidget] = ()) -> None:
        """Hide every window of this program but `spared`; menus and tool tips are closed."""
        self._close_popups()
        kept = set(spared)
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and widget not in kept and not widget.isMinimized():
                self._hidden.append(_Hidden(widget, widget.isActiveWindow(), widget.frameGeometry()))
        for hidden in _alive(self._hidden):
            hidden.widget.hide()

    def bring_back(self) -> None:
        hidden_windows, self._hidden = self._hidden, []
        for hidden in _alive(hidden_windows):
            hidden.widget.show()
        for hidden in _alive(hidden_windows):
            if hidden.was_active:
                hidden.widget.activateWindow()

    @staticmethod
    def _close_popups() -> None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for widget in QApplication.topLevelWidgets():
            if widget.windowType() in _PASSING:
                widget.hide()
