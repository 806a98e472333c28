"""A real proxy on loopback in front of a real server, which does to requests what bad networks do.

One request a connection; which fault each of them meets, a plan decides.
"""

import asyncio
import random
import socket
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from enum import Enum
from typing import NamedTuple
from urllib.parse import urlsplit

from supportdesk.lanes import IoLane

_PIECE_BYTES = 64 * 1024
_HEAD_BYTES = 64 * 1024
_UPSTREAM_S = 60.0


class Fault(Enum):
    NONE = "none"
    RESET_AT_ONCE = "reset at once"
    """Before a byte was read."""
    RESET_UNSENT = "reset, request not passed on"
    RESET_HALFWAY = "half of the request passed on, then reset on both sides"
    RESET_ANSWERED = "request passed on and answered, then reset"
    SILENT_UNSENT = "no answer, request not passed on"
    SILENT_ANSWERED = "no answer, request passed on"
    ERROR_500 = "500"
    ERROR_502 = "502 with a page"
    ERROR_503 = "503, Retry-After"
    ERROR_429 = "429, Retry-After"
    ERROR_504_ANSWERED = "504, request passed on"
    CUT_ANSWER = "half of the answer, then the end"
    CUT_HEAD = "half of the answer's head, then the end"
    SLOW = "the answer drips"
    TWICE = "request passed on twice, one after the other"
    TWICE_AT_ONCE = "request passed on twice at the same time"
    PORTAL_PAGE = "200 with a page to sign in to the network"
    PORTAL_REDIRECT = "redirect to a page to sign in to the network"


LOSSLESS = (Fault.NONE, Fault.SLOW, Fault.TWICE, Fault.TWICE_AT_ONCE)
"""After these the client has an answer."""

QUICK_FAULTS = tuple(
    fault for fault in Fault if fault not in {Fault.NONE, Fault.SILENT_UNSENT, Fault.SILENT_ANSWERED}
)
"""All that a client notices without waiting for its time-out."""


class Asked(NamedTuple):
    method: str
    path: str
    """With its query."""
    number: int
    """Of the request, from 0."""
    headers: Mapping[str, str] = {}
    """Names in small letters."""


Plan = Callable[[Asked], Fault]


def nothing(_asked: Asked) -> Fault:
    return Fault.NONE


def always(fault: Fault, *paths: str) -> Plan:
    """For requests whose path contains one of `paths`; for all where none is given."""

    def plan(asked: Asked) -> Fault:
        return fault if not paths or any(path in asked.path for path in paths) else Fault.NONE

    return plan


def in_turn(faults: Iterable[Fault], path: str = "") -> Plan:
    """Each once, for requests whose path contains `path`; then none."""
    left = iter(faults)

    def plan(asked: Asked) -> Fault:
        return next(left, Fault.NONE) if path in asked.path else Fault.NONE

    return plan


def by_chance(dice: random.Random, share: float, faults: Sequence[Fault]) -> Plan:
    """Event streams are left alone: they ask once and would only use up the faults."""

    def plan(asked: Asked) -> Fault:
        if asked.path.endswith("/events") or dice.random() >= share:
            return Fault.NONE
        return dice.choice(faults)

    return plan


_CANNED = {
    Fault.ERROR_500: b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 5\r\nConnection: close\r\n\r\nOops.",
    Fault.ERROR_502: b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n"
    b"Content-Length: 20\r\nConnection: close\r\n\r\n<h1>Bad Gateway</h1>",
    Fault.ERROR_503: b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n",
    Fault.ERROR_429: b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n",
    Fault.ERROR_504_ANSWERED: b"HTTP/1.1 504 Gateway Timeout\r\nContent-Type: text/html\r\n"
    b"Content-Length: 18\r\nConnection: close\r\n\r\n<h1>Timed out</h1>",
    Fault.PORTAL_PAGE: b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    b"Content-Length: 33\r\nConnection: close\r\n\r\n<form>Welcome to our hotel</form>",
    Fault.PORTAL_REDIRECT: b"HTTP/1.1 302 Found\r\nLocation: http://wifi.hotel.example/?to=you\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n",
}
_PASSED_ON = {
    Fault.RESET_ANSWERED,
    Fault.SILENT_ANSWERED,
    Fault.ERROR_504_ANSWERED,
    Fault.CUT_ANSWER,
    Fault.CUT_HEAD,
    Fault.SLOW,
    Fault.TWICE,
}


class FaultProxy:
    """In one event loop. Listens between `start` and `stop`, at the same address each time."""

    def __init__(self, target: str, plan: Plan = nothing) -> None:
        parts = urlsplit(target)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self.plan = plan
        self.met: Counter[Fault] = Counter()
        self.asked: list[Asked] = []
        self._place = _bound(0)
        """Holds the port while nobody listens."""
        self.port = int(self._place.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self._listener: socket.socket | None = None
        self._clients: set[asyncio.Task[None]] = set()
        self._stalled = asyncio.Event()

    async def start(self) -> None:
        self._listener = _bound(self.port)
        self._listener.listen()
        asyncio.get_running_loop().add_reader(self._listener, self._accept, self._listener)

    async def stop(self) -> None:
        """The network is cut: nobody listens any more, what runs is reset."""
        if self._listener is not None:
            asyncio.get_running_loop().remove_reader(self._listener)
            self._listener.close()
        self._listener = None
        clients = tuple(self._clients)
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)
        await asyncio.sleep(0)  # asyncio closes a socket one step after it was told to

    async def close(self) -> None:
        await self.stop()
        self._place.close()

    def _accept(self, listener: socket.socket) -> None:
        """In one step of the loop, so that no client is ever unknown: asyncio's own server forgets to close
        those whom it accepts while it is closed.

        A task that is cancelled before its first step has nothing that would close what was accepted.
        """
        with suppress(BlockingIOError, ConnectionError):
            made, _address = listener.accept()
            client = asyncio.ensure_future(self._client(made))
            self._clients.add(client)
            client.add_done_callback(self._clients.discard)
            client.add_done_callback(lambda client: made.close() if client.cancelled() else None)

    async def _client(self, made: socket.socket) -> None:
        made.setblocking(False)
        reader, writer = await asyncio.open_connection(sock=made, limit=_HEAD_BYTES)
        try:
            await self._one(reader, writer)
            writer.close()
            await writer.wait_closed()
        except (OSError, EOFError, asyncio.CancelledError):
            reset(writer)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, path, _version = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        asked = Asked(method, path, len(self.asked), _headers(head))
        self.asked.append(asked)
        fault = self.plan(asked)
        self.met[fault] += 1
        if fault is Fault.RESET_AT_ONCE:
            raise ConnectionResetError
        body = await reader.readexactly(int(asked.headers.get("content-length", "0")))
        request = _one_only(head) + body
        if fault is Fault.NONE:
            await self._pass(request, reader, writer)
        elif fault is Fault.RESET_HALFWAY:
            await self._half(request)
            raise ConnectionResetError
        else:
            await self._faulty(fault, request, writer)

    async def _faulty(self, fault: Fault, request: bytes, writer: asyncio.StreamWriter) -> None:
        answer = await self._passed_on(fault, request)
        if fault in {Fault.SILENT_UNSENT, Fault.SILENT_ANSWERED}:
            await self._stalled.wait()
        if fault in {Fault.RESET_UNSENT, Fault.RESET_ANSWERED}:
            raise ConnectionResetError
        if fault is Fault.SLOW:
            for piece in _dripping(answer):
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.002)
        else:
            writer.write(_CANNED.get(fault) or _cut(fault, answer))
            await writer.drain()

    async def _passed_on(self, fault: Fault, request: bytes) -> bytes:
        """The answer, where the request is passed on at all."""
        if fault is Fault.TWICE:
            await self._answer(request)
        if fault is Fault.TWICE_AT_ONCE:
            return (await asyncio.gather(self._answer(request), self._answer(request)))[0]
        return await self._answer(request) if fault in _PASSED_ON else b""

    async def _pass(self, request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Streams the answer as it comes; ends when either side does."""
        upstream, away = await asyncio.open_connection(self._host, self._port)
        gone = asyncio.ensure_future(reader.read(1))
        try:
            away.write(request)
            await away.drain()
            while True:
                coming = asyncio.ensure_future(upstream.read(_PIECE_BYTES))
                await asyncio.wait({coming, gone}, return_when=asyncio.FIRST_COMPLETED)
                if not coming.done():
                    coming.cancel()
                    return
                if not (piece := coming.result()):
                    return
                writer.write(piece)
                await writer.drain()
        finally:
            gone.cancel()
            away.close()

    async def _answer(self, request: bytes) -> bytes:
        upstream, away = await asyncio.open_connection(self._host, self._port)
        try:
            away.write(request)
            await away.drain()
            async with asyncio.timeout(_UPSTREAM_S):
                return await upstream.read()
        finally:
            away.close()

    async def _half(self, request: bytes) -> None:
        _upstream, away = await asyncio.open_connection(self._host, self._port)
        away.write(request[: len(request) // 2])
        await away.drain()
        reset(away)


def _bound(port: int) -> socket.socket:
    made = socket.socket()
    made.setblocking(False)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind(("127.0.0.1", port))
    return made


def reset(writer: asyncio.StreamWriter) -> None:
    """The other side gets a reset, not an orderly end."""
    made = writer.get_extra_info("socket")
    with suppress(OSError):
        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def _headers(head: bytes) -> dict[str, str]:
    pairs = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _colon, value in pairs if name}


def _one_only(head: bytes) -> bytes:
    """The server is asked to end the connection behind its answer."""
    lines = [line for line in head[:-4].split(b"\r\n") if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n"


def _cut(fault: Fault, answer: bytes) -> bytes:
    if fault is Fault.CUT_HEAD:
        return answer[:20]
    if fault is Fault.CUT_ANSWER:
        begin = answer.find(b"\r\n\r\n") + 4
        return answer[: begin + max(0, len(answer) - begin - 1) // 2]
    return answer


def _dripping(answer: bytes) -> Iterator[bytes]:
    size = max(1, len(answer) // 50)
    for begin in range(0, len(answer), size):
        yield answer[begin : begin + size]


class ProxyThread:
    """A proxy with a loop of its own, for tests that have none."""

    def __init__(self, target: str, plan: Plan = nothing) -> None:
        self.proxy = FaultProxy(target, plan)
        self._lane = IoLane("fault-proxy")

    @property
    def address(self) -> str:
        return self.proxy.address

    def cut(self) -> None:
        self._lane.submit(self.proxy.stop()).result(10)

    def restore(self) -> None:
        self._lane.submit(self.proxy.start()).result(10)

    def close(self) -> None:
        self._lane.submit(self.proxy.close()).result(10)
        self._lane.close()


@contextmanager
def fault_proxy(target: str, plan: Plan = nothing) -> Iterator[ProxyThread]:
    proxy = ProxyThread(target, plan)
    try:
        proxy.restore()
        yield proxy
    finally:
        proxy.close()
