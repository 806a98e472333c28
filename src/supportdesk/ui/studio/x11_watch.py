"""Tells when the window manager has taken windows off its list, that is off the screen."""

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot
from xcffib import xproto

from supportdesk.ui.studio.x11_windows import connect, x11_listed_windows


class X11UnmapWatch(QObject):
    """`gone` comes once none of `windows` is listed any more; also when they never were. Raises OSError."""

    gone = Signal()

    def __init__(self, windows: frozenset[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._windows = windows
        self._connection = connect()
        root = self._connection.get_setup().roots[self._connection.pref_screen].root
        self._connection.core.ChangeWindowAttributes(
            root, xproto.CW.EventMask, [xproto.EventMask.PropertyChange]
        )
        self._connection.flush()
        self._notifier = QSocketNotifier(
            self._connection.get_file_descriptor(), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._look)

    def start(self) -> None:
        """Look once now: a list that changed before we listened tells nothing."""
        self._look()

    def stop(self) -> None:
        if self._notifier.isEnabled():
            self._notifier.setEnabled(False)
            self._connection.disconnect()

    @Slot()
    def _look(self) -> None:
        if not self._notifier.isEnabled():
            return
        while self._connection.poll_for_event() is not None:
            pass
        if self._windows.isdisjoint(x11_listed_windows()):
            self.stop()
            self.gone.emit()
