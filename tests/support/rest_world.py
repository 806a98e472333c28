"""The small desk behind a server, as the world in which the contract is run for the `rest` backend."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import httpx

from supportdesk.backends.base import Backend
from supportdesk.backends.http import Http, Patience, Transport
from supportdesk.backends.rest import RestBackend
from supportdesk.backends.rest.events import EventPace
from supportdesk.desk.store.address import Address
from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.store.files import Files
from supportdesk.lanes import IoLane
from supportdesk.server.app import build
from supportdesk.server.portal import Portal
from tests.support.desk import LocalWorld
from tests.support.server import served, small_portal

T = TypeVar("T")

BRISK = Patience(connect_s=5, silence_s=5, answer_s=20)
EVENTS = EventPace(silence_s=20, broken_s=0.01, first_retry_s=0.01, longest_retry_s=0.1)
NOWHERE = "http://127.0.0.1:9"
"""Nobody listens there; for backends whose application is in this process."""


class PortalDesk:
    """A portal's desk as the vendor's side of a world uses it."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._io = IoLane("vendor")

    @property
    def clock(self) -> Callable[[], datetime]:
        return self._portal.clock

    @clock.setter
    def clock(self, clock: Callable[[], datetime]) -> None:
        self._portal.clock = clock

    def database(self, job: Callable[[DeskConnection], T], *, changes: bool = False) -> Future[T]:
        return self._io.submit(self._portal.desk.write(job))

    def contents(self, job: Callable[[Files], T]) -> Future[T]:
        return self._io.submit(self._portal.desk.contents(job))

    def open(self) -> None:
        self._io.submit(self._portal.open()).result(30)

    def close(self) -> None:
        self._io.submit(self._portal.close()).result(30)
        self.end()

    def end(self) -> None:
        self._io.close()


class RestWorld(LocalWorld):
    """Backends talk to `address`, or to an application in this process."""

    desk: PortalDesk  # type: ignore[assignment]

    def __init__(
        self, portal: Portal, folder: Path, address: str = NOWHERE, transport: Transport | None = None
    ) -> None:
        super().__init__(portal.profile, folder, PortalDesk(portal))  # type: ignore[arg-type]
        self.portal = portal
        self.address = address
        self.patience = BRISK
        self.wrap: Callable[[Backend], Backend] = lambda backend: backend
        self._transport = transport

    def open(self) -> Backend:
        return self.wrap(self.rest())

    def rest(self, address: str = "") -> RestBackend:
        http = Http(address or self.address, self.patience, self._transport)
        return RestBackend(http, self.folder / "client", EVENTS)


@contextmanager
def rest_world(folder: Path, address: Address | None = None) -> Iterator[RestWorld]:
    """Behind a real socket of this machine; `address` is that of a furnished database."""
    with served(folder / "desk", address=address) as server:
        world = RestWorld(server.portal, folder, server.address)
        try:
            yield world
        finally:
            world.desk.end()


@contextmanager
def rest_world_in_process(folder: Path, address: Address | None = None) -> Iterator[RestWorld]:
    portal = small_portal(folder / "desk", address=address)
    world_desk = PortalDesk(portal)
    world_desk.open()
    world = RestWorld(portal, folder, transport=httpx.ASGITransport(build(portal)))
    try:
        yield world
    finally:
        world.desk.end()
        world_desk.close()
