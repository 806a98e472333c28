"""One process per data folder owns the stores; every other one hands its request to the owner.

The lock decides who owns. The owner listens on a local socket (named pipe on Windows) that only this user can
reach, and writes address and key to `owner.json`, readable by this user only. Requests and answers are JSON
objects, one each per connection; nothing is ever unpickled.
"""

import hashlib
import json
import logging
import os
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path

from supportdesk.domain.errors import StoreBusy, StoreError
from supportdesk.file_lock import FileLock, Locked

Request = dict[str, object]
Answer = dict[str, object]

MAX_MESSAGE_BYTES = 8 * 1024 * 1024
HANDSHAKE_TIMEOUT_S = 5.0
HAND_OVER_S = 30.0
_ASK_AGAIN_S = 0.05
_LAST_ANSWERS_S = 2.0
log = logging.getLogger(__name__)


class Ownership:
    """Holding this is owning the data folder. Ends with `close` or with the process."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self._folder = folder
        self._lock = lock
        self._listener: Listener
        self._server: threading.Thread | None = None
        self._conversations: list[threading.Thread] = []
        self._closing = False
        self._answer: Callable[[Request], Answer] = _nobody_answers
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
        """Answers requests of other processes from now on. `answer` is called on threads of this object,
        one a request, and must not raise."""
        self._answer = answer
        key = secrets.token_bytes(32)
        address = _address(self._folder)
        if sys.platform != "win32":
            Path(address).unlink(missing_ok=True)
        self._listener = Listener(address)
        if sys.platform != "win32":
            Path(address).chmod(0o600)
        _write_private(self._folder / "owner.json", json.dumps({"address": address, "key": key.hex()}))
        self._server = threading.Thread(target=self._serve, args=(key,), name="instance", daemon=True)
        self._server.start()

    def give_way(self) -> None:
        """Somebody else wants the folder, or this process ends. Any thread, any number of times."""
        with suppress(InvalidStateError):
            self.leaving.set_result(None)

    def stop_listening(self) -> None:
        """Takes no further request and lets those that were taken be answered, for as long as that is short.

        To be called before what `answer` needs is closed. Who gets no answer asks the next owner.
        """
        self.give_way()
        if self._server is None:
            return
        (self._folder / "owner.json").unlink(missing_ok=True)
        self._closing = True
        with suppress(OSError):  # `accept` does not notice that its socket closes: it has to be called
            Client(self._listener.address).close()
        self._server.join()
        self._listener.close()
        self._server = None
        latest = time.monotonic() + _LAST_ANSWERS_S
        for conversation in self._conversations:
            conversation.join(max(0.0, latest - time.monotonic()))

    def close(self) -> None:
        self.stop_listening()
        self._lock.release()

    def _serve(self, key: bytes) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except OSError as error:
                log.warning("a connection from another process was lost: %r", error)
                continue
            if self._closing:
                connection.close()
                return
            self._begin_conversation(connection, key)

    def _begin_conversation(self, connection: Connection, key: bytes) -> None:
        thread = threading.Thread(target=self._converse, args=(connection, key), name="request", daemon=True)
        self._conversations = [*(other for other in self._conversations if other.is_alive()), thread]
        thread.start()

    def _converse(self, connection: Connection, key: bytes) -> None:
        with connection:
            try:
                _prove_both(connection, key, serving=True)
                request = _decode(connection.recv_bytes(MAX_MESSAGE_BYTES))
                connection.send_bytes(json.dumps(self._answer(request)).encode())
            except (OSError, EOFError, ValueError, AuthenticationError) as error:
                log.warning("a request from another process was dropped: %r", error)
            except (RuntimeError, CancelledError) as error:  # this process is ending: the next owner is asked
                log.info("a request from another process was left to the next owner: %r", error)


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
        if (connection := _reach(folder)) is not None:
            asked_at = time.monotonic()
            told = _ask(connection, request(), timeout_s)
            if told is not None and not _later(told):
                return told
            latest += time.monotonic() - asked_at  # for so long there was an owner at work on it
        time.sleep(_ASK_AGAIN_S)
    raise StoreBusy


def _later(told: Answer) -> bool:
    error = told.get("error")
    return isinstance(error, dict) and error.get("code") == StoreBusy.code


def ask_owner(folder: Path, request: Request, timeout_s: float) -> Answer | None:
    """The owner's answer; None when there is no owner to be reached (any more).

    Raises StoreBusy when the owner is there but does not answer in time.
    """
    connection = _reach(folder)
    return None if connection is None else _ask(connection, request, timeout_s)


def _reach(folder: Path) -> Connection | None:
    """The connection to an owner that has proved to be one."""
    try:
        told = json.loads((folder / "owner.json").read_text("utf-8"))
        connection = Client(str(told["address"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    try:
        _prove_both(connection, bytes.fromhex(told["key"]), serving=False)
    except (OSError, EOFError, ValueError, KeyError, TypeError, AuthenticationError):
        connection.close()
        return None
    return connection


def _ask(connection: Connection, request: Request, timeout_s: float) -> Answer | None:
    with connection:
        try:
            connection.send_bytes(json.dumps(request).encode())
            if not connection.poll(timeout_s):
                raise StoreBusy
            return _decode(connection.recv_bytes(MAX_MESSAGE_BYTES))
        except (OSError, EOFError, ValueError):
            return None


def _nobody_answers(_request: Request) -> Answer:
    raise ValueError("nobody listens")


def _prove_both(connection: Connection, key: bytes, *, serving: bool) -> None:
    """Each side proves to the other that it could read `owner.json`."""
    steps = (deliver_challenge, answer_challenge) if serving else (answer_challenge, deliver_challenge)
    for step in steps:
        if step is answer_challenge and not connection.poll(HANDSHAKE_TIMEOUT_S):
            raise EOFError("no handshake")
        step(connection, key)


def _decode(raw: bytes) -> dict[str, object]:
    decoded = json.loads(raw)
    if not isinstance(decoded, dict):
        raise ValueError("not an object")  # noqa: TRY004 - what a foreign process sent is a value
    return decoded


def _address(folder: Path) -> str:
    """Short, because Unix socket paths end at about 100 bytes, and always the same for one folder."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\supportdesk-{name}"
    home = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    place = Path(home) / f"supportdesk-{os.getuid()}"
    place.mkdir(mode=0o700, exist_ok=True)
    if place.stat().st_uid != os.getuid() or place.is_symlink():
        raise StoreError
    return str(place / name)


def _write_private(path: Path, content: str) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(content)
