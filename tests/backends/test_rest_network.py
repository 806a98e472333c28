"""What a bad network does to requests, as the engine gets to know it."""

import asyncio
import gzip
import logging
import socket
import ssl
import subprocess
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

import pytest

from supportdesk.backends import http
from supportdesk.backends.contract.tools import command, file_ref, signed_in
from supportdesk.backends.http import Answer, Http, Patience, Request
from supportdesk.backends.rest import RestBackend
from supportdesk.domain.commands import Receipt
from supportdesk.domain.entities import Ticket
from supportdesk.domain.errors import (
    BackendUnreachable,
    ProtocolViolation,
    SupportDeskError,
    UnknownOutcome,
)
from supportdesk.domain.session import Session
from tests.support.fault_proxy import LOSSLESS, Fault, always, fault_proxy
from tests.support.listener import Listener, talking
from tests.support.rest_world import BRISK, RestWorld, rest_world

GET = Request("GET", "/")
_REACHED = {
    Fault.NONE,
    Fault.SLOW,
    Fault.TWICE,
    Fault.TWICE_AT_ONCE,
    Fault.RESET_ANSWERED,
    Fault.SILENT_ANSWERED,
    Fault.ERROR_504_ANSWERED,
    Fault.CUT_ANSWER,
    Fault.CUT_HEAD,
}
_SILENT = {
    Fault.RESET_AT_ONCE,
    Fault.RESET_UNSENT,
    Fault.RESET_HALFWAY,
    Fault.RESET_ANSWERED,
    Fault.SILENT_UNSENT,
    Fault.SILENT_ANSWERED,
    Fault.CUT_ANSWER,
    Fault.CUT_HEAD,
}

_WITHOUT_END = {Fault.SILENT_UNSENT, Fault.SILENT_ANSWERED}


class Answering:
    def __init__(self) -> None:
        self.address = ""
        self.asked: list[bytes] = []


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RestWorld]:
    with rest_world(tmp_path) as world:
        yield world


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_every_fault_says_whether_it_may_have_happened(world: RestWorld, fault: Fault) -> None:
    """Silence after a command left is an unknown outcome, everything else an unreachable server; the same
    command again is then taken once, whatever had become of the first."""

    async def use(address: str) -> tuple[Receipt | SupportDeskError, Receipt, list[Ticket]]:
        session = await _session(world)
        if fault in _WITHOUT_END:
            world.patience = Patience(silence_s=0.3)
        backend = world.rest(address)
        world.patience = BRISK
        try:
            await backend.resume(session)
            wanted = command(world.new_ticket("Printer"))
            first: Receipt | SupportDeskError
            try:
                first = await backend.push(wanted)
            except SupportDeskError as error:
                first = error
        finally:
            await backend.close()
        async with signed_in(world, world.customer) as customer:
            mirror = await customer.sees()
            arrived = bool(mirror.all(Ticket))
            assert arrived == (fault in _REACHED)
            receipt = await customer.backend.push(wanted)
            return first, receipt, (await customer.sees()).all(Ticket)

    with fault_proxy(world.address, always(fault, "/commands")) as proxy:
        first, receipt, tickets = asyncio.run(use(proxy.address))
        assert proxy.proxy.met[fault] == 1
    assert len(tickets) == 1
    if fault in LOSSLESS:
        assert first == receipt
    else:
        assert type(first) is (UnknownOutcome if fault in _SILENT else BackendUnreachable)


async def _session(world: RestWorld) -> Session:
    backend = world.rest()
    try:
        return await backend.sign_in(world.customer.user, world.customer.password)
    finally:
        await backend.close()


def test_a_captive_portal_is_named(world: RestWorld) -> None:
    """A page or a redirect where facts were asked for: the person learns to open a browser."""

    async def use(address: str) -> str:
        backend = world.rest(address)
        try:
            with pytest.raises(BackendUnreachable) as caught:
                await backend.sign_in(world.customer.user, world.customer.password)
            return str(caught.value)
        finally:
            await backend.close()

    for fault in (Fault.PORTAL_PAGE, Fault.PORTAL_REDIRECT):
        with fault_proxy(world.address, always(fault)) as proxy:
            assert "browser" in asyncio.run(use(proxy.address))


@asynccontextmanager
async def _answering(*pieces: bytes, tls: ssl.SSLContext | None = None) -> AsyncIterator[Answering]:
    """A server that says the same to everybody, a piece every 50 ms, and keeps what it was asked."""
    server = Answering()

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError), closing(writer):
            server.asked.append(await reader.readuntil(b"\r\n\r\n"))
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.05 if len(pieces) > 1 else 0)

    async with Listener(talking(client), tls) as listener:
        server.address = f"{'https' if tls else 'http'}://127.0.0.1:{listener.port}"
        yield server


async def _error_of(address: str, request: Request = GET, patience: Patience = BRISK) -> SupportDeskError:
    http = Http(address, patience)
    try:
        with pytest.raises(SupportDeskError) as caught:
            await http.ask(request)
        return caught.value
    finally:
        await http.close()


def _whole(body: bytes, *headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", "Connection: close", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def test_an_answer_that_unpacks_to_too_much_is_refused() -> None:
    """292 KB that would become 300 MB are given up at the limit, with the memory of the limit."""
    packed = gzip.compress(bytes(300 * 1024 * 1024), 9)
    assert len(packed) < 300 * 1024
    limit = 4 * 1024 * 1024
    request = Request("GET", "/", most_bytes=limit)

    async def use() -> SupportDeskError:
        async with _answering(_whole(packed, "Content-Encoding: gzip")) as server:
            tracemalloc.start()
            try:
                error = await _error_of(server.address, request, Patience())
                assert tracemalloc.get_traced_memory()[1] < 3 * limit
            finally:
                tracemalloc.stop()
            return error

    assert type(asyncio.run(use())) is ProtocolViolation


def test_an_answer_is_unpacked() -> None:
    """gzip is asked for, and what came is what was packed."""
    content = b"supportdesk " * 50_000

    async def use() -> Answer:
        async with _answering(_whole(gzip.compress(content), "Content-Encoding: gzip")) as server:
            http = Http(server.address)
            answer = await http.ask(GET)
            await http.close()
            assert b"accept-encoding: gzip" in server.asked[0].lower()
            return answer

    assert asyncio.run(use()).body == content


@pytest.mark.parametrize(
    "answer",
    [
        _whole(b"no gzip at all", "Content-Encoding: gzip"),
        _whole(gzip.compress(b"x" * 1000)[:-9], "Content-Encoding: gzip"),
        _whole(gzip.compress(b"x") + b"more", "Content-Encoding: gzip"),
        _whole(b"x", "Content-Encoding: br"),
        _whole(b"x" * 2000),
    ],
    ids=["not packed", "cut while packing", "something behind it", "unknown packing", "too long"],
)
def test_an_answer_that_is_none_is_a_violation(answer: bytes) -> None:
    """It is a typed error that can be tried again."""

    async def use() -> SupportDeskError:
        async with _answering(answer) as server:
            return await _error_of(server.address, Request("GET", "/", most_bytes=1500))

    assert type(asyncio.run(use())) is ProtocolViolation


@pytest.mark.parametrize(
    "pieces",
    [
        (b"",),
        (b"SSH-2.0-OpenSSH_9.2\r\n",),
        (b"HTTP/1.1 999999 What\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000,),
        (b"HTTP/1.1 100 Continue\r\n\r\n",) * 3,
    ],
    ids=["nothing", "ssh", "status", "negative", "short", "chunks", "headers", "continue"],
)
def test_what_does_not_speak_http_is_unreachable(pieces: tuple[bytes, ...]) -> None:
    """Whatever stands at the other end: nothing but BackendUnreachable comes of it."""

    async def use() -> SupportDeskError:
        async with _answering(*pieces) as server:
            return await _error_of(server.address)

    assert type(asyncio.run(use())) is BackendUnreachable


def test_an_answer_that_drips_for_ever_is_given_up() -> None:
    """Each byte comes in time, the whole does not."""
    drips = (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", *[b"x"] * 1000)

    async def use() -> SupportDeskError:
        async with _answering(*drips) as server:
            return await _error_of(server.address, GET, Patience(silence_s=0.3, answer_s=0.4))

    assert type(asyncio.run(use())) is BackendUnreachable


def test_nothing_is_kept_and_nobody_is_followed() -> None:
    """Cookies don't come back, a redirect is an answer, and the request says who asks."""
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nSet-Cookie: a=b; Path=/\r\n"

    async def use() -> None:
        async with _answering(moved + b"Connection: close\r\nContent-Length: 0\r\n\r\n") as server:
            http = Http(server.address)
            answers = [await http.ask(GET) for _twice in range(2)]
            await http.close()
            assert [answer.status for answer in answers] == [302, 302]
            assert b"cookie" not in server.asked[1].lower()
            assert b"user-agent: supportdesk/" in server.asked[1].lower()
            assert b"accept-language: en" in server.asked[1].lower()

    asyncio.run(use())


def test_nothing_secret_is_logged(world: RestWorld, caplog: pytest.LogCaptureFixture) -> None:
    """Neither password nor token nor cursor, however much is logged."""
    caplog.set_level(logging.DEBUG)

    async def use() -> tuple[str, str]:
        backend = world.rest()
        session = await backend.sign_in(world.customer.user, world.customer.password)
        page = await backend.pull((await backend.pull(None)).cursor)
        await backend.close()
        return session.token, page.cursor

    token, cursor = asyncio.run(use())
    ours = [record for record in caplog.records if not record.name.startswith("uvicorn")]
    written = "\n".join(record.getMessage() for record in ours)
    assert "/api/v1/changes" in written
    assert not [secret for secret in (token, cursor, world.customer.password) if secret in written]


def test_a_name_that_nobody_has_is_told() -> None:
    """The sentence speaks of the address, not of the server."""
    told = http_errors(socket.gaierror(socket.EAI_NONAME, "Name or service not known"))
    assert "address" in told


@pytest.mark.parametrize(
    ("code", "word"), [(10, "date"), (9, "date"), (62, "another name"), (18, "trust"), (20, "trust")]
)
def test_a_bad_certificate_is_explained(code: int, word: str) -> None:
    """Out of date, another's, or nobody's: each has its own next step."""
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    assert word in http_errors(error)


def http_errors(cause: Exception) -> str:
    error = ConnectionError()
    error.__cause__ = cause
    return http._explained(error)


def test_certificates_are_trusted_as_the_system_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that the system does not know is refused with a reason; one that it knows is taken."""
    certificate, key = _certificate(tmp_path)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate, key)

    async def refused() -> SupportDeskError:
        async with _answering(_whole(b"{}"), tls=server_side) as server:
            return await _error_of(server.address)

    async def taken() -> Answer:
        async with _answering(_whole(b"{}"), tls=server_side) as server:
            client = Http(server.address)
            answer = await client.ask(GET)
            await client.close()
            return answer

    http.trusted_by_system.cache_clear()
    assert "trust" in str(asyncio.run(refused()))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    http.trusted_by_system.cache_clear()
    assert asyncio.run(taken()).status == 200
    http.trusted_by_system.cache_clear()


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *names], check=True, capture_output=True)
    return certificate, key


def test_a_proxy_that_cannot_be_used_is_an_error_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of proxy that the program does not speak to is named instead of a crash."""
    monkeypatch.setenv("ALL_PROXY", "strange://127.0.0.1:1080")
    error = asyncio.run(_error_of("https://support.example.org"))
    assert type(error) is BackendUnreachable
    assert "proxy" in str(error)


def test_the_proxy_of_the_system_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests to a server elsewhere go to it, requests to this computer do not."""

    async def use() -> tuple[list[bytes], SupportDeskError]:
        async with _answering(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n") as proxy:
            monkeypatch.setenv("HTTPS_PROXY", proxy.address)
            error = await _error_of("https://support.example.org")
            return proxy.asked, error

    asked, error = asyncio.run(use())
    assert asked[0].startswith(b"CONNECT support.example.org:443 ")
    assert type(error) is BackendUnreachable
    assert "proxy" in str(error)


def test_only_uploads_under_way_are_remembered(world: RestWorld) -> None:
    """A session of weeks sends many files; what the server has wholly needs no note and can come again."""

    async def send() -> None:
        async with signed_in(world, world.customer) as person:
            backend = person.backend
            assert isinstance(backend, RestBackend)
            for content in (b"one", b"two", b"two", b""):
                await person.upload(content)
                assert not backend._begun
            half = file_ref(b"half")
            await backend.uploaded_bytes(half)
            assert backend._begun == {half}
            assert await backend.upload(half, 0, b"half") == 4
            assert not backend._begun
            assert await backend.upload(half, 0, b"half") == 4

    asyncio.run(send())
