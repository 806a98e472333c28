"""News of the server: a stream that says no more than that something has changed."""

import asyncio
import logging
import random
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing

import msgspec

from supportdesk.backends.rest import mapping
from supportdesk.backends.rest.client import Client
from supportdesk.clock import now
from supportdesk.domain.errors import (
    BackendUnreachable,
    ProtocolViolation,
    SessionExpired,
    SupportDeskError,
)

_log = logging.getLogger(__name__)

_TYPE = "text/event-stream"
_LONGEST_LINE_BYTES = 8 * 1024


class EventPace(msgspec.Struct, frozen=True):
    """Waits in seconds; each is drawn between half and whole, so that clients don't knock in step."""

    silence_s: float = 75.0
    """After this without a heartbeat the stream counts as dead."""
    broken_s: float = 1.0
    """Before a broken stream is news itself."""
    first_retry_s: float = 2.0
    longest_retry_s: float = 300.0
    dice: random.Random = msgspec.field(default_factory=random.Random)


class Events:
    """One stream, kept open between two waits, so that nothing in between is missed."""

    def __init__(self, client: Client, pace: EventPace | None = None) -> None:
        self._client = client
        self._pace = pace or EventPace()
        self._open = AsyncExitStack()
        self._lines: AsyncGenerator[bytes, None] | None = None
        self._failures = 0
        self._stale = False

    @property
    def listening(self) -> bool:
        return self._lines is not None and not self._stale

    async def wait(self) -> None:
        """Until something may have changed: told by the server, or missed because there was no stream.

        Raises SessionExpired. Where the server or the network has no streams, it goes on trying in silence.
        """
        try:
            while not await self._heard():
                self._failures += 1
                await asyncio.sleep(self._retry_s())
        except BaseException:
            await self.close()
            raise

    def renew(self) -> None:
        """The stream that is open belongs to another session: the next wait opens its own."""
        self._stale = True

    async def close(self) -> None:
        self._stale = False
        lines, self._lines = self._lines, None
        try:
            if lines is not None:
                await lines.aclose()
        finally:
            await self._open.aclose()

    async def _heard(self) -> bool:
        """False when there is no stream to be had now."""
        if self._stale:
            await self.close()
        was_listening = self.listening
        try:
            if self._lines is None:
                await self._begin()
            else:
                await _event(self._lines)
        except SessionExpired:
            raise
        except SupportDeskError as error:
            _log.info("no news from the server: %s", error.code)
            await self.close()
        else:
            return True
        if was_listening:
            await asyncio.sleep(self._drawn(self._pace.broken_s))
        return was_listening

    async def _begin(self) -> None:
        stream = await self._open.enter_async_context(
            self._client.stream("/events", {"Accept": _TYPE}, self._pace.silence_s)
        )
        if stream.status >= 300:
            raise mapping.failure(await stream.whole(), now())
        if not stream.headers.get("content-type", "").startswith(_TYPE):
            raise ProtocolViolation
        self._lines = _lines(stream.pieces())
        self._failures = 0

    def _retry_s(self) -> float:
        return self._drawn(
            min(self._pace.longest_retry_s, self._pace.first_retry_s * 2.0 ** min(self._failures - 1, 20))
        )

    def _drawn(self, longest_s: float) -> float:
        return longest_s * self._pace.dice.uniform(0.5, 1.0)


async def _event(lines: AsyncGenerator[bytes, None]) -> None:
    """Until the next one; other lines are heartbeats. Raises BackendUnreachable when the stream ends."""
    async for line in lines:
        if line.startswith(b"event:"):
            return
    raise BackendUnreachable


async def _lines(pieces: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    rest = b""
    async with aclosing(pieces):
        async for piece in pieces:
            *whole, rest = (rest + piece).split(b"\n")
            if len(rest) > _LONGEST_LINE_BYTES:
                raise ProtocolViolation
            for line in whole:
                yield line
