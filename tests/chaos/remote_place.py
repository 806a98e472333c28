"""A server, a bad network and customers, each in processes of their own that can be killed."""

import asyncio
import os
import random
import signal
import socket
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import psycopg
from msgspec.structs import replace

from supportdesk.backends.base import Backend
from supportdesk.backends.http import Http, Patience
from supportdesk.backends.rest import RestBackend
from supportdesk.backends.rest.events import EventPace
from supportdesk.desk.store.address import Address, PostgresSchema
from supportdesk.domain.profile import Profile
from supportdesk.server.portal import Portal
from supportdesk.server.serving import listening, server_for
from supportdesk.server.site import Site
from tests.chaos.customer import keep_matters
from tests.chaos.lives import finish, fork, wait_for
from tests.chaos.practice import PROFILE
from tests.chaos.vendor import furnish
from tests.support.fault_proxy import Asked, Fault, FaultProxy, Plan

_PORTS = range(20_000, 32_000)
"""Below those of outgoing connections, so that nobody takes it while the server is dead."""
_PATIENCE = Patience(connect_s=2, silence_s=0.6, answer_s=10)
_EVENTS = EventPace(silence_s=5, broken_s=0.02, first_retry_s=0.05, longest_retry_s=0.5)
_START_S = 60.0
_DOCUMENTS = 60
_NO_LIMIT = 10_000_000


class Place:
    """In `folder`; `before_serving` is done in each server process."""

    def __init__(
        self,
        folder: Path,
        database: Address,
        plan: Plan,
        *,
        profile: Profile = PROFILE,
        before_serving: Callable[[], None] = lambda: None,
    ) -> None:
        self.folder = folder
        self.files = folder / "files"
        self._database = database
        self._profile = profile
        self._before_serving = before_serving
        self._peace = folder / "peace"
        self._journal = folder / "journal"
        self._port = _free_port()
        self._proxy = FaultProxy(f"http://127.0.0.1:{self._port}", partial(self._planned, plan))
        self._server = 0
        self._starts = 0
        self._proxy_process = fork(self._pass_on)
        if not finish(fork(self._furnish)):
            raise RuntimeError("the desk could not be made")
        self.start_server()

    def backend(self) -> Backend:
        return RestBackend(Http(self._proxy.address, _PATIENCE), self.folder / "client", _EVENTS)

    def start_server(self) -> None:
        """Returns when it listens."""
        self._starts += 1
        sign = self.folder / f"listens-{self._starts}"
        self._server = fork(partial(self._serve, sign))
        wait_for(sign, _START_S)
        if not sign.exists():
            raise RuntimeError("the server does not start")

    @property
    def server(self) -> int:
        """Its process."""
        return self._server

    def kill_server(self) -> None:
        _kill(self._server)

    def peace(self, begins: bool) -> None:
        """Until it ends, the network is good."""
        if begins:
            self._peace.touch()
        else:
            self._peace.unlink()

    def journal(self) -> list[tuple[str, str, str]]:
        """(method, offset of a chunk, fault) of each request that reached the network."""
        lines = self._journal.read_text("utf-8").splitlines()
        return [(method, offset, fault) for method, offset, fault in (line.split("\t") for line in lines)]

    def query(self, statement: str) -> Iterable[tuple[str, ...]]:
        """Asks the desk's own records, past all our code."""
        if isinstance(self._database, PostgresSchema):
            with psycopg.connect(self._database.url) as connection:
                return connection.execute(statement.encode()).fetchall()
        path = self._database / "desk.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as desk:
            return desk.execute(statement).fetchall()

    def content(self, sha256: str) -> bytes:
        return (self.files / sha256[:2] / sha256).read_bytes()

    def close(self) -> None:
        _kill(self._server)
        _kill(self._proxy_process)
        asyncio.run(self._proxy.close())

    def _planned(self, plan: Plan, asked: Asked) -> Fault:
        fault = Fault.NONE if self._peace.exists() else plan(asked)
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write(f"{asked.method}\t{asked.headers.get('upload-offset', '')}\t{fault.name}\n")
        return fault

    def _furnish(self) -> None:
        keep_matters(self.folder, furnish(self._profile, self._database, self.files, _DOCUMENTS))

    def _pass_on(self) -> None:
        async def serve() -> None:
            await self._proxy.start()
            await asyncio.Event().wait()

        asyncio.run(serve())

    def _serve(self, sign: Path) -> None:
        self._before_serving()
        portal = Portal(self._profile, self._database, self.files, demo=True, requests_per_minute=_NO_LIMIT)
        listener = listening("127.0.0.1", self._port)

        async def serve() -> None:
            site = Site({"": portal})
            await site.open()
            server = server_for(site)
            server.on_ready = sign.touch
            await server.serve([listener])

        asyncio.run(serve())


@contextmanager
def databases(folder: Path) -> Iterator[Sequence[tuple[str, Callable[[], Address]]]]:
    """Kinds of database, each with what makes an empty one that outlives kills."""
    from tests.support.postgres import Cluster, programs

    count = iter(range(1000))

    def sqlite() -> Path:
        return folder / f"desk-{next(count)}"

    if programs() is None:
        yield (("SQLite", sqlite),)
        return
    cluster = Cluster(durable=True)
    try:
        yield (
            ("SQLite", sqlite),
            ("PostgreSQL", lambda: PostgresSchema(cluster.url(cluster.make_database()))),
        )
    finally:
        cluster.remove()


def large_files(size_bytes: int) -> Profile:
    return replace(PROFILE, limits=replace(PROFILE.limits, max_file_bytes=size_bytes))


def by_chance(seed: int, share: float, faults: Sequence[Fault]) -> Plan:
    """Event streams are left alone: each would use up one fault and then stand for long."""
    dice = random.Random(seed)

    def plan(asked: Asked) -> Fault:
        if asked.path.endswith("/events") or dice.random() >= share:
            return Fault.NONE
        return dice.choice(faults)

    return plan


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _free_port() -> int:
    for port in random.SystemRandom().sample(_PORTS, 50):
        with socket.socket() as place:
            try:
                place.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port")
