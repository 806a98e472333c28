"""Who is deactivated is out within a second: at every route at the next call, and of what is under way.

That no route lets them in is the matter of `test_matrix`. The times that are printed are measured; what is
asserted are bounds that hold however busy the machine is.
"""

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest

from supportdesk.clock import uuid7
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Attachment
from supportdesk.domain.wire import CHUNK_TYPE, UPLOAD_OFFSET
from supportdesk.server import watcher
from supportdesk.server.routes import attachments
from tests.server.talking import Talker, problem, sha256
from tests.server.test_events import Ear
from tests.support.desk import COLLEAGUE, CUSTOMER, person_of
from tests.support.server import Served

Talk = Callable[..., Talker]

_SECOND = 1.0
_SOON_S = 60.0
_LARGE_BYTES = 24 * 1024 * 1024
_CHUNK_BYTES = 8 * 1024 * 1024


class Clock:
    """Tells how long after the deactivation something ended."""

    def __init__(self) -> None:
        self.began_s = 0.0

    def tell(self, what: str) -> None:
        print(f"{what}: {(time.monotonic() - self.began_s) * 1000:.0f} ms after the deactivation")


Deactivate = Callable[[], Clock]


@pytest.fixture
def deactivate(server: Served, talk: Talk) -> Deactivate:
    """Jana, by her colleague; over when it was answered."""
    admin = talk(COLLEAGUE)
    id = server.do(lambda connection, now: person_of(connection, CUSTOMER))

    def do() -> Clock:
        clock = Clock()
        answer = admin.client.put(f"/colleagues/{id}/active", json={"active": False})
        clock.began_s = time.monotonic()
        assert answer.status_code == 200
        return clock

    return do


def _until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + _SOON_S
    while not holds():
        assert time.monotonic() < end, "what the test waits for did not happen"
        time.sleep(0.01)


def test_the_next_call_is_refused(talk: Talk, deactivate: Deactivate) -> None:
    """Routes, commands, and uploads that are begun or go on; a new sign-in, too."""
    jana = talk(CUSTOMER)
    content = b"x" * 2_000
    jana.begin_upload(content)
    jana.append(sha256(content), 0, content[:1_000])
    clock = deactivate()
    calls: dict[str, Callable[[], httpx.Response]] = {
        "route": lambda: jana.client.get("/changes"),
        "account": lambda: jana.client.get("/account"),
        "command": lambda: jana.send(b"{}"),
        "upload begun": lambda: jana.begin_upload(b"other"),
        "next piece of an upload": lambda: jana.append(sha256(content), 1_000, content[1_000:]),
        "stream": lambda: jana.client.get("/events"),
        "download": lambda: jana.client.get(f"/attachments/{uuid7()}/content"),
    }
    for name, call in calls.items():
        clock.began_s = time.monotonic()
        refused = call()
        clock.tell(name)
        assert (refused.status_code, problem(refused)["code"]) == (401, "session_expired"), name
    assert jana.sign_in(CUSTOMER).status_code == 401


def test_an_open_stream_ends_with_the_next_look(
    server: Served, talk: Talk, deactivate: Deactivate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look at the desk that begins behind the answer ends it; looks come more often than once a
    second."""
    assert watcher.INTERVAL_S < _SECOND / 2
    ear = Ear(talk(CUSTOMER))
    clock, looks = Clock(), list[list[bool]]()
    look = server.portal.watcher._look

    async def watched() -> None:
        counts = clock.began_s > 0
        await look()
        if counts:
            looks.append([each.ended for each in server.portal.watcher._listeners])

    monkeypatch.setattr(server.portal.watcher, "_look", watched)
    clock.began_s = deactivate().began_s
    assert ear.ended.wait(_SOON_S)
    clock.tell("open stream")
    ear.join()
    assert all(map(all, looks))


def test_a_piece_that_is_under_way_is_not_kept(server: Served, talk: Talk, deactivate: Deactivate) -> None:
    """Its first half came before; back again, they begin where they were."""
    jana = talk(CUSTOMER)
    content = os.urandom(30_000)  # the piece is not the last, which would be refused for its record
    jana.begin_upload(content)

    def pieces() -> Iterator[bytes]:
        yield content[:10_000]
        _until(lambda: server.portal.pieces._under_way)  # the server has let it in
        clocks.append(deactivate())
        yield content[10_000:20_000]

    clocks: list[Clock] = []
    told = {UPLOAD_OFFSET: "0", "Content-Type": CHUNK_TYPE}
    refused = jana.client.patch(f"/uploads/{sha256(content)}", content=pieces(), headers=told)
    clocks[0].tell("piece under way")
    assert (refused.status_code, problem(refused)["code"]) == (401, "session_expired")
    jana_id = server.do(lambda connection, now: person_of(connection, CUSTOMER))
    talk(COLLEAGUE).client.put(f"/colleagues/{jana_id}/active", json={"active": True})
    jana.sign_in(CUSTOMER)
    assert jana.begin_upload(content).headers[UPLOAD_OFFSET] == "0"


@pytest.mark.second_stage
def test_a_download_that_is_under_way_is_cut(
    server: Served, talk: Talk, deactivate: Deactivate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However slowly they read it: each block that is due when half a second is over begins with a look."""
    assert attachments.LOOK_AGAIN_S < _SECOND
    monkeypatch.setattr(attachments, "LOOK_AGAIN_S", 0.0)
    with _slow_reader(talk(CUSTOMER)) as jana:
        place = _place_of_large_file(jana)
        with jana.client.stream("GET", place) as answer:
            came = answer.iter_raw(64 * 1024)
            next(came)
            clock = deactivate()
            with pytest.raises(httpx.RemoteProtocolError):
                for _piece in came:
                    pass
            clock.tell("download under way")
            assert answer.status_code == 200
            assert answer.num_bytes_downloaded < _LARGE_BYTES


@contextmanager
def _slow_reader(talker: Talker) -> Iterator[Talker]:
    """Whose computer takes little at once."""
    little = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)]
    with httpx.Client(
        base_url=talker.client.base_url,
        headers={"Authorization": talker.client.headers["Authorization"]},
        transport=httpx.HTTPTransport(socket_options=little),
        timeout=_SOON_S,
    ) as client:
        yield Talker(client)


def _place_of_large_file(talker: Talker) -> str:
    content = os.urandom(_LARGE_BYTES)
    talker.begin_upload(content, "large.bin")
    for offset in range(0, _LARGE_BYTES, _CHUNK_BYTES):
        piece = content[offset : offset + _CHUNK_BYTES]
        assert talker.append(sha256(content), offset, piece).status_code == 204
    talker.report(files=(FileRef("large.bin", sha256(content), _LARGE_BYTES),))
    (id,) = (each.id for each in talker.sees() if isinstance(each, Attachment))
    return f"/attachments/{id}/content"
