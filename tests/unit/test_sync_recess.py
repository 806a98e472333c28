"""How long an engine waits before it tries again, by a clock that does not have to be waited for."""

import asyncio
import random
import selectors
from collections.abc import Callable, Coroutine
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from supportdesk.domain.errors import BackendUnreachable, ProtocolViolation
from supportdesk.domain.projections import Attention
from supportdesk.sync.pace import Pace
from supportdesk.sync.recess import Recess

_LONG = 20
"""Failures in a row after which the waits grow no more."""


class _Jumping(selectors.DefaultSelector):
    """Instead of waiting, puts the clock forward."""

    now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "everything waits for ever"
        self.now_s += timeout
        return super().select(0)


class _JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now_s


def lasts_s(work: Callable[[], Coroutine[Any, Any, None]]) -> float:
    with asyncio.Runner(loop_factory=_JumpingLoop) as runner:
        runner.run(work())
        return runner.get_loop().time()


def recess(attention: Attention, seed: int = 1) -> Recess:
    return Recess(Pace(dice=random.Random(seed)), attention)


@settings(deadline=None)
@given(st.sampled_from(Attention), st.integers(1, 10_000), st.integers(0, 2**32))
def test_who_looks_on_does_not_wait_long(attention: Attention, failures: int, seed: int) -> None:
    """At most ten seconds, at most half a minute, at most five minutes; for each computer another time."""
    longest_s = {Attention.ACTIVE: 10, Attention.IN_SIGHT: 30, Attention.AWAY: 300}[attention]
    whole_s = min(longest_s, 2.0 ** min(failures - 1, 20))
    took_s = lasts_s(lambda: recess(attention, seed).wait(failures, BackendUnreachable()))
    assert whole_s / 2 <= took_s <= whole_s + 0.001


def test_who_looks_again_after_a_long_outage_is_served_at_once() -> None:
    """As long as the last try was not just now; the wait that was begun while nobody looked is cut short."""

    async def comes_back(after_s: float) -> None:
        waiting = recess(Attention.AWAY)
        asyncio.get_running_loop().call_later(after_s, waiting.attend, Attention.ACTIVE)
        await waiting.wait(_LONG, BackendUnreachable())

    assert 60 <= lasts_s(lambda: comes_back(60)) < 60.1
    assert 5 <= lasts_s(lambda: comes_back(1)) <= 10.1


def test_looking_to_and_fro_knocks_no_oftener() -> None:
    """However often the window is left and taken up, the next try is not made before its time."""

    async def restless() -> None:
        waiting, clock = recess(Attention.ACTIVE), asyncio.get_running_loop()
        for tenth in range(1, 100):
            clock.call_later(tenth / 10, waiting.attend, (Attention.ACTIVE, Attention.AWAY)[tenth % 2])
        await waiting.wait(_LONG, BackendUnreachable())

    assert lasts_s(restless) >= 5


def test_a_kick_ends_the_wait() -> None:
    """Whoever asks for it; one that comes before the wait counts as well, and each but once."""

    async def kicked() -> None:
        waiting, clock = recess(Attention.AWAY), asyncio.get_running_loop()
        clock.call_later(2, waiting.kick)
        await waiting.wait(_LONG, ProtocolViolation())
        assert 2 <= clock.time() < 2.1
        await waiting.wait(_LONG, ProtocolViolation())
        assert clock.time() < 2.1
        assert waiting.was_kicked()
        assert not waiting.was_kicked()
        await waiting.wait(_LONG, ProtocolViolation())
        assert clock.time() > 100

    lasts_s(kicked)


def test_nobody_comes_earlier_than_the_backend_asked_for() -> None:
    """Neither who looks on nor who clicks."""

    async def asked() -> None:
        waiting, clock = recess(Attention.AWAY), asyncio.get_running_loop()
        clock.call_later(3, waiting.attend, Attention.ACTIVE)
        clock.call_later(4, waiting.kick)
        await waiting.wait(_LONG, BackendUnreachable(retry_after_s=120))

    assert 120 <= lasts_s(asked) < 120.1
