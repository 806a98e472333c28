"""Computers and servers whose clocks are wrong by hours and days, and jump."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from supportdesk import clock
from supportdesk.backends.contract.tools import signed_in
from supportdesk.domain.commands import CreateTicket, MarkRead, Reply
from supportdesk.domain.entities import Ticket
from supportdesk.domain.errors import AuthenticationFailed, TooManyAttempts
from supportdesk.domain.projections import Link
from tests.support.machine import machine
from tests.support.rest_world import RestWorld, rest_world

JUMPS = (timedelta(days=-30), timedelta(hours=-7), timedelta(hours=5), timedelta(days=30))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RestWorld]:
    with rest_world(tmp_path / "server") as world:
        yield world


def _true() -> datetime:
    return datetime.now(UTC)


def _put_this_computers_clock(patch: pytest.MonkeyPatch, ahead: timedelta) -> None:
    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + ahead

    patch.setattr(clock, "datetime", Wrong)


def _put_the_servers_clock(world: RestWorld, ahead: timedelta) -> None:
    world.desk.clock = lambda: _true() + ahead


@pytest.mark.parametrize("ahead", JUMPS)
def test_what_was_read_stays_read(
    world: RestWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: timedelta
) -> None:
    """However wrong the clock of the computer is on which it was read; and an answer is new again."""
    _put_the_servers_clock(world, timedelta(0))
    _put_this_computers_clock(monkeypatch, ahead)
    with machine(world, tmp_path / "a") as here:
        here.start()
        (made,) = here.send(CreateTicket("Printer", "It smokes."))
        here.until(lambda: made.id in here.views())
        for answer in ("Which one?", "Try again."):
            asyncio.run(world.answer(made.id, answer))
            here.until(lambda: here.views()[made.id].row.unread)
            here.send(MarkRead("ticket", made.id))
            here.until(lambda: here.waiting() == 0)
            assert here.rest() is Link.ONLINE
            assert not here.views()[made.id].row.unread


def test_clocks_that_jump_lose_and_double_nothing(
    world: RestWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both clocks are put forward and back before each of them writes."""
    written = []
    with machine(world, tmp_path / "a") as here:
        here.start()
        for number, (mine, theirs) in enumerate(zip(JUMPS * 2, (*JUMPS[::-1], *JUMPS), strict=True)):
            _put_this_computers_clock(monkeypatch, mine)
            _put_the_servers_clock(world, theirs)
            (made,) = here.send(CreateTicket(f"Ticket {number}", f"Words {number}."))
            here.send(Reply(made.id, f"More words {number}."))
            written += [f"Words {number}.", f"More words {number}."]
            here.until(lambda: here.waiting() == 0)
        here.until(lambda: len(here.views()) == len(JUMPS) * 2)
        here.until(lambda: sum(len(view.messages) for view in here.views().values()) == len(written))

    async def bodies() -> list[str]:
        async with signed_in(world, world.customer) as customer:
            mirror = await customer.sees()
            return [each.body for ticket in mirror.all(Ticket) for each in mirror.messages(ticket.id)]

    assert sorted(asyncio.run(bodies())) == sorted(written)


def test_a_server_whose_clock_is_set_right_locks_nobody_out(world: RestWorld) -> None:
    """Guesses that were counted days ahead weigh nothing any more: they cannot have been."""

    async def guess() -> None:
        backend = world.open()
        try:
            while True:
                with pytest.raises(AuthenticationFailed) as told:
                    await backend.sign_in(world.customer.user, "wrong")
                if isinstance(told.value, TooManyAttempts):
                    return
        finally:
            await backend.close()

    async def enters() -> None:
        async with signed_in(world, world.customer):
            pass

    _put_the_servers_clock(world, timedelta(days=3))
    asyncio.run(guess())
    _put_the_servers_clock(world, timedelta(0))
    asyncio.run(enters())
