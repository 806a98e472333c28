"""How many requests a session may make, counted for all processes and past every restart."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from supportdesk.clock import now
from supportdesk.desk.store.database import DeskConnection
from supportdesk.server import pace
from supportdesk.server.desk_jobs import DeskJobs
from supportdesk.server.pace import FREE, SHEET, Pace, TooManyRequests
from tests.server.talking import Talker, problem
from tests.support.desk import furnished
from tests.support.server import served

T = TypeVar("T")

_AT_ONCE = FREE + SHEET * pace._SHEETS_AT_ONCE


class _Desk(DeskJobs):
    """Counts what is written."""

    def __init__(self, connection: DeskConnection) -> None:
        super().__init__(lambda: (_ for _ in ()).throw(AssertionError))
        self._connection = connection
        self.writes = 0

    async def write(self, job: Callable[[DeskConnection], T]) -> T:
        self.writes += 1
        return job(self._connection)


async def _ask(paced: Pace, count: int) -> int:
    """How many were admitted."""
    for admitted in range(count):
        try:
            await paced.admit("session")
        except TooManyRequests:
            return admitted
    return count


def test_ordinary_use_costs_no_write(tmp_path: Path) -> None:
    """Nor do tokens that nobody knows, however many."""
    with furnished(tmp_path) as connection:
        desk = _Desk(connection)
        paced = Pace(desk, now, per_minute=1200)
        paced.meet("session")
        assert asyncio.run(_ask(paced, FREE)) == FREE

        async def strangers() -> None:
            for number in range(1000):
                await paced.admit(f"made up {number}")

        asyncio.run(strangers())
        assert desk.writes == 0
        assert len(paced._counts) == 1


def test_more_is_bought_in_sheets_until_there_are_none(tmp_path: Path) -> None:
    """One write for many requests; then the waiting time is told, and time gives new ones."""
    moment = now()
    with furnished(tmp_path) as connection:
        desk = _Desk(connection)
        paced = Pace(desk, lambda: moment, per_minute=1200)
        paced.meet("session")
        assert asyncio.run(_ask(paced, 10 * _AT_ONCE)) == _AT_ONCE
        assert desk.writes == pace._SHEETS_AT_ONCE + 1
        with pytest.raises(TooManyRequests) as told:
            asyncio.run(paced.admit("session"))
        assert 0 < told.value.retry_after_s <= 10


class _SlowDesk(_Desk):
    """Others have their turn while it writes."""

    async def write(self, job: Callable[[DeskConnection], T]) -> T:
        await asyncio.sleep(0)
        return await super().write(job)


def test_requests_at_once_share_a_sheet(tmp_path: Path) -> None:
    """One of them buys it, the others use it; what goes beyond it is bought again, and no more than that."""
    moment = now()
    with furnished(tmp_path) as connection:
        desk = _SlowDesk(connection)
        paced = Pace(desk, lambda: moment, per_minute=1200)
        paced.meet("session")

        async def at_once(count: int) -> int:
            await asyncio.gather(*(paced.admit("session") for _request in range(count)))
            return desk.writes

        async def twice() -> tuple[int, int]:
            return await at_once(FREE + SHEET), await at_once(SHEET + 1)

        assert asyncio.run(twice()) == (1, 3)


def test_a_restart_forgives_nothing(tmp_path: Path) -> None:
    """What was bought is written in the desk."""
    moment: datetime = now()
    with furnished(tmp_path) as connection:
        for expected in (_AT_ONCE, FREE):
            paced = Pace(_Desk(connection), lambda: moment, per_minute=1200)
            paced.meet("session")
            assert asyncio.run(_ask(paced, 2 * _AT_ONCE)) == expected


def test_who_asks_too_much_is_told_when_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """429, as something that passes; others are served as ever."""
    monkeypatch.setattr(pace, "FREE", 5)
    monkeypatch.setattr(pace, "SHEET", 1)
    monkeypatch.setattr(pace, "_SHEETS_AT_ONCE", 1)
    with served(tmp_path / "desk") as server:
        server.portal.pace = Pace(server.portal.desk, now, per_minute=1)
        greedy, modest = (Talker(httpx.Client(base_url=server.address + "/api/v1")) for _each in range(2))
        greedy.sign_in("jana@practice.example")
        modest.sign_in("jana@practice.example")
        answers = [greedy.client.get("/welcome") for _request in range(20)]
        refused = next(each for each in answers if each.status_code == 429)
        assert problem(refused)["code"] == "unreachable"
        assert int(refused.headers["retry-after"]) >= 1
        assert modest.client.get("/welcome").status_code == 200
        for talker in (greedy, modest):
            talker.client.close()
