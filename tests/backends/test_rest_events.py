"""News of a server: told, missed, or not to be had."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import msgspec
import pytest

from supportdesk.backends.http import Http
from supportdesk.backends.rest.client import Client
from supportdesk.backends.rest.events import EventPace, Events
from supportdesk.domain.errors import SessionExpired
from supportdesk.domain.wire import PROBLEM_TYPE, problem_of
from tests.support.listener import Listener, talking

_QUICK = EventPace(silence_s=5, broken_s=0.01, first_retry_s=0.01, longest_retry_s=0.02)
_STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
_EXPIRED = msgspec.json.encode(problem_of(SessionExpired()))
_SIGNED_OUT = b"HTTP/1.1 401 Unauthorized\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (
    PROBLEM_TYPE.encode(),
    len(_EXPIRED),
    _EXPIRED,
)
_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
_EVENT = b"event: changed\ndata:\n\n"


class Streaming:
    """Each connection is answered by the next script: its bytes at once, more by `say`; then it stands."""

    def __init__(self, answers: Sequence[bytes]) -> None:
        self.left = list(answers)
        self.open: list[asyncio.StreamWriter] = []
        self.tokens: list[str] = []
        self.connected: asyncio.Queue[None] = asyncio.Queue()

    async def say(self, words: bytes) -> None:
        self.open[-1].write(words)
        await self.open[-1].drain()

    def end(self) -> None:
        self.open[-1].close()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = head.lower().splitlines()
            self.tokens += [line.rpartition(" ")[2] for line in lines if line.startswith("authorization")]
            self.open.append(writer)
            writer.write(self.left.pop(0) if self.left else _MISSING)
            await writer.drain()
            self.connected.put_nowait(None)


@asynccontextmanager
async def _streaming(
    *answers: bytes, pace: EventPace = _QUICK
) -> AsyncIterator[tuple[Streaming, Events, Client]]:
    script = Streaming(answers)
    async with Listener(talking(script.answer)) as listener:
        client = Client(Http(f"http://127.0.0.1:{listener.port}"))
        client.token = "first"
        events = Events(client, pace)
        try:
            yield script, events, client
        finally:
            await events.close()
            await client.close()


def _listens(events: Events) -> bool:
    return events.listening


async def _stays_quiet(events: Events) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await events.wait()


def test_opening_is_news_and_then_only_events_are() -> None:
    """What came before the stream was open may have been missed; heartbeats are nothing."""

    async def use() -> None:
        async with _streaming(_STREAM) as (script, events, _client):
            await events.wait()
            assert _listens(events)
            waiting = asyncio.ensure_future(events.wait())
            await script.say(b":\n\n:\n\neve")
            await asyncio.sleep(0.02)
            assert not waiting.done()
            await script.say(b"nt: changed\ndata:\n\n")
            await asyncio.wait_for(waiting, 20)

    asyncio.run(use())


def test_what_is_told_between_two_waits_is_heard() -> None:
    """The stream stands while nobody waits."""

    async def use() -> None:
        async with _streaming(_STREAM) as (script, events, _client):
            await events.wait()
            await script.say(_EVENT)
            await asyncio.wait_for(events.wait(), 20)
            assert len(script.open) == 1

    asyncio.run(use())


def test_a_broken_stream_is_news_and_is_opened_again() -> None:
    """The engine looks once after the break and once when it is open again."""

    async def use() -> None:
        async with _streaming(_STREAM, _STREAM) as (script, events, _client):
            await events.wait()
            script.end()
            await asyncio.wait_for(events.wait(), 20)
            assert not _listens(events)
            await asyncio.wait_for(events.wait(), 20)
            assert _listens(events)
            assert len(script.open) == 2

    asyncio.run(use())


def test_where_there_are_no_streams_it_is_quiet_and_goes_on_trying() -> None:
    """The engine polls meanwhile, and hears it when there is one."""

    async def use() -> None:
        async with _streaming(_MISSING, b"", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", _STREAM) as (
            script,
            events,
            _client,
        ):
            waiting = asyncio.ensure_future(events.wait())
            for _connection in range(2):
                await script.connected.get()
            assert not waiting.done()
            assert not _listens(events)
            script.end()
            await asyncio.wait_for(waiting, 20)
            assert len(script.open) == 4

    asyncio.run(use())


def test_a_session_that_has_ended_is_told() -> None:
    """That is no trouble of the network."""

    async def use() -> None:
        async with _streaming(_SIGNED_OUT) as (_script, events, _client):
            with pytest.raises(SessionExpired):
                await asyncio.wait_for(events.wait(), 20)

    asyncio.run(use())


def test_another_session_has_a_stream_of_its_own() -> None:
    """The next wait opens it; the one before is closed."""

    async def use() -> None:
        async with _streaming(_STREAM, _STREAM) as (script, events, client):
            await events.wait()
            client.token = "second"
            events.renew()
            assert not _listens(events)
            await asyncio.wait_for(events.wait(), 20)
            assert script.tokens == ["first", "second"]
            assert _listens(events)

    asyncio.run(use())


def test_a_wait_can_be_given_up() -> None:
    """Its stream is closed with it, and the next wait begins anew."""

    async def use() -> None:
        async with _streaming(_STREAM, _STREAM) as (script, events, _client):
            await events.wait()
            await _stays_quiet(events)
            assert not _listens(events)
            await asyncio.wait_for(events.wait(), 20)
            assert len(script.open) == 2

    asyncio.run(use())


@pytest.mark.parametrize("flood", [b"x" * 100_000, b"\n" * 100_000])
def test_a_stream_of_nonsense_is_no_news(flood: bytes) -> None:
    """A line without an end counts as a break, empty lines as heartbeats; neither fills the memory."""

    async def use() -> None:
        async with _streaming(_STREAM + flood) as (_script, events, _client):
            await events.wait()
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    await events.wait()

    asyncio.run(use())


def test_a_stream_without_heartbeats_is_dead() -> None:
    """A computer that slept does not wait for a server that has forgotten it."""

    async def use() -> None:
        async with _streaming(_STREAM, pace=msgspec.structs.replace(_QUICK, silence_s=0.05)) as (
            _script,
            events,
            _client,
        ):
            await events.wait()
            await asyncio.wait_for(events.wait(), 20)
            assert not _listens(events)

    asyncio.run(use())
