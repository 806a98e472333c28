"""The engine of a computer and a server, with a real network between them that fails."""

import asyncio
import hashlib
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from supportdesk.backends.contract.tools import signed_in
from supportdesk.desk.office import administration
from supportdesk.domain.commands import Command, CreateTicket, MarkRead, Reply
from supportdesk.domain.entities import Message, Ticket
from supportdesk.domain.errors import BackendError
from supportdesk.domain.projections import Link, OutboxState
from supportdesk.domain.session import Session
from tests.support.databases import Databases
from tests.support.desk import person_of
from tests.support.fault_proxy import QUICK_FAULTS, Asked, Fault, ProxyThread, by_chance, fault_proxy, in_turn
from tests.support.machine import QUICK, Machine, machine
from tests.support.rest_world import RestWorld, rest_world

_CHUNK_BYTES = 1024 * 1024
_QUEUED = 500


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RestWorld]:
    with rest_world(tmp_path / "server") as world:
        yield world


@pytest.fixture
def any_world(tmp_path: Path, databases: Databases) -> Iterator[RestWorld]:
    """On each kind of database."""
    with rest_world(tmp_path / "server", databases.furnished()) as world:
        yield world


@pytest.fixture
def proxy(world: RestWorld) -> Iterator[ProxyThread]:
    with fault_proxy(world.address) as proxy:
        yield proxy


def _tickets(world: RestWorld, count: int) -> list[str]:
    async def report() -> list[str]:
        async with signed_in(world, world.colleague) as colleague:
            return [(await colleague.do(world.new_ticket(f"Ticket {n}"))).entity_id for n in range(count)]

    return asyncio.run(report())


def _of(proxy: ProxyThread, method: str, path: str) -> list[Asked]:
    return [asked for asked in proxy.proxy.asked if asked.method == method and path in asked.path]


def test_a_first_sync_goes_on_where_it_was_cut(world: RestWorld, proxy: ProxyThread, tmp_path: Path) -> None:
    """Page by page, and a page that has come is not asked for again, whatever happens to the others."""
    reported = _tickets(world, 30)
    dice = random.Random(7)
    proxy.proxy.plan = by_chance(dice, 0.3, (Fault.RESET_UNSENT, Fault.RESET_ANSWERED, Fault.ERROR_502))
    with machine(world, tmp_path / "a", address=proxy.address) as here:
        proxy.proxy.plan, faulty = in_turn(()), proxy.proxy.plan
        here.sign_in()
        proxy.proxy.plan = faulty
        here.start()
        here.until(lambda: set(here.views()) == set(reported))
    pages = Counter(asked.path for asked in _of(proxy, "GET", "/changes"))
    faults = sum(number for fault, number in proxy.proxy.met.items() if fault is not Fault.NONE)
    assert faults > 0
    assert len(pages) >= 8
    assert sum(pages.values()) - len(pages) <= faults + 3  # the newest cursor is asked with more than once


def test_an_idle_account_costs_next_to_nothing(world: RestWorld, proxy: ProxyThread, tmp_path: Path) -> None:
    """Behind the first look nothing is asked while the server would tell of changes."""
    _tickets(world, 3)
    pace = replace(QUICK, poll_s=0.05)
    with machine(world, tmp_path / "a", address=proxy.address, pace=pace) as here:
        here.start()
        here.until(lambda: len(_of(proxy, "GET", "/events")) == 1 and len(here.views()) == 3)
        here.until(lambda: _settled(proxy))
        before = len(proxy.proxy.asked)
        assert not _asked_within(proxy, 1.0)
        assert len(proxy.proxy.asked) == before


def _settled(proxy: ProxyThread) -> bool:
    return not _asked_within(proxy, 0.3)


def _asked_within(proxy: ProxyThread, seconds: float) -> bool:
    before = len(proxy.proxy.asked)
    threading.Event().wait(seconds)
    return len(proxy.proxy.asked) > before


def test_where_there_are_no_events_a_poll_is_small(
    world: RestWorld, proxy: ProxyThread, tmp_path: Path
) -> None:
    """Without a stream the engine polls; what has not changed is not sent again, and news arrive."""
    proxy.proxy.plan = lambda asked: Fault.ERROR_502 if "/events" in asked.path else Fault.NONE
    reported = _tickets(world, 3)
    with machine(world, tmp_path / "a", address=proxy.address, pace=replace(QUICK, poll_s=0.05)) as here:
        here.start()
        here.until(lambda: len(here.views()) == 3)
        here.until(
            lambda: len([a for a in _of(proxy, "GET", "/changes") if "if-none-match" in a.headers]) > 3
        )
        asyncio.run(world.answer(reported[0], "Which one?"))
        here.until(lambda: len(here.views()[reported[0]].messages) == 2)
        assert here.link is Link.ONLINE


def test_news_arrive_without_asking(world: RestWorld, tmp_path: Path) -> None:
    """An answer of staff is there long before the next poll."""
    (ticket,) = _tickets(world, 1)
    with machine(world, tmp_path / "a") as here:
        here.start()
        assert here.rest() is Link.ONLINE
        for number in range(3):
            asyncio.run(world.answer(ticket, f"Answer {number}"))
            here.until(lambda: len(here.views()[ticket].messages) == 2 + number, timeout_s=10)  # noqa: B023


def test_a_cut_network_is_noticed_and_its_return_too(
    world: RestWorld, proxy: ProxyThread, tmp_path: Path
) -> None:
    """Offline says so at once, what is written waits, and all of it goes when the network is back."""
    with machine(world, tmp_path / "a", address=proxy.address) as here:
        here.start()
        assert here.rest() is Link.ONLINE
        here.until(lambda: bool(_of(proxy, "GET", "/events")))
        proxy.cut()
        here.until(lambda: here.link is Link.OFFLINE)
        made = here.send(CreateTicket("Printer", "It does not print."))
        here.until(lambda: here.delivery(made[0]).attempts >= 0 and here.link is Link.OFFLINE)
        assert here.delivery(made[0]).state is OutboxState.QUEUED
        proxy.restore()
        here.until(lambda: here.link is Link.ONLINE and made[0].id in here.views())
        assert here.waiting() == 0


def test_a_session_that_ends_while_a_file_is_sent_keeps_everything(
    world: RestWorld, proxy: ProxyThread, tmp_path: Path
) -> None:
    """What was on its way waits for the person; after signing in again it goes on and arrives once, whole."""
    content = random.Random(1).randbytes(5 * _CHUNK_BYTES + 17)
    person = world.now_do(partial(person_of, user=world.customer.user))

    def deactivated_at_the_third_chunk(asked: Asked) -> Fault:
        if asked.method == "PATCH" and len(_of(proxy, "PATCH", "/uploads")) == 3:
            world._submit(partial(administration.set_active, person_id=person, active=False)).result(20)
        return Fault.NONE

    with machine(world, tmp_path / "a", address=proxy.address) as here:
        here.start()
        assert here.rest() is Link.ONLINE
        proxy.proxy.plan = deactivated_at_the_third_chunk
        with_file, without = here.send(
            CreateTicket("With file", "See there.", files=(here.file(content),)),
            CreateTicket("Without", "Nothing to see."),
        )
        here.until(lambda: here.link is Link.SIGN_IN_NEEDED)
        kept = {here.delivery(each).state for each in (with_file, without)}
        assert OutboxState.BLOCKED_AUTH in kept
        assert kept <= {OutboxState.BLOCKED_AUTH, OutboxState.SENT}
        proxy.proxy.plan = in_turn(())
        world._submit(partial(administration.set_active, person_id=person, active=True)).result(20)
        here.sign_in()
        here.start()
        here.until(lambda: {with_file.id, without.id} <= set(here.views()))
        offsets = [asked.headers["upload-offset"] for asked in _of(proxy, "PATCH", "/uploads")]
        assert len(offsets) <= len(set(offsets)) + 1
        (attachment,) = here.views()[with_file.id].attachments
        assert attachment.sha256 == hashlib.sha256(content).hexdigest()
        fetched = here.sync.download(here.account.id, attachment).result(30)
        assert fetched.read_bytes() == content


def test_an_upload_survives_cuts_and_restarts(world: RestWorld, proxy: ProxyThread, tmp_path: Path) -> None:
    """Every second chunk is cut and the engine is begun anew in between: same bytes at the end, and for each
    cut at most one chunk came twice (`tests.chaos uploads` does it with 200 MB and killed processes)."""
    content = random.Random(2).randbytes(12 * _CHUNK_BYTES + 5)
    dice = random.Random(3)
    cuts = (Fault.RESET_HALFWAY, Fault.RESET_ANSWERED, Fault.RESET_UNSENT, Fault.CUT_ANSWER)

    def plan(asked: Asked) -> Fault:
        return dice.choice(cuts) if asked.method == "PATCH" and dice.random() < 0.5 else Fault.NONE

    proxy.proxy.plan = plan
    session: Session | None = None
    sent: Command | None = None
    for _life in range(4):
        with machine(world, tmp_path / "a", address=proxy.address) as here:
            here.session = session
            here.start()
            session = here.session
            if sent is None:
                (sent,) = here.send(CreateTicket("Large", "See there.", files=(here.file(content),)))
            here.until(partial(_went_on, proxy, here, len(_chunks(proxy)) + 3))
    assert sent is not None
    with machine(world, tmp_path / "a", address=proxy.address) as here:
        here.session = session
        here.start()
        here.until(lambda: sent.id in here.views())
        (attachment,) = here.views()[sent.id].attachments
    assert attachment.sha256 == hashlib.sha256(content).hexdigest()
    met = sum(proxy.proxy.met[fault] for fault in cuts)
    assert met >= 4
    assert _came_twice(proxy) <= met + 4


def _went_on(proxy: ProxyThread, here: Machine, chunks: int) -> bool:
    return len(_chunks(proxy)) > chunks or here.waiting() == 0


def _chunks(proxy: ProxyThread) -> list[str]:
    return [asked.headers["upload-offset"] for asked in _of(proxy, "PATCH", "/uploads")]


def _came_twice(proxy: ProxyThread) -> int:
    offsets = _chunks(proxy)
    return len(offsets) - len(set(offsets))


@pytest.mark.timeout(240)
def test_two_computers_of_one_person_see_the_same(any_world: RestWorld, tmp_path: Path) -> None:
    """Both write, answer and read, each with a bad network that is cut now and then; at the end both hold
    what the server holds, and each thing that was written is there once."""
    world = any_world
    dice = random.Random(5)
    plan = by_chance(dice, 0.1, QUICK_FAULTS)
    with (
        fault_proxy(world.address, plan) as one_way,
        fault_proxy(world.address, plan) as other_way,
        machine(world, tmp_path / "a", address=one_way.address) as one,
        machine(world, tmp_path / "b", address=other_way.address) as other,
    ):
        written: dict[str, str] = {}
        for here in (one, other):
            _sign_in_stubbornly(here)
            here.start()
        for step in range(12):
            here, way = ((one, one_way), (other, other_way))[step % 2]
            if step in {2, 5}:
                way.cut()
            written |= _work(here, step)
            if step in {6, 9}:
                way.restore()
        for here in (one, other):
            here.until(partial(_caught_up, here), timeout_s=100)
        truth = _truth(world)
        for here in (one, other):
            here.until(lambda: _shown(here) == truth, timeout_s=100)  # noqa: B023
    bodies = [message.body for _ticket, messages in truth.values() for message in messages]
    assert sorted(bodies) == sorted(written.values())


def _sign_in_stubbornly(here: Machine) -> None:
    for _try in range(20):
        with suppress(BackendError):
            here.sign_in()
            return
    raise AssertionError("nobody can sign in")


def _work(here: Machine, step: int) -> dict[str, str]:
    """A new ticket, an answer to one that is known, and a look at it. Returns the bodies by command."""
    new = CreateTicket(f"Ticket {step}", f"Words of step {step}.")
    made = here.send(new)
    known = sorted(here.views())
    if known:
        ticket = known[step % len(known)]
        made += here.send(Reply(ticket, f"Answer in step {step}."), MarkRead("ticket", ticket))
    texts = {each.id: _body(each) for each in made}
    return {id: text for id, text in texts.items() if text}


def _body(command: Command) -> str:
    intent = command.intent
    return intent.description if isinstance(intent, CreateTicket) else getattr(intent, "body", "")


def _caught_up(here: Machine) -> bool:
    return here.waiting() == 0 and here.link is Link.ONLINE


Shown = dict[str, tuple[Ticket, tuple[Message, ...]]]


def _shown(here: Machine) -> Shown:
    return {id: (view.ticket, view.messages) for id, view in here.views().items() if view.ticket}


def _truth(world: RestWorld) -> Shown:
    async def look() -> Shown:
        async with signed_in(world, world.customer) as customer:
            mirror = await customer.sees()
            return {each.id: (each, tuple(mirror.messages(each.id))) for each in mirror.all(Ticket)}

    return asyncio.run(look())


@pytest.mark.second_stage
@pytest.mark.timeout(400)
def test_a_long_queue_written_offline_survives_starts_and_drains_but_once(
    world: RestWorld, proxy: ProxyThread, tmp_path: Path
) -> None:
    """Five hundred reports of a day without network: begun offline, all of them are there at the next start,
    arrive when the network does, none twice, and they are spread instead of sent in one burst."""
    with machine(world, tmp_path / "a", address=proxy.address) as here:
        here.sign_in()
        session = here.session
    proxy.cut()
    with machine(world, tmp_path / "a", address=proxy.address) as here:
        here.session = session
        here.start()
        here.until(lambda: here.link is Link.OFFLINE)
        written = here.send(*(CreateTicket(f"Report {number}", "Words.") for number in range(_QUEUED)))
    with machine(world, tmp_path / "a", address=proxy.address) as here:
        here.session = session
        here.start()
        here.until(lambda: here.link is Link.OFFLINE)
        assert {here.delivery(each).state for each in written} == {OutboxState.QUEUED}
        proxy.restore()
        here.until(lambda: here.waiting() == 0, timeout_s=200)
        here.until(lambda: len(here.views()) == _QUEUED, timeout_s=100)
    pushed = _of(proxy, "POST", "/commands")
    assert len(pushed) == _QUEUED
    assert set(_truth(world)) == {each.id for each in written}
