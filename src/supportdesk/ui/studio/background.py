"""Work of the studio away from the GUI thread, answered by signals."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, SignalInstance

from supportdesk.domain.errors import SupportDeskError
from supportdesk.lanes import Lane

log = logging.getLogger(__name__)


class Background:
    """One thread, begun with the first job and ended with its owner. Jobs run in order."""

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._lane: Lane | None = None
        owner.destroyed.connect(self.close)

    def run(self, job: Callable[[], Any], answer: SignalInstance, failed: SignalInstance) -> None:
        """`answer` gets what `job` returns, or `failed` a SupportDeskError; both are signals of the owner."""
        if self._lane is None:
            self._lane = Lane("studio")
        self._lane.submit(job).add_done_callback(partial(self._tell, answer, failed))

    def close(self) -> None:
        """What was begun goes on, its answer may be lost."""
        if self._lane is not None:
            self._lane.close(timeout_s=0)
            self._lane = None

    def _tell(self, answer: SignalInstance, failed: SignalInstance, future: Future[Any]) -> None:
        """Runs on the lane; the signals carry the result to the thread of the receiver."""
        error = future.exception()
        if not shiboken6.isValid(self._owner):
            return
        if error is None:
            answer.emit(future.result())
        elif isinstance(error, SupportDeskError):
            failed.emit(error)
        else:
            log.error("work of the studio failed", exc_info=error)
            failed.emit(SupportDeskError())
