"""Clients that are slow, greedy or gone, and a server that ends while somebody works."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import urlsplit

import httpx
import pytest

from supportdesk.clock import uuid7
from supportdesk.desk.conversations import intake
from supportdesk.domain.commands import CreateTicket, encode_intent
from supportdesk.domain.wire import API, CHUNK_TYPE, IDEMPOTENCY_KEY, UPLOAD_OFFSET
from supportdesk.server import pieces, serving
from supportdesk.server.layers.patience import Patience
from tests.server.talking import Talker, command_body, problem, sha256
from tests.support.desk import CUSTOMER
from tests.support.server import Served

Talk = Callable[..., Talker]

PATIENCE_S = 0.3
_TICKET = encode_intent(CreateTicket(subject="Printer", description="No"))


@contextmanager
def connected(server: Served) -> Iterator[socket.socket]:
    place = urlsplit(server.address)
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        yield connection


def _answer(connection: socket.socket) -> bytes:
    """Everything until the server closes."""
    came = b""
    try:
        while piece := connection.recv(65536):
            came += piece
    except ConnectionResetError:  # it did not read what was sent
        pass
    return came


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that waits for nobody for long; to be asked for before `server`."""
    monkeypatch.setattr(serving._Protocol, "head_timeout_s", PATIENCE_S)
    monkeypatch.setattr(Patience.__init__, "__defaults__", (PATIENCE_S, 10 * PATIENCE_S))


@pytest.mark.parametrize("begun", [b"", b"GET /api/v1/wel", b"GET / HTTP/1.1\r\nHost: a\r\nX-More: "])
def test_heads_that_do_not_end_are_not_waited_for(impatient: None, server: Served, begun: bytes) -> None:
    """However slowly they trickle in."""
    began_s = time.monotonic()
    with connected(server) as connection:
        connection.sendall(begun)
        assert _answer(connection) == b""
    assert time.monotonic() - began_s < 10


def test_a_second_head_on_the_same_connection_is_not_waited_for_either(
    impatient: None, server: Served
) -> None:
    """The clock starts again with its first byte; before that the connection may rest."""
    with connected(server) as connection:
        for _request in range(2):
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            answer = b""
            while not answer.endswith(b"ok\n"):
                answer += connection.recv(65536)
            time.sleep(2 * PATIENCE_S)
        connection.sendall(b"GET /healthz HT")
        assert _answer(connection) == b""


def test_bodies_that_do_not_come_are_not_waited_for(impatient: None, server: Served) -> None:
    """408, and the connection is closed."""
    with connected(server) as connection:
        connection.sendall(
            f"POST {API}/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            'Content-Length: 100\r\n\r\n{"user": '.encode()
        )
        head, _blank, body = _answer(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408")
    assert json.loads(body)["code"] == "unreachable"


def test_a_body_that_is_cut_changes_nothing(server: Served, talk: Talk) -> None:
    """Neither a command nor a piece of a file is taken in part; no fault is logged."""
    jana = talk(CUSTOMER)
    content = b"x" * 1000
    jana.begin_upload(content)
    body = command_body(_TICKET)
    for method, path, more, sent in (
        ("POST", "/commands", f"{IDEMPOTENCY_KEY}: {uuid7()}\r\nContent-Type: application/json", body),
        (
            "PATCH",
            f"/uploads/{sha256(content)}",
            f"{UPLOAD_OFFSET}: 0\r\nContent-Type: application/offset+octet-stream",
            content,
        ),
    ):
        with connected(server) as connection:
            connection.sendall(
                f"{method} {API}{path} HTTP/1.1\r\nHost: a\r\n{more}\r\n"
                f"Authorization: Bearer {jana.token}\r\nContent-Length: {len(sent)}\r\n\r\n".encode()
                + sent[:-1]
            )
            connection.shutdown(socket.SHUT_WR)
            assert b"HTTP/1.1 2" not in _answer(connection)
    assert jana.client.head(f"/uploads/{sha256(content)}").headers[UPLOAD_OFFSET] == "0"
    assert not [each for each in jana.sees() if type(each).__name__ == "Ticket"]
    metrics = httpx.get(f"{server.address}/metrics").text
    assert 'status="500"' not in metrics


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 2_000_000 + b"\r\n\r\n",
    ],
)
def test_what_is_not_http_is_refused(server: Served, head: bytes) -> None:
    """Doubtful heads too: nobody smuggles a request."""
    with connected(server) as connection:
        with suppress(ConnectionError):  # nobody need read it to its end
            connection.sendall(head)
        assert not _answer(connection).removeprefix(b"HTTP/1.1 4").startswith(b"HTTP")


def test_what_runs_is_finished_when_the_server_ends(
    server: Served, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that had begun gets its receipt; nobody new gets in; idle connections are closed."""
    jana = talk(CUSTOMER)
    begun, go = threading.Event(), threading.Event()
    take = intake.take

    def slow(*arguments: object) -> object:
        begun.set()
        go.wait(20)
        return take(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "take", slow)
    answers: list[httpx.Response] = []
    sending = threading.Thread(target=lambda: answers.append(jana.send(_TICKET)))
    sending.start()
    assert begun.wait(20)
    ending = threading.Thread(target=server.stop)
    with connected(server) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert idle.recv(65536)
        ending.start()
        assert not _answer(idle).removesuffix(b"ok\n")
    _until(lambda: not _listens(server))
    assert ending.is_alive()
    go.set()
    sending.join(20)
    ending.join(20)
    assert [answer.status_code for answer in answers] == [200]


def _listens(server: Served) -> bool:
    try:
        with connected(server):
            return True
    except ConnectionRefusedError:
        return False


def test_who_was_signed_out_while_they_sent_is_not_heard(server: Served, talk: Talk) -> None:
    """A command whose body dawdles counts as of the moment at which it is whole."""
    jana, elsewhere = talk(CUSTOMER), talk(CUSTOMER)
    body = command_body(_TICKET)
    head = (
        f"POST {API}/commands HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {jana.token}\r\n"
        f"{IDEMPOTENCY_KEY}: {uuid7()}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
        "Content-Type: application/json\r\n\r\n"
    )
    with connected(server) as connection:
        connection.sendall(head.encode() + body[:10])
        end = time.monotonic() + 20
        while server.site.operation.metrics._in_flight == 0:
            assert time.monotonic() < end, "the request does not begin"
            time.sleep(0.01)
        assert elsewhere.client.delete("/sessions").status_code == 200
        connection.sendall(body[10:])
        assert _answer(connection).startswith(b"HTTP/1.1 401 ")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server for three connections; to be asked for before `server`."""
    monkeypatch.setattr(serving, "_MAX_CONNECTIONS", 3)


def test_connections_beyond_the_limit_are_sent_away(small: None, server: Served) -> None:
    """Told so, while the others are served; there is room again as soon as they go."""
    ask = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with connected(server) as first, connected(server), connected(server) as third:
        third.sendall(ask)
        assert _answer(third).startswith(b"HTTP/1.1 503")
        first.sendall(ask)
        assert _answer(first).startswith(b"HTTP/1.1 200")


def test_few_pieces_of_one_session_are_taken_at_once(server: Served, talk: Talk) -> None:
    """However slowly they come: one more is told when to come again, another session is not concerned."""
    jana, again = talk(CUSTOMER), talk(CUSTOMER)
    content = b"0123456789"
    digest = sha256(content)
    for talker in (jana, again):
        talker.begin_upload(content)
    head = (
        f"PATCH {API}/uploads/{digest} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {jana.token}\r\n"
        f"{UPLOAD_OFFSET}: 0\r\nContent-Type: {CHUNK_TYPE}\r\nContent-Length: 5\r\n\r\n01"
    )
    with ExitStack() as stack:
        for _piece in range(pieces.AT_ONCE):
            stack.enter_context(connected(server)).sendall(head.encode())
        _until(lambda: server.portal.pieces._under_way.total() == pieces.AT_ONCE)
        refused = jana.append(digest, 0, content[:2])
        assert refused.status_code == 429
        assert problem(refused)["code"] == "unreachable"
        assert int(refused.headers["retry-after"]) >= 1
        assert again.append(digest, 0, content[:2]).status_code == 204
    _until(lambda: not server.portal.pieces._under_way)
    assert jana.append(digest, 0, content[:2]).status_code == 204


def _until(true: Callable[[], bool]) -> None:
    end_s = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end_s
        time.sleep(0.02)


def test_what_is_written_leaves_at_once() -> None:
    """A connection does not keep the body of an answer back until its head was acknowledged."""
    with serving.listening("127.0.0.1", 0) as server, socket.create_connection(server.getsockname()):
        accepted, _address = server.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
