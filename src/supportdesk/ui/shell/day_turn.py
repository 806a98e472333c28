"""What is told as of today stands in every window as of yesterday once it is."""

from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from supportdesk import clock
from supportdesk.ui.shell.language import tell_anew

_LOOK_EVERY_MS = 60_000
"""No timer until midnight: while a computer sleeps, its timers stand still."""


class DayTurn(QObject):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._day = _today()
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS, timerType=Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def close(self) -> None:
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        day = _today()
        if day != self._day:
            self._day = day
            tell_anew()


def _today() -> date:
    return clock.now().astimezone().date()
