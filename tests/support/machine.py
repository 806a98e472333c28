"""One person's computer without a window: the real stores and engine, and a server somewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from supportdesk.backends.base import Backend
from supportdesk.backends.contract.world import Login
from supportdesk.clock import now, uuid7
from supportdesk.domain.commands import AnyIntent, Command, FileRef
from supportdesk.domain.projections import Account, Delivery, Link, OpenState, TicketQuery, TicketView
from supportdesk.domain.session import Session
from supportdesk.lanes import IoLane
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.reader import Reader
from supportdesk.replica.store import Store
from supportdesk.sync.pace import Pace
from supportdesk.sync.service import Sync
from tests.support.rest_world import RestWorld

QUICK = Pace(poll_s=60, first_retry_s=0.02, longest_retry_s=0.2, backlog_spread_s=0.2)


class Somewhere(Protocol):
    """A server, as far as a computer needs it."""

    address: str

    def rest(self, address: str = "") -> Backend: ...


class Machine:
    def __init__(
        self, world: Somewhere, folder: Path, login: Login, address: str = "", pace: Pace = QUICK
    ) -> None:
        """`address` where the server's is hidden behind a proxy."""
        self.address = address or world.address
        self.login = login
        self.store = Store.open(folder)
        self.blobs = Blobs(folder)
        self.io = IoLane()
        self.sync = Sync(self.store, self.blobs, self.io, lambda _account: world.rest(self.address), pace)
        self.account = Account("account", "small", login.user)
        self.session: Session | None = None

    def sign_in(self) -> None:
        self.account, self.session = self.sync.sign_in(self.account, self.login.password).result(20)

    def start(self) -> None:
        if self.session is None:
            self.sign_in()
        self.sync.start(self.account, self.session)

    def rest(self) -> Link:
        return self.sync.once(self.account.id, 30).result(40).link

    @property
    def link(self) -> Link:
        return self.sync.state(self.account.id).link

    def send(self, *intents: AnyIntent) -> list[Command]:
        """Durable when it returns, as after Send; the engine is told."""
        made = [Command(uuid7(), now(), intent) for intent in intents]
        for each in made:
            self.store.write(lambda writer, c=each: writer.send(None, self.account.id, c)).result()  # type: ignore[misc]
        self.sync.kick(self.account.id)
        return made

    def file(self, content: bytes, name: str = "scan.bin") -> FileRef:
        return self.blobs.put_bytes(content, name, "application/octet-stream")

    def delivery(self, command: Command) -> Delivery:
        return self.store.read(lambda reader: reader.delivery(command.id)).result()

    def waiting(self) -> int:
        return len(self.store.read(lambda reader: reader.unfinished(self.account.id)).result())

    def views(self) -> dict[str, TicketView]:
        """What this person sees of each ticket that the server has told of."""
        query = TicketQuery(self.account.id, open_state=OpenState.ALL)

        def look(reader: Reader) -> list[TicketView]:
            rows = reader.ticket_window(query, 0, 10_000)
            return [reader.ticket(self.account.id, row.id) for row in rows]

        return {view.ticket.id: view for view in self.store.read(look).result() if view.ticket is not None}

    def until(self, holds: Callable[[], bool], timeout_s: float = 20) -> None:
        end = time.monotonic() + timeout_s
        while not holds():
            assert time.monotonic() < end, "what the test waits for did not happen"
            time.sleep(0.01)

    def close(self) -> None:
        self.sync.close()
        self.io.close()
        self.store.close()


@contextmanager
def machine(
    world: RestWorld, folder: Path, login: Login | None = None, address: str = "", pace: Pace = QUICK
) -> Iterator[Machine]:
    made = Machine(world, folder, login or world.customer, address, pace)
    try:
        yield made
    finally:
        made.close()
