"""A server that means harm: whatever it sends is a typed error, and nothing is lost.

How long the window stands still meanwhile is measured by `tests.bench hostile`.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from supportdesk.backends.contract.world import Login
from supportdesk.backends.http import Http, Patience
from supportdesk.backends.rest import RestBackend
from supportdesk.domain.commands import Command, CreateTicket
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Link, OutboxState
from supportdesk.domain.session import Session
from tests.support import facts
from tests.support.hostile_server import Harm, HostileServer, hostile_server
from tests.support.machine import Machine
from tests.support.rest_world import EVENTS

_LOGIN = Login("jana", "secret")
_SOON_S = 60.0
_REFUSED = [harm for harm in Harm if harm not in {Harm.NONE, Harm.MANY}]
_COMMAND = Command("018f0000-0000-7000-8000-000000000001", facts.MOMENT, CreateTicket("Printer", "On fire."))
_ASKED: dict[str, Callable[[RestBackend], Awaitable[object]]] = {
    "/sessions": lambda backend: backend.sign_in("jana", "secret"),
    "/welcome": lambda backend: backend.welcome(),
    "/changes": lambda backend: backend.pull("before"),
    "/commands": lambda backend: backend.push(_COMMAND),
}


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with hostile_server() as running:
        yield running


class _World:
    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self.answer_s = 60.0
        self._folder = folder

    def rest(self, address: str = "") -> RestBackend:
        patience = Patience(connect_s=20, silence_s=20, answer_s=self.answer_s)
        return RestBackend(Http(address or self.address, patience), self._folder, EVENTS)

    def await_less(self, harm: Harm) -> None:
        """Of what drips, the end is only waited for."""
        if harm is Harm.DRIP:
            self.answer_s = 1.0


@pytest.fixture
def world(server: HostileServer, tmp_path: Path) -> _World:
    return _World(server.address, tmp_path / "client")


def _computer(world: _World, folder: Path) -> "closing[Machine]":
    return closing(Machine(world, folder, _LOGIN))


@pytest.mark.parametrize("harm", _REFUSED)
def test_what_no_server_should_send_is_a_typed_error(
    server: HostileServer, world: _World, harm: Harm
) -> None:
    """Whatever was asked."""
    world.await_less(harm)

    async def ask() -> None:
        backend = world.rest()
        try:
            for place, asked in _ASKED.items():
                await backend.resume(Session("jana", "token"))
                server.turn(harm, place)
                with pytest.raises(SupportDeskError):
                    await asked(backend)
                assert server.met() > 0
        finally:
            await backend.close()

    asyncio.run(ask())


@pytest.mark.second_stage
@pytest.mark.parametrize("harm", _REFUSED)
def test_nothing_is_lost_meanwhile(server: HostileServer, world: _World, tmp_path: Path, harm: Harm) -> None:
    """What was written waits while the harm lasts, and arrives once when it is over; what was known stays."""
    before = set(server.accepted())
    server.turn(Harm.NONE)
    with _computer(world, tmp_path / "a") as here:
        here.start()
        here.until(lambda: len(here.views()) == 3, _SOON_S)
        session, account = here.session, here.account
    world.await_less(harm)
    written = []
    for place in ("/welcome", "/changes", "/commands"):
        server.turn(harm, place)
        with _computer(world, tmp_path / "a") as here:
            here.session, here.account = session, account
            here.start()
            (made,) = here.send(CreateTicket(place, "Words."))
            written.append(made.id)
            here.until(lambda: server.met() > 1, _SOON_S)
            assert here.delivery(made).state is not OutboxState.CANCELLED
            assert len(here.views()) == 3
            server.turn(Harm.NONE)
            here.sync.kick(account.id)
            here.until(lambda: here.waiting() == 0 and here.link is Link.ONLINE, _SOON_S)
            assert here.delivery(made).state is OutboxState.SENT
    accepted = {id: sent for id, sent in server.accepted().items() if id not in before}
    assert set(accepted) == set(written)
    assert {len(set(sent)) for sent in accepted.values()} == {1}


@pytest.mark.second_stage
def test_ten_thousand_changes_at_once_are_kept(server: HostileServer, world: _World, tmp_path: Path) -> None:
    """More than our own server ever puts into a page; each is there once."""
    server.turn(Harm.MANY, "/changes")
    with _computer(world, tmp_path / "a") as here:
        here.start()
        here.until(lambda: len(here.views()) == 5_000, _SOON_S)
        messages = Counter(len(view.messages) for view in here.views().values())
    assert messages == {1: 5_000}
