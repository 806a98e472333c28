"""A server is killed while all send, and all come back at once."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from typing import NamedTuple

from sqlalchemy import select

from supportdesk.desk.store.database import opened, reading
from supportdesk.desk.store.schema import tickets
from supportdesk.domain.wire import API
from tests.bench.server.customers import Customer, Unexpected, catch_up, new_ticket, send
from tests.bench.server.place import Place, memory_mib
from tests.bench.server.wire import Wire

_KILLED_AFTER = 0.2
"""Of the tickets are answered for; of the others nobody knows."""
_LATER = {429, 503}
_SUBJECT = "Storm of "


class Storm(NamedTuple):
    answered_before: int
    """Who had their receipt when the server was killed."""
    again: int
    """How often somebody had to try once more."""
    drained_s: float
    """From when the server listens again until the last one has sent, has read what is new, and listens."""
    memory_mib: float
    """Of the server to which all listen."""
    lost: int
    doubled: int


class _Client:
    """One who has a ticket in the outbox."""

    def __init__(self, customer: Customer) -> None:
        self._customer = customer
        self.subject = f"{_SUBJECT}{customer.token}"
        self._ticket = new_ticket(self.subject)
        self.answered = False
        self.again = 0

    async def send(self, address: str) -> None:
        """Until the server is cut off."""
        try:
            async with self._wire(address) as wire:
                await send(wire, self._ticket)
                self.answered = True
        except (OSError, EOFError):
            pass

    async def come_back(self, address: str, everybody: asyncio.Barrier) -> None:
        """Until all others are there, too."""
        while True:
            try:
                return await self._drain(address, everybody)
            except (OSError, EOFError):
                pass
            except Unexpected as error:
                if error.status not in _LATER:
                    raise
            self.again += 1
            await asyncio.sleep(random.uniform(0, 0.1 * 2 ** min(self.again, 5)))

    def _wire(self, address: str) -> Wire:
        return Wire(address, self._customer.token)

    async def _drain(self, address: str, everybody: asyncio.Barrier) -> None:
        async with self._wire(address) as wire:
            if not self.answered:
                await send(wire, self._ticket)
            async with self._wire(address) as ear:
                if (status := await ear.listen(f"{API}/events")) != 200:
                    raise Unexpected(status)
                await catch_up(wire, self._customer)
                await everybody.wait()
                await everybody.wait()


async def storm(place: Place, customers: Sequence[Customer]) -> Storm:
    clients = [_Client(each) for each in customers]
    await _begin(place, clients)
    answered = sum(client.answered for client in clients)
    server = await asyncio.to_thread(place.start)
    try:
        everybody = asyncio.Barrier(len(clients) + 1)
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for client in clients:
                group.create_task(client.come_back(server.address, everybody))
            await everybody.wait()
            drained_s = time.perf_counter() - began
            memory = memory_mib(server)
            await everybody.wait()
    finally:
        server.kill()
    found = _found(place)
    return Storm(
        answered_before=answered,
        again=sum(client.again for client in clients),
        drained_s=drained_s,
        memory_mib=memory,
        lost=sum(client.subject not in found for client in clients),
        doubled=sum(found.values()) - len(found),
    )


async def _begin(place: Place, clients: Sequence[_Client]) -> None:
    """All send; when the first of them have their receipt, the server is killed."""
    server = await asyncio.to_thread(place.start)
    sending = [asyncio.create_task(client.send(server.address)) for client in clients]
    for answered in islice(asyncio.as_completed(sending), int(_KILLED_AFTER * len(clients))):
        await answered
    server.kill()
    await asyncio.gather(*sending)


def _found(place: Place) -> Counter[str]:
    """How many tickets of the storm there are, by subject."""
    query = select(tickets.c.subject).where(tickets.c.subject.startswith(_SUBJECT))
    with closing(opened(place.address)) as connection, reading(connection):
        return Counter(connection.execute(query).scalars())
