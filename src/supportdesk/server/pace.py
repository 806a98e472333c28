"""How many requests one session may make: bought from the desk in sheets, so that few cost a write."""

import asyncio
import hashlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from supportdesk.desk.store import guessing
from supportdesk.desk.store.guessing import Allowance
from supportdesk.domain.errors import TooManyAttempts
from supportdesk.server.desk_jobs import DeskJobs

FREE = 240
"""Requests a minute for which nothing is written: what ordinary use needs."""
SHEET = 200
_WINDOW_S = 60.0
_SHEETS_AT_ONCE = 20


class TooManyRequests(Exception):
    def __init__(self, retry_after_s: float) -> None:
        super().__init__()
        self.retry_after_s = retry_after_s


class _Count:
    __slots__ = ("bought", "buying", "since_s", "used")

    def __init__(self, since_s: float) -> None:
        self.since_s = since_s
        self.used = 0
        self.bought = 0
        self.buying = asyncio.Lock()

    def is_over(self, moment_s: float) -> bool:
        return moment_s - self.since_s > _WINDOW_S

    def begin_anew(self) -> None:
        """Where the minute is over."""
        moment_s = time.monotonic()
        if self.is_over(moment_s):
            self.since_s, self.used = moment_s, 0


class Pace:
    """Counts in this process what is free; the rest is paid from a bucket in the desk, for all processes."""

    def __init__(self, desk: DeskJobs, clock: Callable[[], datetime], per_minute: int) -> None:
        self._desk = desk
        self._clock = clock
        self._sheets = Allowance(_SHEETS_AT_ONCE, timedelta(minutes=SHEET / per_minute))
        self._counts: dict[str, _Count] = {}
        self._swept_s = time.monotonic()

    def meet(self, session: str) -> None:
        """The session holds, so it is counted from now on. Made-up tokens are not: they would fill memory."""
        self._counts.setdefault(session, _Count(time.monotonic()))

    async def admit(self, session: str) -> None:
        """Raises TooManyRequests."""
        self._sweep()
        count = self._counts.get(session)
        if count is None:
            return
        count.begin_anew()
        if count.used < FREE:
            count.used += 1
            return
        async with count.buying:  # one buys, and those who came meanwhile use what it has bought
            if count.bought == 0:
                await self._buy(session)
                count.bought += SHEET
            count.bought -= 1

    async def _buy(self, session: str) -> None:
        bucket = guessing.bucket_for("requests", session)
        pay = partial(guessing.spend, bucket_id=bucket, now=self._clock(), allowance=self._sheets)
        try:
            await self._desk.write(pay)
        except TooManyAttempts as error:
            raise TooManyRequests(error.retry_after_s) from error

    def _sweep(self) -> None:
        moment_s = time.monotonic()
        if moment_s - self._swept_s > _WINDOW_S:
            self._swept_s = moment_s
            for session in [key for key, each in self._counts.items() if each.is_over(moment_s)]:
                del self._counts[session]


def name_of(token: str) -> str:
    """What a session is counted as, without the token."""
    return hashlib.sha256(b"pace " + token.encode()).hexdigest()
