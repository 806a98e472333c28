"""Work of the studio away from the GUI thread, answered by signals."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, SignalInstance

from supportdesk.domain.errors import SupportDeskError
from supportdesk.lanes import Lane

log = logging.getLogger(__name__)


class Background:
    """One thread, begun with the first job and ended with its owner. Jobs run in order."""

    def __init__(self, owner: QObject) -> None:
        self._lane: Lane | None = None
        self._telling = threading.Lock()
        self._is_open = True
        owner.destroyed.connect(self.close)

    def run(self, job: Callable[[], Any], answer: SignalInstance, failed: SignalInstance) -> None:
        """`answer` gets what `job` returns, or `failed` a SupportDeskError; both are signals of the owner."""
        if self._lane is None:
            self._lane = Lane("studio")
        self._lane.submit(job).add_done_callback(partial(self._tell, answer, failed))

    def close(self) -> None:
        """What was begun goes on, its answer is lost. Waits while one is given: then its owner may go."""
        with self._telling:
            self._is_open = False
        if self._lane is not None:
            self._lane.close(timeout_s=0)
            self._lane = None

    def _tell(self, answer: SignalInstance, failed: SignalInstance, future: Future[Any]) -> None:
        """Runs on the lane; the signals carry the result to the thread of the receiver."""
        error = future.exception()
        if error is not None and not isinstance(error, SupportDeskError):
            log.error("work of the studio failed", exc_info=error)
            error = SupportDeskError()
        with self._telling:
            if self._is_open and error is None:
                answer.emit(future.result())
            elif self._is_open:
                failed.emit(error)
