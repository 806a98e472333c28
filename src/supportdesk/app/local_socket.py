"""The local socket on which the owner of a data folder is asked and answers.

Only this user can reach it; address and key are in `owner.json`, readable by this user only. Requests and
answers are JSON objects, one each per connection; nothing is ever unpickled.
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
from concurrent.futures import CancelledError
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path

from supportdesk.domain.errors import StoreBusy, StoreError

Request = dict[str, object]
Answer = dict[str, object]

_MAX_SOCKET_PATH_BYTES = 103
"""macOS takes 104 with the zero at the end, Linux 108."""
MAX_MESSAGE_BYTES = 8 * 1024 * 1024
HANDSHAKE_TIMEOUT_S = 5.0
_LAST_ANSWERS_S = 2.0
log = logging.getLogger(__name__)


class Answering:
    """Answers from its making to `stop`. `answer` is called on threads of this object, one a request, and
    must not raise."""

    def __init__(self, folder: Path, answer: Callable[[Request], Answer]) -> None:
        self._told = folder / "owner.json"
        self._answer = answer
        self._conversations: list[threading.Thread] = []
        self._closing = False
        key = secrets.token_bytes(32)
        address = _address(folder)
        if sys.platform != "win32":
            Path(address).unlink(missing_ok=True)
        self._listener = Listener(address)
        if sys.platform != "win32":
            Path(address).chmod(0o600)
        _write_private(self._told, json.dumps({"address": address, "key": key.hex()}))
        self._server = threading.Thread(target=self._serve, args=(key,), name="instance", daemon=True)
        self._server.start()

    def stop(self) -> None:
        """Takes no further request; those that were taken are answered, for as long as that is short."""
        self._told.unlink(missing_ok=True)
        self._closing = True
        with suppress(OSError):  # `accept` does not notice that its socket closes: it has to be called
            Client(self._listener.address).close()
        self._server.join()
        self._listener.close()
        latest = time.monotonic() + _LAST_ANSWERS_S
        for conversation in self._conversations:
            conversation.join(max(0.0, latest - time.monotonic()))

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
                prove_both(connection, key, serving=True)
                request = _decode(connection.recv_bytes(MAX_MESSAGE_BYTES))
                connection.send_bytes(json.dumps(self._answer(request)).encode())
            except (OSError, EOFError, ValueError, AuthenticationError) as error:
                log.warning("a request from another process was dropped: %r", error)
            except (RuntimeError, CancelledError) as error:  # this process is ending: the next owner is asked
                log.info("a request from another process was left to the next owner: %r", error)


def reach(folder: Path) -> Connection | None:
    """The connection to an owner that has proved to be one."""
    try:
        told = json.loads((folder / "owner.json").read_text("utf-8"))
        connection = Client(str(told["address"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    try:
        prove_both(connection, bytes.fromhex(told["key"]), serving=False)
    except (OSError, EOFError, ValueError, KeyError, TypeError, AuthenticationError):
        connection.close()
        return None
    return connection


def ask(connection: Connection, request: Request, timeout_s: float) -> Answer | None:
    """The answer, or None when the owner is gone. Raises StoreBusy when it does not answer in time."""
    with connection:
        try:
            connection.send_bytes(json.dumps(request).encode())
            if not connection.poll(timeout_s):
                raise StoreBusy
            return _decode(connection.recv_bytes(MAX_MESSAGE_BYTES))
        except (OSError, EOFError, ValueError):
            return None


def prove_both(connection: Connection, key: bytes, *, serving: bool) -> None:
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
    """Always the same for one folder, and short enough for a Unix socket."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\supportdesk-{name}"
    place = _socket_folder(name)
    place.mkdir(mode=0o700, exist_ok=True)
    if place.stat().st_uid != os.getuid() or place.is_symlink():
        raise StoreError
    return str(place / name)


def _socket_folder(name: str) -> Path:
    homes = (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp")  # noqa: S108 - its own folder there
    places = [Path(home) / f"supportdesk-{os.getuid()}" for home in homes if home]
    short = (place for place in places if len(os.fsencode(place / name)) <= _MAX_SOCKET_PATH_BYTES)
    return next(short, places[-1])


def _write_private(path: Path, content: str) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(content)
