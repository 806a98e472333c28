"""Side by side, and a cancellation is always heard."""

import asyncio

import pytest

from supportdesk.domain.errors import BackendUnreachable
from supportdesk.sync.together import happens, together


async def _ends_slowly(ended: asyncio.Event, *, with_error: bool = False) -> None:
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0.02)
        ended.set()
        if with_error:
            raise BackendUnreachable


async def _fails() -> None:
    raise BackendUnreachable


def test_the_first_error_ends_the_others() -> None:
    """It is raised when they have ended, as itself."""

    async def use() -> None:
        ended = asyncio.Event()
        with pytest.raises(BackendUnreachable):
            await together(_ends_slowly(ended), _fails())
        assert ended.is_set()

    asyncio.run(use())


@pytest.mark.parametrize("begun", [True, False])
def test_a_cancellation_wins_over_errors(begun: bool) -> None:
    """Also one that comes while the others are being ended, or that makes one of them fail."""

    async def use() -> None:
        ended = asyncio.Event()
        works = [_ends_slowly(ended, with_error=True), *([_fails()] if begun else [])]
        running = asyncio.ensure_future(together(*works))
        await asyncio.sleep(0.005)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await ended.wait()

    asyncio.run(use())


def test_a_cancellation_together_with_the_event_is_heard() -> None:
    """Both in the same turn of the loop: whoever waits is ended."""

    async def use() -> None:
        event = asyncio.Event()
        waiting = asyncio.ensure_future(happens(event, 5))
        await asyncio.sleep(0)
        event.set()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(use())


def test_waiting_ends_with_its_time_or_with_the_event() -> None:
    """Neither is an error."""

    async def use() -> None:
        event = asyncio.Event()
        await happens(event, 0.001)
        event.set()
        await happens(event, None)

    asyncio.run(use())
