"""What the crowd does, and how long it takes each of them."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from supportdesk.clock import now, uuid7
from supportdesk.domain.changes import Page
from supportdesk.domain.commands import CreateTicket, Receipt, encode_intent
from supportdesk.domain.wire import API, IDEMPOTENCY_KEY, CommandSent
from tests.bench.server.wire import Answer, Wire

_BODY = "Since this morning it prints nothing. **Three patients** are waiting for their labels.\n\nWhat now?"
_receipt = msgspec.json.Decoder(Receipt)
_page = msgspec.json.Decoder(Page)


class Customer(msgspec.Struct):
    """One signed-in person with an organisation of their own."""

    person_id: str
    organisation_id: str
    token: str
    ticket_id: str = ""
    """The one that they reported last."""
    cursor: str = ""
    """How far they had read before they reported it."""


Act = Callable[[Wire, Customer], Awaitable[object]]


class Unexpected(Exception):
    """The server did not do what was asked."""

    def __init__(self, status: int, body: bytes = b"") -> None:
        super().__init__(f"{status}: {body[:500]!r}")
        self.status = status


def sent(answer: Answer) -> bytes:
    """Raises Unexpected."""
    if answer.status != 200:
        raise Unexpected(*answer)
    return answer.body


class Ticket(NamedTuple):
    """A command that was frozen when it was written, with its key."""

    id: str
    body: bytes


def new_ticket(subject: str) -> Ticket:
    intent = encode_intent(CreateTicket(subject=subject, description=_BODY, service_id="general"))
    return Ticket(uuid7(), msgspec.json.encode(CommandSent(now(), msgspec.Raw(intent))))


async def send(wire: Wire, ticket: Ticket) -> Receipt:
    key = f"{IDEMPOTENCY_KEY}: {ticket.id}\r\n"
    return _receipt.decode(sent(await wire.ask("POST", f"{API}/commands", ticket.body, key)))


async def create(wire: Wire, customer: Customer) -> None:
    customer.ticket_id = (await send(wire, new_ticket("The label printer stands still"))).entity_id


async def pull(wire: Wire, customer: Customer) -> Page:
    """What is new since the customer's last ticket but one: that ticket and its message."""
    return _page.decode(sent(await wire.ask("GET", f"{API}/changes?cursor={customer.cursor}")))


async def catch_up(wire: Wire, customer: Customer) -> None:
    """Reads all there is."""
    more = True
    while more:
        page = await pull(wire, customer)
        customer.cursor, more = page.cursor, page.more


async def get_news(wire: Wire, customer: Customer) -> None:
    """Afterwards there is one ticket that the customer has not pulled yet."""
    await catch_up(wire, customer)
    await create(wire, customer)


async def list_open(wire: Wire, _staff: Customer) -> None:
    """The newest of all that are open."""
    sent(await wire.ask("GET", f"{API}/staff/ticket/list"))


async def nothing(_wire: Wire, _customer: Customer) -> None:
    pass


async def each(addresses: Sequence[str], customers: Iterable[Customer], act: Act) -> None:
    """Everybody once, a few at a time."""
    few = asyncio.Semaphore(20)

    async def once(address: str, customer: Customer) -> None:
        async with few, Wire(address, customer.token) as wire:
            await act(wire, customer)

    async with asyncio.TaskGroup() as group:
        for place, customer in enumerate(customers):
            group.create_task(once(addresses[place % len(addresses)], customer))


def _drawn(pause_s: float) -> float:
    """As long as people who do not know of each other wait."""
    return random.expovariate(1 / pause_s) if pause_s else 0.0


class Pace(NamedTuple):
    """What a crowd reached within its time."""

    per_s: float
    latencies_ms: tuple[float, ...]
    answered: int
    """With those that came too late to count."""

    def quantile_ms(self, share: float) -> float:
        ordered = sorted(self.latencies_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def crowd(
    addresses: Sequence[str], customers: Sequence[Customer], act: Act, stretch_s: float, pause_s: float = 0.0
) -> Pace:
    """All at the same time, each on a connection of their own and one request after the other.

    `pause_s`: that each waits in between, on average. Requests that are answered too late do not count.
    """
    everybody = asyncio.Barrier(len(customers))
    latencies: list[tuple[bool, float]] = []

    async def work(address: str, customer: Customer) -> None:
        async with Wire(address, customer.token) as wire:
            await everybody.wait()
            until = time.perf_counter() + stretch_s
            while (asked := time.perf_counter() + _drawn(pause_s)) < until:
                await asyncio.sleep(asked - time.perf_counter())
                await act(wire, customer)
                took_s = time.perf_counter() - asked
                latencies.append((asked + took_s < until, took_s * 1000))

    async with asyncio.TaskGroup() as group:
        for place, customer in enumerate(customers):
            group.create_task(work(addresses[place % len(addresses)], customer))
    in_time = tuple(took_ms for counts, took_ms in latencies if counts)
    return Pace(len(in_time) / stretch_s, in_time, len(latencies))
