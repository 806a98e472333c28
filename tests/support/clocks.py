"""Clocks that go wrong: far from each other, and put forward and back while people work."""

import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from types import SimpleNamespace

from supportdesk import clock

APART = (
    timedelta(0),
    timedelta(seconds=40),
    timedelta(hours=7),
    timedelta(days=3),
    timedelta(days=30),
)
"""How far one clock may be from the true time, in both directions."""


class WildClock:
    """What the clock of one computer shows: for a while this, then that time.

    Each process sees the same at the same moment.
    """

    def __init__(self, seed: str, step_s: float, apart: Sequence[timedelta] = APART) -> None:
        self._seed = seed
        self._step_s = step_s
        self._apart = apart

    def ahead(self) -> timedelta:
        dice = random.Random(f"{self._seed} {time.monotonic() // self._step_s}")
        return dice.choice(self._apart) * dice.choice((-1, 1))

    def install(self) -> None:
        """For the rest of this process, whatever asks for the time."""
        true_s, true_ns = time.time, time.time_ns

        class Wild(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime.now(UTC).astimezone(tz) + wild.ahead()

        def time_ns() -> int:
            return true_ns() + wild.ahead() // timedelta(microseconds=1) * 1000

        wild = self
        time.time = lambda: true_s() + wild.ahead().total_seconds()
        vars(clock).update(datetime=Wild, time=SimpleNamespace(time_ns=time_ns))
