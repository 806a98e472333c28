"""Copying a secret: it leaves the clipboard again after a while, and with the program."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Protocol


class Board(Protocol):
    """The system's clipboard, and a clock that calls back on the same thread."""

    def put(self, secret: str) -> None:
        """Marked so that clipboard histories and clouds leave it out, where the system can."""

    def text(self) -> str: ...

    def clear(self) -> None: ...

    def call_later(self, delay_s: float, job: Callable[[], None]) -> None:
        """Takes the place of an earlier call that is still due."""


class SecretClipboard:
    """Belongs to the presenters' thread and outlives the screens.

    Of a copied secret only a fingerprint is kept, enough to tell whether the clipboard still holds it.
    `copied` names what was copied last, until it is cleared or something else takes its place.
    """

    def __init__(self, board: Board) -> None:
        self._board = board
        self._fingerprint = b""
        self._listeners: list[Callable[[], None]] = []
        self.copied = ""

    def copy(self, name: str, secret: str, clear_after_s: float) -> None:
        self._fingerprint = _fingerprint(secret)  # before the board tells that it changed
        self._board.put(secret)
        self._tell(name)
        self._board.call_later(clear_after_s, self.clear)

    def clear(self) -> None:
        """Empties the clipboard only while it still holds the secret."""
        if self._fingerprint and hmac.compare_digest(_fingerprint(self._board.text()), self._fingerprint):
            self._board.clear()
        self._fingerprint = b""
        self._tell("")

    def changed_elsewhere(self) -> None:
        """Something was copied, here or in another program: is the secret still there?"""
        if self._fingerprint and not hmac.compare_digest(_fingerprint(self._board.text()), self._fingerprint):
            self._fingerprint = b""
            self._tell("")

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """`listener` is called whenever `copied` changed; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, name: str) -> None:
        if name == self.copied:
            return
        self.copied = name
        for listener in tuple(self._listeners):
            listener()


def _fingerprint(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
