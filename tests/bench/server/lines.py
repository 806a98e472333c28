"""A server with very many tickets and many customers: what it does in a second, how long each waits."""

import asyncio
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench.measure import Line, Series
from tests.bench.server import peer
from tests.bench.server.customers import (
    Act,
    Customer,
    create,
    crowd,
    each,
    get_news,
    list_open,
    nothing,
    pull,
)
from tests.bench.server.floor import Floor, script_of
from tests.bench.server.place import Place, cpu_s, memory_mib, on_postgres, on_sqlite
from tests.bench.server.scale import Scale
from tests.bench.server.storm import storm
from tests.support import postgres
from tests.support.server_process import ServerProcess

_CALM = 0.5
"""Of the rate that was reached: what comes where nobody pushes."""
_LEAST_OF_FLOOR = 0.5
_MOST_DRAINED_S = 60


class Kind(NamedTuple):
    """One kind of request, and what the project aims at."""

    name: str
    act: Act
    prepare: Act
    most_ms: float
    creates: bool = False


_KINDS = (
    Kind("create a ticket", create, nothing, most_ms=500, creates=True),
    Kind("pull what is new", pull, get_news, most_ms=200),
)


class Round(NamedTuple):
    per_s: float
    floor_per_s: float
    p50_ms: float
    p99_ms: float
    calm_p99_ms: float
    cpu_ms: float
    """Of the server, for one request."""


def lines(folder: Path, scale: Scale) -> list[Line]:
    """On PostgreSQL where it is installed, and of Request Tracker where somebody says how it is started."""
    _allow_connections()
    with on_sqlite(folder / "sqlite") as place:
        found = _lines_of(place, scale, (1,))
    if postgres.programs() is not None:
        with on_postgres(folder / "postgresql") as place:
            found += _lines_of(place, scale, scale.processes)
    return [*found, *peer.lines(scale)]


def _allow_connections() -> None:
    """As many as the machine lets a process have, here and in the servers that are started."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _lines_of(place: Place, scale: Scale, processes: Sequence[int]) -> list[Line]:
    _tell(f"{place.name}: {scale.tickets:,} tickets are written")
    *customers, staff = place.furnish(scale)
    found = []
    for count in processes:
        found += _Crowd(place, scale, customers, count).lines()
    return [*found, *_list_lines(place, scale, staff), *_storm_lines(place, customers[: scale.stormers])]


class _Crowd:
    """Many customers at some processes."""

    def __init__(self, place: Place, scale: Scale, customers: Sequence[Customer], processes: int) -> None:
        self._place = place
        self._scale = scale
        self._processes = processes
        self._customers = customers[: scale.customers]
        self._floors = {kind: self._floor(kind) for kind in _KINDS}
        self._rounds: dict[Kind, list[Round]] = {kind: [] for kind in _KINDS}

    def lines(self) -> list[Line]:
        group = self._place.name + (f", {self._processes} processes" if self._processes > 1 else "")
        with self._place.served(self._processes) as servers:
            for turn in range(self._scale.rounds):
                for kind, rounds in self._rounds.items():
                    rounds.append(asyncio.run(self._round(servers, kind)))
                    _tell(f"{group}, round {turn + 1}: {kind.name}: {rounds[-1].per_s:.0f} /s")
            memory = Series(tuple(memory_mib(server) for server in servers))
        found = [Line(group, "memory of a process, RSS", "MiB", memory)]
        for kind, rounds in self._rounds.items():
            found += _lines_of_kind(group, kind, rounds)
        return found

    async def _round(self, servers: Sequence[ServerProcess], kind: Kind) -> Round:
        stretch_s, addresses = self._scale.stretch_s, [server.address for server in servers]
        await each(addresses, self._customers, kind.prepare)
        before_s = sum(map(cpu_s, servers))
        pushed = await crowd(addresses, self._customers, kind.act, stretch_s)
        used_s = sum(map(cpu_s, servers)) - before_s
        await each(addresses, self._customers, kind.prepare)
        pause_s = len(self._customers) / (_CALM * pushed.per_s)
        calm = await crowd(addresses, self._customers, kind.act, stretch_s, pause_s)
        floor = self._floors[kind].per_s(self._customers, stretch_s)
        return Round(
            per_s=pushed.per_s,
            floor_per_s=floor,
            p50_ms=pushed.quantile_ms(0.5),
            p99_ms=pushed.quantile_ms(0.99),
            calm_p99_ms=calm.quantile_ms(0.99),
            cpu_ms=used_s * 1000 / pushed.answered,
        )

    def _floor(self, kind: Kind) -> Floor:
        script = script_of(self._place, self._customers[-1], kind.prepare, kind.act)
        connections = self._place.connections(writes=kind.creates)
        return Floor(self._place, script, connections, creates=kind.creates)


def _lines_of_kind(group: str, kind: Kind, rounds: Sequence[Round]) -> list[Line]:
    per_s, floor, p50, p99, calm, cpu = (Series(values) for values in zip(*rounds, strict=True))
    return [
        Line(group, f"{kind.name}, all at once", "/s", per_s, floor, least_times=_LEAST_OF_FLOOR),
        Line(group, f"{kind.name}, all at once, p50", "ms", p50),
        Line(group, f"{kind.name}, all at once, p99", "ms", p99, most=kind.most_ms),
        Line(group, f"{kind.name}, at half that rate, p99", "ms", calm, most=kind.most_ms),
        Line(group, f"{kind.name}, CPU of the server", "ms", cpu),
    ]


def _list_lines(place: Place, scale: Scale, staff: Customer) -> list[Line]:
    """What a person of the staff waits for who is alone there."""
    floor = Floor(place, script_of(place, staff, nothing, list_open), connections=1)
    ours, bare = [], []
    with place.served(1) as servers:
        for _turn in range(scale.rounds):
            pace = asyncio.run(crowd([servers[0].address], [staff], list_open, scale.stretch_s / 5))
            ours.append(pace.quantile_ms(0.5))
            bare.append(1000 / floor.per_s([staff], scale.stretch_s / 5))
    name = "the vendor's list of open tickets, newest 50"
    return [Line(place.name, name, "ms", Series(tuple(ours)), Series(tuple(bare)))]


def _storm_lines(place: Place, customers: Sequence[Customer]) -> list[Line]:
    _tell(f"{place.name}: {len(customers):,} come back at once")
    found = asyncio.run(storm(place, customers))
    _tell(f"{found.answered_before} had a receipt before the kill, {found.again} attempts were repeated")
    values: Sequence[tuple[str, str, float, float | None]] = (
        ("until all is sent and read", "s", found.drained_s, _MOST_DRAINED_S),
        ("tickets lost", "", found.lost, 0),
        ("tickets doubled", "", found.doubled, 0),
        ("memory while all listen, RSS", "MiB", found.memory_mib, None),
    )
    name = f"{len(customers):,} come back at once after a kill"
    return [
        Line(place.name, f"{name}: {what}", unit, Series((value,)), most=most)
        for what, unit, value, most in values
    ]


def _tell(what: str) -> None:
    print(f"  {what}", file=sys.stderr, flush=True)
