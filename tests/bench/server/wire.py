"""HTTP as cheap as it can be had: what the crowd costs is lost to the server on the same machine."""

import asyncio
import gzip
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit


class Answer(NamedTuple):
    status: int
    body: bytes


class Wire:
    """One kept connection, used by one customer. Raises OSError or EOFError where it is cut."""

    def __init__(self, address: str, token: str) -> None:
        place = urlsplit(address)
        self._host, self._port = place.hostname, place.port
        self._always = (
            f"Host: {place.netloc}\r\nAuthorization: Bearer {token}\r\n"
            "Accept-Encoding: gzip\r\nAccept-Language: en\r\n"
        )

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()

    async def ask(self, method: str, path: str, body: bytes = b"", headers: str = "") -> Answer:
        """`headers`: lines that end with CR and LF."""
        self._send(method, path, body, headers)
        head = await self._head()
        content = await self._reader.readexactly(int(head.get("content-length", "0")))
        if head.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(int(head[""]), content)

    async def listen(self, path: str) -> int:
        """The status of an answer that does not end: nothing else can be asked on this connection."""
        self._send("GET", path, b"", "")
        return int((await self._head())[""])

    def _send(self, method: str, path: str, body: bytes, headers: str) -> None:
        length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        head = f"{method} {path} HTTP/1.1\r\n{self._always}{headers}{length}\r\n"
        self._writer.write(head.encode("ascii") + body)

    async def _head(self) -> dict[str, str]:
        """By name in small letters; the status below ''."""
        first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().splitlines()
        named = (line.partition(":") for line in lines)
        return {"": first.split()[1]} | {name.lower(): value.strip() for name, _colon, value in named}
