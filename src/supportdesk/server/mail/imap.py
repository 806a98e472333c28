"""Fetching answers from a mailbox on another server, where no pipe can be set up.

A mail is marked as seen there only when it is safe on our disk; fetched twice, it is taken once. What is too
large stays there unseen, flagged for a person to look at, and is left alone from then on.
"""

import asyncio
import imaplib
import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from supportdesk.domain.errors import InvalidInput, LimitExceeded
from supportdesk.i18n import _
from supportdesk.server.mail.incoming import MAX_BYTES, bring

log = logging.getLogger(__name__)

INTERVAL_S = 60.0
_TIMEOUT_S = 30.0
_AT_ONCE = 50


class Imap:
    """One mailbox. Its methods block: for a thread."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        user: str,
        password: str,
        folder: str = "INBOX",
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """`trust`: certificates to believe; None: those that the system does."""
        self._host = host
        self._port = port
        self._user = user
        self._password = password
        self._folder = folder
        self._trust = trust

    def __repr__(self) -> str:
        """Without the password."""
        return f"Imap(host={self._host!r}, port={self._port})"

    def fetch(self, take: Callable[[bytes], None]) -> int:
        """Hands each unseen mail to `take` and marks it as seen; flags those that `take` finds too large.

        Returns how many there were. Raises OSError, imaplib.IMAP4.error, also when some could not be fetched.
        """
        with self._entered() as box:
            return self._fetch(box, take)

    def check(self) -> None:
        """Whether mails could be fetched. Raises OSError, imaplib.IMAP4.error."""
        with self._entered():
            pass

    @contextmanager
    def _entered(self) -> Iterator[imaplib.IMAP4]:
        trust = self._trust or ssl.create_default_context()
        box = imaplib.IMAP4_SSL(self._host, self._port, ssl_context=trust, timeout=_TIMEOUT_S)
        try:
            box.login(self._user, self._password)
            status, _told = box.select(f'"{self._folder}"')
            if status != "OK":
                raise imaplib.IMAP4.error(f"there is no folder {self._folder}")
            yield box
        finally:
            for end in (box.logout, box.shutdown):
                with suppress(OSError, imaplib.IMAP4.error):  # it is over either way
                    end()

    def _fetch(self, box: imaplib.IMAP4, take: Callable[[bytes], None]) -> int:
        _status, found = box.uid("SEARCH", "UNSEEN", "UNFLAGGED")
        uids = found[0].decode("ascii").split()[:_AT_ONCE] if found and found[0] else []
        missed = 0
        for uid in uids:
            if content := _content(box, uid):
                _mark(box, uid, _taken(content, take))
            else:
                missed += 1  # those behind it may be well
        if missed:
            raise imaplib.IMAP4.error(f"{missed} mails could not be fetched")
        return len(uids)


def _content(box: imaplib.IMAP4, uid: str) -> bytes:
    """As much of it as is ever taken, and a little more, so that too much is noticed; or b""."""
    status, told = box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MAX_BYTES + 1}>)")
    parts = [part[1] for part in told if isinstance(part, tuple)]
    return parts[0] if status == "OK" and parts else b""


def _taken(content: bytes, take: Callable[[bytes], None]) -> str:
    """The flag that says what became of it."""
    try:
        take(content)
    except LimitExceeded:
        log.warning("a mail in the mailbox is too large: it was left there, flagged")
        return r"\Flagged"
    return r"\Seen"


def _mark(box: imaplib.IMAP4, uid: str, flag: str) -> None:
    status, _told = box.uid("STORE", uid, "+FLAGS", f"({flag})")
    if status != "OK":
        raise imaplib.IMAP4.error("a mail could not be marked")


class Poller:
    """Looks into the mailbox once a minute, as long as the server runs."""

    def __init__(self, imap: Imap, incoming: Path) -> None:
        self._imap = imap
        self._incoming = incoming
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._task = asyncio.create_task(self._poll())

    async def end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _poll(self) -> None:
        while True:
            await self.round()
            await asyncio.sleep(INTERVAL_S)

    async def round(self) -> None:
        try:
            await asyncio.to_thread(self._imap.fetch, partial(bring, self._incoming))
        except (OSError, imaplib.IMAP4.error) as error:  # what is unseen stays so
            log.warning(
                "the mailbox could not be looked into", extra={"fields": {"what": type(error).__name__}}
            )
        except Exception:  # a fault: still no reason never to look again
            log.exception("the mailbox could not be looked into")


def imap(written: str) -> Imap:
    """`imaps://user:password@host/folder`. Raises InvalidInput."""
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError as error:
        raise _unusable() from error
    if parts.scheme != "imaps" or not parts.hostname or not parts.username:
        raise _unusable()
    return Imap(
        host=parts.hostname,
        port=port or 993,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def _unusable() -> InvalidInput:
    return InvalidInput(
        _("This is no mailbox: it looks like imaps://user:password@mail.example.org/INBOX."), field="imap"
    )
