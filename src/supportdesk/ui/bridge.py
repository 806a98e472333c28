"""The one way back to the GUI thread for everything that happens on another one."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)


class Bridge(QObject):
    """Made on the GUI thread. `deliver` may be called from any thread; after `close` it drops its jobs."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def deliver(self, job: Callable[[], None]) -> None:
        """Runs `job` soon on the GUI thread, in the order of the calls."""
        if self._open:
            self._posted.emit(job)

    def close(self) -> None:
        self._open = False

    @Slot(object)
    def _run(self, job: Callable[[], None]) -> None:
        if self._open:
            job()
