"""Answers that are worth it travel compressed."""

import asyncio
import gzip
import re

from supportdesk.server.asgi import Application, Headers, Message, Receive, Scope, Send, header

_WORTH_BYTES = 1024
_LONG_BYTES = 64 * 1024
"""More than this is compressed beside the event loop."""
_LEVEL = 5
_TYPES = (b"application/json", b"application/problem+json", b"text/plain")
_GZIP = re.compile(r"(?:gzip|\*)(?:\s*;\s*q=(\d(?:\.\d*)?))?")


class Compression:
    """Only what is sent in one piece: streams and files go as they are."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not accepts_gzip(header(scope, b"accept-encoding")):
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Compressing(send))


class _Compressing:
    """Holds the head back until the first piece of the body shows what is to be done."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _compressible(message["headers"]):
            self._head = message
            return
        head, self._head = self._head, None
        if head is not None:
            if not message.get("more_body"):
                head["headers"] = list(head["headers"])
                message["body"] = await _compressed(head["headers"], message["body"])
            await self._send(head)
        await self._send(message)


def _compressible(headers: Headers) -> bool:
    told = {name.lower(): value for name, value in headers}
    return b"content-encoding" not in told and told.get(b"content-type", b"").startswith(_TYPES)


async def _compressed(headers: Headers, body: bytes) -> bytes:
    """The body to send; the headers are changed along with it."""
    headers.append((b"vary", b"Accept-Encoding"))
    if len(body) < _WORTH_BYTES:
        return body
    packed = _packed(body) if len(body) < _LONG_BYTES else await asyncio.to_thread(_packed, body)
    headers[:] = [(name, value) for name, value in headers if name.lower() != b"content-length"]
    headers += [(b"content-encoding", b"gzip"), (b"content-length", str(len(packed)).encode())]
    return packed


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)


def accepts_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header names gzip, and not with weight zero."""
    choices = [_GZIP.fullmatch(choice.strip().lower()) for choice in accepted.split(",")]
    return any(float(match[1] or 1) > 0 for match in choices if match)
