"""Streams that only say that something has changed: to whom it concerns, and to nobody else."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import httpx
import pytest

from supportdesk.clock import now, uuid7
from supportdesk.desk.office import administration, publishing
from supportdesk.domain.commands import MarkRead
from supportdesk.domain.entities import Publication, PublicationKind
from supportdesk.server.routes.events import MAX_STREAMS
from supportdesk.server.serving import GRACE_S
from tests.server.talking import Talker, problem
from tests.support.desk import COLLEAGUE, CUSTOMER, PARTNER, STAFF, STRANGER, person_of, set_password
from tests.support.server import Served

Talk = Callable[..., Talker]

SOON_S = 20.0


class Ear:
    """Reads a stream on a thread of its own."""

    def __init__(self, talker: Talker) -> None:
        self._talker = talker
        self.open = threading.Event()
        self.ended = threading.Event()
        self._changed = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._listen, name="ear")
        self._thread.start()
        assert self.open.wait(SOON_S)

    def _listen(self) -> None:
        try:
            with self._talker.client.stream("GET", "/events") as answer:
                assert answer.headers["content-type"].startswith("text/event-stream")
                assert "content-encoding" not in answer.headers
                for line in answer.iter_lines():
                    if line.startswith("event: changed"):
                        self._changed.release()
                    self.open.set()
        finally:
            self.ended.set()
            self.open.set()

    def hears(self, timeout_s: float = SOON_S) -> bool:
        return self._changed.acquire(timeout=timeout_s)

    def join(self) -> None:
        self._thread.join(SOON_S)
        assert not self._thread.is_alive()


@contextmanager
def listening(*talkers: Talker) -> Iterator[tuple[Ear, ...]]:
    """Each with a stream, closed at the end by signing out."""
    ears = tuple(Ear(each) for each in talkers)
    try:
        yield ears
    finally:
        for talker, ear in zip(talkers, ears, strict=True):
            with httpx.Client(base_url=talker.client.base_url, headers=talker.client.headers) as other:
                other.delete("/sessions/current")
            ear.join()


def test_who_is_concerned_hears_of_it(server: Served, talk: Talk) -> None:
    """Colleague, partner and staff do, a stranger does not; then everybody of a notice for all."""
    jana = talk(CUSTOMER)
    others = [talk(user) for user in (COLLEAGUE, PARTNER, STAFF, STRANGER)]
    with listening(*others) as (tom, pat, mia, kim):
        jana.report()
        assert tom.hears()
        assert pat.hears()
        assert mia.hears()
        assert not kim.hears(timeout_s=1.0)
        notice = Publication(
            id=uuid7(),
            publication=PublicationKind.NOTICE,
            title="Hours",
            body="Closed",
            published_at=now(),
        )
        server.do(partial(publishing.publish, publication=notice))
        for ear in (tom, pat, mia, kim):
            assert ear.hears()


def test_a_persons_own_marks_are_news_to_them_alone(talk: Talk) -> None:
    """Two machines of one person learn what was read on the other; the colleague learns nothing."""
    jana = talk(CUSTOMER)
    ticket = jana.report()
    second, tom = talk(CUSTOMER), talk(COLLEAGUE)
    with listening(second, tom) as (other_machine, colleague):
        jana.do(MarkRead(what="ticket", id=ticket))
        assert other_machine.hears()
        assert not colleague.hears(timeout_s=1.0)


def test_a_new_customer_of_a_partner_is_heard_from_then_on(server: Served, talk: Talk) -> None:
    """Whose things somebody sees is looked up anew with each piece of news."""
    kim, pat = talk(STRANGER), talk(PARTNER)
    elsewhere = kim.client.get("/welcome").json()["organisation"]["id"]
    partner = pat.client.get("/welcome").json()["organisation"]["id"]
    with listening(pat) as (ear,):
        server.do(partial(administration.link_partner, organisation_id=elsewhere, partner_id=partner))
        assert ear.hears()
        while ear.hears(timeout_s=1.0):
            pass
        kim.report()
        assert ear.hears()


@pytest.mark.parametrize("how", ["deactivated", "signed out", "password set"])
def test_a_stream_ends_with_its_session(server: Served, talk: Talk, how: str) -> None:
    """Whatever ends it; what is asked next is told so."""
    jana, elsewhere = talk(CUSTOMER), talk(CUSTOMER)
    ear, other = Ear(jana), Ear(elsewhere)
    person_id = server.do(lambda connection, now: person_of(connection, CUSTOMER))
    if how == "deactivated":
        server.do(partial(administration.set_active, person_id=person_id, active=False))
    elif how == "password set":
        server.do(partial(set_password, person_id=person_id, password="something-else-1"))
    else:
        with httpx.Client(base_url=jana.client.base_url, headers=jana.client.headers) as same:
            assert same.delete("/sessions/current").status_code == 204
    assert ear.ended.wait(SOON_S)
    ear.join()
    if how == "signed out":
        assert not other.ended.wait(0.5)
        elsewhere.client.delete("/sessions/current")
    other.join()
    assert problem(jana.client.get("/welcome"))["code"] == "session_expired"


def test_a_session_has_so_many_streams_and_no_more(talk: Talk) -> None:
    """Who opens more is told to wait."""
    jana = talk(CUSTOMER)
    ears = [Ear(jana) for _stream in range(MAX_STREAMS)]
    refused = jana.client.get("/events")
    assert (refused.status_code, problem(refused)["code"]) == (429, "unreachable")
    assert "retry-after" in refused.headers
    jana.client.delete("/sessions/current")
    for ear in ears:
        ear.join()


def test_a_silent_stream_shows_that_it_stands(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comments come in between; they are no news."""
    monkeypatch.setattr(sys.modules["supportdesk.server.routes.events"], "HEARTBEAT_S", 0.05)
    jana = talk(CUSTOMER)
    with jana.client.stream("GET", "/events") as answer:
        lines = answer.iter_lines()
        heard = [next(lines) for _line in range(6)]
    assert set(heard) == {":", ""}


def test_nobody_who_has_gone_is_kept_in_mind(server: Served, talk: Talk) -> None:
    """A client that closes its connection is forgotten, and nobody looks for nobody."""
    jana = talk(CUSTOMER)
    with jana.client.stream("GET", "/events") as answer:
        lines = answer.iter_lines()
        next(lines)
        assert server.portal.watcher.listeners == 1
    deadline = time.monotonic() + SOON_S
    while server.portal.watcher.listeners and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.portal.watcher.listeners == 0


def test_streams_end_when_the_server_does(server: Served, talk: Talk) -> None:
    """At once, not after the time that running requests are given."""
    ear = Ear(talk(CUSTOMER))
    began_s = time.monotonic()
    server.stop()
    ear.join()
    assert time.monotonic() - began_s < GRACE_S


def test_a_fault_of_the_watcher_ends_the_streams(server: Served, talk: Talk) -> None:
    """They do not stand there deaf; who comes back is told of news again."""
    jana, tom = talk(CUSTOMER), talk(COLLEAGUE)
    watcher = server.portal.watcher
    look = watcher._look

    async def broken() -> None:
        watcher._look = look  # type: ignore[method-assign]
        raise LookupError

    watcher._look = broken  # type: ignore[method-assign]
    ear = Ear(tom)
    assert ear.ended.wait(SOON_S)
    ear.join()
    with listening(tom) as (again,):
        jana.report()
        assert again.hears()
