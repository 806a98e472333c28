"""A server that means harm, in a process of its own: its answers are good but at one place.

It is told what to do by lines of JSON, and answers each by one.
"""

import asyncio
import json
import os
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.commands import Receipt, payload_sha256
from supportdesk.domain.entities import Organisation, Person
from supportdesk.domain.profile_files import bundled_path, load
from supportdesk.domain.session import Welcome
from supportdesk.domain.wire import API, CommandSent, SessionGiven
from tests.support import facts

_ROOT = Path(__file__).resolve().parent.parent.parent
_MIB = 1024 * 1024
_DRIP_S = 0.05
_TYPE = "application/json"


class Harm(Enum):
    NONE = "good answers"
    DRIP = "a byte now and then"
    ENDLESS = "JSON without end"
    BOMB = "a gigabyte, packed into one megabyte"
    NOISE = "no HTTP at all"
    HEADS = "headers without end"
    GARBAGE = "random bytes for JSON"
    REDIRECTS = "redirects to itself, without end"
    OTHER_TYPES = "values of other types"
    CRAMMED = "as much as is believed, wrong at its end"
    MANY = "10,000 changes in one page, again and again"


class Asked(NamedTuple):
    method: str
    path: str
    """Behind that of the API."""
    key: str
    body: bytes


class HostileServer:
    """What a test has of it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.address = f"http://127.0.0.1:{self._told()}"

    def turn(self, harm: Harm, path: str = "") -> None:
        """From now on it does this to whoever asks for a path that begins so."""
        self._ask("turn", harm.name, path)

    def met(self) -> int:
        """Answers at that place since the turn."""
        return int(self._ask("met"))

    def accepted(self) -> dict[str, list[str]]:
        """By command: the hashes of all that was sent under its id and got a receipt."""
        told: dict[str, list[str]] = self._ask("accepted")
        return told

    def _ask(self, *words: str) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return self._told()

    def _told(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


@contextmanager
def hostile_server() -> Iterator[HostileServer]:
    process = subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
    )
    try:
        yield HostileServer(process)
    finally:
        process.communicate(timeout=60)  # the end of its input is its end


class _Answers:
    def __init__(self) -> None:
        self.harm, self._place, self.met = Harm.NONE, "", 0
        self.accepted: dict[str, list[str]] = {}
        self._turns = Counter[str]()

    def turn(self, harm: str, place: str) -> None:
        self.harm, self._place, self.met = Harm[harm], place, 0

    async def pieces(self, asked: Asked) -> AsyncIterator[bytes]:
        if not asked.path.startswith(self._place):
            yield self._good(asked)
            return
        self.met += 1
        if self.harm is Harm.NONE:
            yield self._good(asked)
        elif self.harm is Harm.DRIP:
            yield _head()
            while self.harm is Harm.DRIP:
                yield b" "
                await asyncio.sleep(_DRIP_S)
        elif self.harm is Harm.MANY:
            self._turns["page"] += 1
            yield _whole(_page(5_000, f"many-{self._turns['page']}"))
        else:
            for piece in _HARMS[self.harm](asked):
                yield piece

    def _good(self, asked: Asked) -> bytes:
        if asked.path.startswith("/sessions"):
            return _whole(msgspec.json.encode(SessionGiven("jana", "token", facts.MOMENT)))
        if asked.path.startswith("/welcome"):
            return _whole(_WELCOME)
        if asked.path.startswith("/changes"):
            return _whole(_page(0 if "cursor" in asked.path else 3, "first"))
        if asked.path.startswith("/commands"):
            return _whole(self._receipt(asked))
        return b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    def _receipt(self, asked: Asked) -> bytes:
        sha256 = payload_sha256(bytes(msgspec.json.decode(asked.body, type=CommandSent).intent))
        self.accepted.setdefault(asked.key, []).append(sha256)
        return msgspec.json.encode(Receipt(asked.key, sha256, asked.key, "17", facts.MOMENT))


_WELCOME = msgspec.json.encode(
    Welcome(
        me=Person("jana", "Jana Wiebe", "practice"),
        organisation=Organisation("practice", "Practice"),
        capabilities=Capabilities(frozenset(Capability)),
        catalogue=load(bundled_path("practice")).catalogue,
    )
)


def _page(tickets: int, cursor: str) -> bytes:
    """So many, each with a message."""
    found = (
        entity
        for number in range(tickets)
        for entity in (facts.ticket(f"t{number}"), facts.message(f"m{number}", f"t{number}"))
    )
    return msgspec.json.encode(msgspec.structs.replace(facts.page(*found), cursor=cursor))


def _head(*more: str) -> bytes:
    told = ("HTTP/1.1 200 OK", f"Content-Type: {_TYPE}", "Connection: close", *more)
    return "\r\n".join((*told, "", "")).encode()


def _whole(body: bytes) -> bytes:
    return _head(f"Content-Length: {len(body)}") + body


def _endless(_asked: Asked) -> Iterator[bytes]:
    yield _head() + b'{"changes":['
    while True:
        yield b'{"x":[1]},' * 10_000


def _bomb(_asked: Asked) -> Iterator[bytes]:
    packing = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    blank = b" " * _MIB
    yield _head("Content-Encoding: gzip") + packing.compress(blank) + packing.flush(zlib.Z_FULL_FLUSH)
    again = packing.compress(blank) + packing.flush(zlib.Z_FULL_FLUSH)  # knows nothing of what came before
    for _mebibyte in range(1023):
        yield again


def _heads(_asked: Asked) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X-Word: word\r\n" * 1_000


def _crammed(_asked: Asked) -> Iterator[bytes]:
    page = _page(11_500, "crammed")
    end = page.rindex(b'],"cursor"')
    yield _whole(page[:end] + b",7" + page[end:])


def _redirect(asked: Asked) -> Iterator[bytes]:
    place = f"Location: {API}{asked.path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    yield b"HTTP/1.1 302 Found\r\n" + place.encode()


_OTHER_TYPES = {
    "changes": 7,
    "cursor": [],
    "more": "yes",
    "me": "jana",
    "command_id": {},
    "accepted_at": 1e308,
}
_HARMS: dict[Harm, Callable[[Asked], Iterator[bytes]]] = {
    Harm.ENDLESS: _endless,
    Harm.BOMB: _bomb,
    Harm.NOISE: lambda _asked: iter((os.urandom(5_000),)),
    Harm.HEADS: _heads,
    Harm.GARBAGE: lambda _asked: iter((_whole(os.urandom(100_000)),)),
    Harm.REDIRECTS: _redirect,
    Harm.OTHER_TYPES: lambda _asked: iter((_whole(msgspec.json.encode(_OTHER_TYPES)),)),
    Harm.CRAMMED: _crammed,
}


async def _serve() -> None:
    answers = _Answers()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError):
            async for piece in answers.pieces(await _asked(reader)):
                writer.write(piece)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        what, *words = json.loads(line)
        if what == "turn":
            answers.turn(*words)
        print(json.dumps(getattr(answers, what) if what != "turn" else None), flush=True)


async def _asked(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines)}
    method, target, _version = first.split(" ", 2)
    parts = urlsplit(target)
    path = parts.path.removeprefix(API) + (f"?{parts.query}" if parts.query else "")
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, path, headers.get("idempotency-key", ""), body)


if __name__ == "__main__":
    asyncio.run(_serve())
