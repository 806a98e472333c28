"""The only room that knows keyring: sign-in tokens, and who wants it a signature, in the system's own safe.

Only back ends that encrypt are accepted (`keyrings.alt` would silently write plain text). A keyring may ask
the person and block for as long as it likes: everything here runs on its own lane with a time-out.
"""

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from supportdesk.domain.errors import SecretsUnavailable
from supportdesk.lanes import Lane

T = TypeVar("T")
SERVICE = "SupportDesk"
PART_CHARS = 1_200 if sys.platform == "win32" else 60_000
"""Most of one entry: Windows keeps 2,560 bytes in UTF-16 under one name. What is longer is kept in parts."""
SAFE_BACKENDS = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)


class Safe(Protocol):
    """What is used of a keyring backend."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


class Secrets:
    """All methods return at once. Their futures fail with SecretsUnavailable when there is no safe keyring,
    it is locked, or it did not answer within `timeout_s`.

    One that does not answer is waited for once: until it does, what is asked behind it fails at once, and is
    done all the same when its turn comes.
    """

    def __init__(self, timeout_s: float = 15.0, safe: Safe | None = None) -> None:
        self._timeout_s = timeout_s
        self._given = safe
        self._lane: Lane | None = None
        self._overdue: Future[Any] | None = None
        """What was not answered in time."""

    def get(self, account_id: str) -> Future[str | None]:
        return self._bounded(lambda safe: "".join(_parts(safe, account_id)) or None)

    def put(self, account_id: str, token: str) -> Future[None]:
        return self._bounded(lambda safe: _put(safe, account_id, token))

    def forget(self, account_id: str) -> Future[None]:
        """Harmless when nothing is kept."""
        return self._bounded(lambda safe: _delete(safe, account_id))

    def check(self) -> Future[None]:
        """Fails where no safe keyring is installed. Asks nobody to unlock anything."""
        return self._bounded(lambda _safe: None)

    def close(self) -> None:
        if self._lane is not None:
            self._lane.close(timeout_s=0.2)

    def _bounded(self, job: Callable[[Safe], T]) -> Future[T]:
        if self._lane is None:
            self._lane = Lane("secrets")
        answer: Future[T] = Future()
        is_blocked = self._overdue is not None and not self._overdue.done()
        inner = self._lane.submit(lambda: job(self._given or _system_safe()))

        def give_up() -> None:
            self._overdue = inner
            _give_up(answer)

        watch = threading.Timer(0.0 if is_blocked else self._timeout_s, give_up)
        watch.daemon = True
        watch.start()

        def settle(done: Future[T]) -> None:
            watch.cancel()
            _pass_on(done, answer)

        inner.add_done_callback(settle)
        return answer


def _give_up(answer: Future[T]) -> None:
    with suppress(InvalidStateError):  # the keyring answered in this very moment
        answer.set_exception(SecretsUnavailable())


def _pass_on(done: Future[T], answer: Future[T]) -> None:
    """The watch may have answered first; then the late result is of no use any more."""
    error = done.exception()
    with suppress(InvalidStateError):
        if error is None:
            answer.set_result(done.result())
        else:
            answer.set_exception(_unavailable(error))


def _unavailable(error: BaseException) -> SecretsUnavailable:
    if isinstance(error, SecretsUnavailable):
        return error
    unavailable = SecretsUnavailable()
    unavailable.__cause__ = error
    return unavailable


def _system_safe() -> Safe:
    import keyring

    backend = keyring.get_keyring()
    candidates: list[Safe] = [backend, *getattr(backend, "backends", ())]
    for candidate in candidates:
        kind = type(candidate)
        if f"{kind.__module__}.{kind.__qualname__}" in SAFE_BACKENDS:
            return candidate
    raise SecretsUnavailable


def _name(account_id: str, part: int) -> str:
    return f"{account_id}#{part}" if part else account_id


def _parts(safe: Safe, account_id: str) -> list[str]:
    """All but the last are full."""
    parts: list[str] = []
    while not parts or len(parts[-1]) == PART_CHARS:
        part = safe.get_password(SERVICE, _name(account_id, len(parts)))
        if part is None:
            break
        parts.append(part)
    return parts


def _put(safe: Safe, account_id: str, token: str) -> None:
    """The first part comes last: without it there is nothing."""
    parts = [token[start : start + PART_CHARS] for start in range(0, len(token), PART_CHARS)]
    if len(parts) > 1:
        _delete(safe, account_id)
    for number, part in reversed(list(enumerate(parts))):
        safe.set_password(SERVICE, _name(account_id, number), part)


def _delete(safe: Safe, account_id: str) -> None:
    for number in reversed(range(len(_parts(safe, account_id)))):
        safe.delete_password(SERVICE, _name(account_id, number))
