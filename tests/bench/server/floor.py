"""The same statements, as fast as the bare driver says them."""

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from supportdesk.clock import uuid7
from supportdesk.desk.store.database import CHANGE, TICKET, opened, reading
from supportdesk.desk.store.schema import counters
from supportdesk.file_lock import FileLock, Locked
from tests.bench.server.customers import Act, Customer
from tests.bench.server.place import Place
from tests.bench.server.statements import Asked, Driver, Script, Step, heard
from tests.bench.server.wire import Wire


class Floor:
    """One kind of request. `connections` say its statements at the same time."""

    def __init__(self, place: Place, script: Script, connections: int, *, creates: bool = False) -> None:
        self._place = place
        self._script = script
        self._connections = connections
        self._creates = creates

    def per_s(self, customers: Sequence[Customer], stretch_s: float) -> float:
        newest = newest_change(self._place)
        until = time.perf_counter() + stretch_s

        def work(_place: int) -> int:
            count = 0
            with closing(self._place.driver()) as driver:
                while time.perf_counter() < until:
                    self._once(driver, random.choice(customers), newest)
                    count += 1
            return count

        with ThreadPoolExecutor(self._connections) as pool:
            return sum(pool.map(work, range(self._connections))) / stretch_s

    def _once(self, driver: Driver, customer: Customer, newest: int) -> None:
        if self._creates:
            customer = msgspec.structs.replace(customer, ticket_id=uuid7())
            with _turn(self._place.turn):
                self._script.say(driver, customer, newest)
        else:
            self._script.say(driver, customer, newest)


@contextmanager
def _turn(path: Path | None) -> Iterator[None]:
    """The server is still there, although it has nothing to do."""
    lock = None
    while path is not None and lock is None:
        try:
            lock = FileLock(path)
        except Locked:
            time.sleep(0.001)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def script_of(place: Place, customer: Customer, prepare: Act, act: Act) -> Script:
    """What a server says to its database when `customer` does this."""

    async def listen(address: str) -> list[Step]:
        async with Wire(address, customer.token) as wire:
            await prepare(wire, customer)
            await act(wire, customer)  # the first one of all is not like the others
            with heard() as steps:
                await act(wire, customer)
        return steps

    with place.served_here() as address:
        steps = asyncio.run(listen(address))
    return Script(steps, Asked(customer, newest_change(place), str(_newest(place, TICKET))))


def newest_change(place: Place) -> int:
    return _newest(place, CHANGE)


def _newest(place: Place, counter: str) -> int:
    with closing(opened(place.address)) as connection, reading(connection):
        row = connection.execute(counters.select().where(counters.c.name == counter)).one()
    return int(row.value)
