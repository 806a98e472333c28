"""One process per data folder owns the stores; every other one hands its request to the owner.

The lock decides who owns. `local_socket` is how the owner is asked; it is loaded when somebody is asked or
can ask.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from supportdesk.domain.errors import StoreBusy, StoreError
from supportdesk.file_lock import FileLock, Locked

if TYPE_CHECKING:
    from supportdesk.app.local_socket import Answering

Request = dict[str, object]
Answer = dict[str, object]

HAND_OVER_S = 30.0
_ASK_AGAIN_S = 0.05


class Ownership:
    """Holding this is owning the data folder. Ends with `close` or with the process."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self._folder = folder
        self._lock = lock
        self._answering: Answering | None = None
        self.leaving: Future[None] = Future()
        """Done as soon as this process is to let go of the folder: what only waits has to end."""

    @classmethod
    def take(cls, folder: Path) -> "Ownership | None":
        """The ownership, or None when another process has it. Raises StoreError for an unusable folder."""
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return cls(folder, FileLock(folder / "lock"))
        except Locked:
            return None
        except OSError as error:
            raise StoreError from error

    def listen(self, answer: Callable[[Request], Answer]) -> None:
        """Answers requests of other processes from now on. `answer` is called on threads of its own, one a
        request, and must not raise."""
        from supportdesk.app.local_socket import Answering  # costs more than the rest of this module

        self._answering = Answering(self._folder, answer)

    def give_way(self) -> None:
        """Somebody else wants the folder, or this process ends. Any thread, any number of times."""
        with suppress(InvalidStateError):
            self.leaving.set_result(None)

    def stop_listening(self) -> None:
        """Takes no further request and lets those that were taken be answered, for as long as that is short.

        To be called before what `answer` needs is closed. Who gets no answer asks the next owner.
        """
        self.give_way()
        answering, self._answering = self._answering, None
        if answering is not None:
            answering.stop()

    def close(self) -> None:
        self.stop_listening()
        self._lock.release()


def own_or_ask(folder: Path, request: Callable[[], Request], timeout_s: float) -> "Ownership | Answer":
    """The ownership where nobody has it, else the owner's answer.

    An owner that only begins, is just ending or has no window is asked again, with what `request` gives then;
    so a request must be harmless when it comes twice. Raises StoreBusy after HAND_OVER_S without an owner
    that answers, or when one takes longer than `timeout_s`.
    """
    latest = time.monotonic() + HAND_OVER_S
    while time.monotonic() < latest:
        if (ownership := Ownership.take(folder)) is not None:
            return ownership
        from supportdesk.app import local_socket

        if (connection := local_socket.reach(folder)) is not None:
            asked_at = time.monotonic()
            told = local_socket.ask(connection, request(), timeout_s)
            if told is not None and not _later(told):
                return told
            latest += time.monotonic() - asked_at  # for so long there was an owner at work on it
        time.sleep(_ASK_AGAIN_S)
    raise StoreBusy


def _later(told: Answer) -> bool:
    error = told.get("error")
    return isinstance(error, dict) and error.get("code") == StoreBusy.code
