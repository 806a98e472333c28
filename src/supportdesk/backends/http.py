"""HTTP as backends use it: one request, one bounded answer. The only module that knows httpx.

Whatever the network or a bad server does comes out as an error of `supportdesk.domain.errors`:
BackendUnreachable where nothing can have happened or a repeat is harmless, UnknownOutcome where a request
that must not come twice got no answer, ProtocolViolation for an answer that is none.
"""

import asyncio
import logging
import socket
import ssl
import sys
import time
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit

import httpx
import msgspec

from supportdesk import __version__, i18n
from supportdesk.domain.address import is_this_computer, server_address
from supportdesk.domain.errors import (
    BackendUnreachable,
    InvalidInput,
    ProtocolViolation,
    SupportDeskError,
    UnknownOutcome,
)
from supportdesk.i18n import _

_log = logging.getLogger(__name__)
for _name in ("httpx", "httpcore"):  # they write whole addresses and headers, tokens included
    logging.getLogger(_name).setLevel(logging.WARNING)

_CONNECTIONS = 10
_KEPT_ALIVE_S = 50.0
"""Shorter than servers keep theirs (ours: 75, nginx: 60 or more): none is used that is just being closed."""
_PIECE_BYTES = 64 * 1024
_SYSTEMS = {"linux": "Linux", "darwin": "macOS", "win32": "Windows"}
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
_EXPIRED = {9, 10}
"""OpenSSL's numbers for a certificate that is not valid yet, or no more."""
_OTHER_HOST = {62, 64}
Transport = httpx.AsyncBaseTransport
"""How requests travel; tests put an application in the same process behind it."""


class Patience(msgspec.Struct, frozen=True):
    """Time-outs in seconds."""

    connect_s: float = 15.0
    silence_s: float = 30.0
    """Between two pieces of a request or an answer."""
    answer_s: float = 180.0
    """For a whole answer, however slowly it drips."""


class Request(msgspec.Struct, frozen=True):
    method: str
    path: str
    """Behind the server's address; begins with a slash, already escaped."""
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = {}
    body: bytes = b""
    repeatable: bool = True
    """False: an answer that does not come leaves open whether it happened."""
    most_bytes: int = 1024 * 1024
    """Of the answer, after unpacking."""


class Answer(msgspec.Struct, frozen=True):
    status: int
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes | bytearray = b""


class Stream:
    """An answer that is read piece by piece."""

    def __init__(self, response: httpx.Response, request: Request) -> None:
        self._response = response
        self._request = request
        self.status = response.status_code
        self.headers = {name.lower(): value for name, value in response.headers.items()}

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """Unpacked, none over 64 KiB or what the network gave at once."""
        packed = _Unpacking(self.headers.get("content-encoding", ""))
        with _told(self._request):
            async for raw in self._response.aiter_raw():
                for piece in packed.feed(raw):
                    yield piece
        packed.finish()

    async def whole(self) -> Answer:
        """Raises ProtocolViolation when it is longer than the request allows."""
        body = bytearray()
        async for piece in self.pieces():
            if len(body) + len(piece) > self._request.most_bytes:
                raise ProtocolViolation
            body += piece
        return Answer(self.status, self.headers, body)


class Http:
    """Requests to one server. Belongs to one event loop; touches no network before the first request."""

    def __init__(
        self, address: str, patience: Patience | None = None, transport: Transport | None = None
    ) -> None:
        """Raises InvalidInput for an address that is neither https nor on this computer."""
        self.address = server_address(address)
        self._patience = patience or Patience()
        self._transport = transport
        self._client: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()

    async def ask(self, request: Request) -> Answer:
        began = time.monotonic()
        with _told(request):
            async with asyncio.timeout(self._patience.answer_s), self.stream(request) as stream:
                answer = await stream.whole()
        took_ms = (time.monotonic() - began) * 1000
        _log.debug("%s %s: %s, %.0f ms", request.method, request.path, answer.status, took_ms)
        return answer

    @asynccontextmanager
    async def stream(self, request: Request, silence_s: float | None = None) -> AsyncIterator[Stream]:
        """For answers without a known end; only the silence between two pieces is limited."""
        client = await self._opened()
        with _told(request):
            made = client.build_request(
                request.method,
                self.address + request.path,
                params=request.query or None,
                headers={"Accept-Encoding": "gzip", "Accept-Language": i18n.language()}
                | dict(request.headers),
                content=request.body or None,
                timeout=self._timeout(silence_s or self._patience.silence_s),
            )
            response = await client.send(made, stream=True)
        try:
            yield Stream(response, request)
        finally:
            with _told(request):
                await response.aclose()

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _opened(self) -> httpx.AsyncClient:
        async with self._opening:
            if self._client is None:
                self._client = await asyncio.to_thread(self._make)
            return self._client

    def _make(self) -> httpx.AsyncClient:
        """Off the loop: reads certificates and, on some systems, asks for the proxy's settings."""
        server = urlsplit(self.address)
        plain = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, costs nothing
        try:
            return httpx.AsyncClient(
                verify=trusted_by_system() if server.scheme == "https" else plain,
                trust_env=not is_this_computer(server.hostname or ""),
                transport=self._transport,
                follow_redirects=False,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                headers={"User-Agent": user_agent()},
                limits=httpx.Limits(max_connections=_CONNECTIONS, keepalive_expiry=_KEPT_ALIVE_S),
            )
        except (ImportError, ValueError, httpx.InvalidURL) as error:  # no kind of proxy that is known here
            text = _("The proxy that is set up on this computer cannot be used: {reason}")
            raise BackendUnreachable(text.format(reason=error)) from error

    def _timeout(self, silence_s: float) -> httpx.Timeout:
        return httpx.Timeout(silence_s, connect=self._patience.connect_s, pool=self._patience.answer_s)


def user_agent() -> str:
    return f"SupportDesk/{__version__} ({system_name()})"


def system_name() -> str:
    """As people call it."""
    return _SYSTEMS.get(sys.platform, sys.platform)


@cache
def trusted_by_system() -> ssl.SSLContext:
    """Certificates as the system trusts them; some 100 ms the first time."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@contextmanager
def _told(request: Request) -> Iterator[None]:
    try:
        yield
    except SupportDeskError:
        raise
    except (httpx.InvalidURL, UnicodeError) as error:
        raise InvalidInput(_("This is not an address that can be reached.")) from error
    except (httpx.HTTPError, httpx.StreamError, TimeoutError, OSError) as error:
        _log.info("%s %s: %s", request.method, request.path, type(error).__name__)
        if request.repeatable or isinstance(error, _NEVER_SENT):
            raise BackendUnreachable(_explained(error)) from error
        raise UnknownOutcome from error


class _Unpacking:
    """Bounded: what little bytes unpack to comes in pieces that can be counted."""

    def __init__(self, encoding: str) -> None:
        if encoding.lower() not in {"", "identity", "gzip"}:
            raise ProtocolViolation
        self._unzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding.lower() == "gzip" else None

    def feed(self, raw: bytes) -> Iterator[bytes]:
        if self._unzip is None:
            yield raw
            return
        while True:
            try:
                piece = self._unzip.decompress(raw, _PIECE_BYTES)
            except zlib.error as error:
                raise ProtocolViolation from error
            raw = self._unzip.unconsumed_tail
            yield piece
            if self._unzip.unused_data:
                raise ProtocolViolation
            if not raw and len(piece) < _PIECE_BYTES:
                return

    def finish(self) -> None:
        if self._unzip is not None and not self._unzip.eof:
            raise ProtocolViolation


def _explained(error: BaseException) -> str:
    """A sentence for the cause behind `error`, or '' where there is no more to say than that it failed."""
    if isinstance(error, httpx.ProxyError):
        return _("The proxy of this network asks for a sign-in.") if "407" in str(error) else ""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _certificate(cause)
        if isinstance(cause, ssl.SSLError):
            return _("The protected connection to the support portal cannot be made.")
        if isinstance(cause, socket.gaierror):
            return _("The address of the support portal cannot be found. Is this computer online?")
    return ""


def _certificate(error: ssl.SSLCertVerificationError) -> str:
    code = getattr(error, "verify_code", 0)
    if code in _EXPIRED:
        return _(
            "The certificate of the support portal is not valid today. Check the date of this computer;"
            " if it is right, tell the vendor."
        )
    if code in _OTHER_HOST:
        return _(
            "Somebody else answers at the address of the support portal: the certificate is for another name."
        )
    return _(
        "This computer does not trust the certificate of the support portal. In a company network, ask your"
        " administrators; elsewhere, tell the vendor."
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
