"""Two people of one organisation at two computers, one server, and a network that is cut now and then.

They write about the same tickets, documents and subscription, and order under the same numbers.
"""

import asyncio
import hashlib
import random
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text

from supportdesk.backends.contract.tools import Mirror, signed_in
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    CloseTicket,
    Command,
    CreateOrder,
    CreateTicket,
    DeclineDocument,
    FileRef,
    MarkRead,
    NewArticle,
    ReopenTicket,
    Reply,
    SignDocument,
    files_of,
    subject_id,
)
from supportdesk.domain.entities import Attachment, EventKind, Fact, Ticket
from supportdesk.domain.errors import NotFound, Refused
from supportdesk.domain.orders import Article
from supportdesk.domain.projections import Link, OutboxState, TicketView
from supportdesk.domain.status import Stage, Status
from tests.support.fault_proxy import QUICK_FAULTS, ProxyThread, by_chance, fault_proxy, nothing
from tests.support.machine import Machine, machine
from tests.support.pdfs import ANSWERS, png
from tests.support.rest_world import RestWorld

_FAULTY_SHARE = 0.06
_MOST_TICKETS = 12
_LONGEST_PAUSE_S = 0.25
_SETTLE_S = 120.0
_ABOUT_MATTERS = 0.3
_DOCUMENTS = 4
_REFERENCES = 5

_WORDS = (CreateTicket, Reply, ReopenTicket)
_HAPPENED = {EventKind.STATUS, EventKind.CLOSED, EventKind.REOPENED}


class Outcome(NamedTuple):
    """How often something was done, and what was wrong with it."""

    counts: Counter[str]
    wrong: list[str]

    def __str__(self) -> str:
        return ", ".join(f"{number} {what}" for what, number in self.counts.items())


class Matters(NamedTuple):
    """What the vendor gave to both: they sign or decline the same, and order under the same numbers."""

    subscription: str
    documents: dict[str, str]
    """The hash of its file, by id."""

    def something(self, dice: random.Random, text: str, file: FileRef, mark: FileRef) -> AnyIntent:
        id = dice.choice(list(self.documents))
        reference = f"RET-{dice.randrange(_REFERENCES)}"
        return dice.choice(
            (
                SignDocument(id, self.documents[id], ANSWERS, mark),
                DeclineDocument(id, text),
                CreateOrder(reference, (NewArticle(Article("BD-1"), (file,)),)),
                Reply(id, text, (file,)),
                Reply(self.subscription, text),
                AddFiles(self.subscription, (file,)),
            )
        )


class Person:
    """Does at random what people do, and looks at what there is to see. One thread at a time."""

    def __init__(
        self, name: str, here: Machine, way: ProxyThread, dice: random.Random, matters: Matters
    ) -> None:
        self.name, self.here, self.way = name, here, way
        self._matters = matters
        self.sent: list[Command] = []
        self.looks = 0
        self.wrong: list[str] = []
        self._dice = dice
        self._seen: dict[str, dict[str, str]] = {}
        """Words by message, by ticket."""
        self._missing: set[str] = set()

    def live(self, over: threading.Event) -> None:
        while not over.wait(self._dice.uniform(0, _LONGEST_PAUSE_S)):
            self.sent += self.here.send(self._something(list(self.look().values())))

    def look(self) -> dict[str, TicketView]:
        """What is there now. Notes what ought not to be so."""
        views = self.here.views()
        self.looks += 1
        for id, view in views.items():
            self._compare(id, view)
        self._miss(views)
        return views

    def _compare(self, id: str, view: TicketView) -> None:
        """With what was seen before."""
        seen = self._seen.setdefault(id, {})
        words = {message.id: message.body for message in view.messages}
        if len(words) < len(view.messages):
            self.wrong.append(f"{self.name} sees a message twice")
        if both := words.keys() & {pending.command_id for pending in view.pending}:
            self.wrong.append(f"{self.name} sees as on its way what has arrived: {both}")
        if any(words.get(message) != body for message, body in seen.items()):
            self.wrong.append(f"{self.name} no longer sees what was there")
        seen |= words

    def _miss(self, views: dict[str, TicketView]) -> None:
        """What was sent is seen, on its way or arrived. Between two databases it may hide for one look."""
        own = self.here.store.read(lambda reader: reader.local_rows(self.here.account.id)).result()
        shown = {row.id for row in own} | views.keys()
        for view in views.values():
            shown |= {message.id for message in view.messages}
            shown |= {pending.command_id for pending in view.pending}
        elsewhere = {self._matters.subscription, *self._matters.documents}
        said = [each for each in self.sent if isinstance(each.intent, _WORDS)]
        missing = {each.id for each in said if subject_id(each) not in elsewhere} - shown
        for id in missing & self._missing:
            self.wrong.append(f"{self.name} does not see their own {id}")
        self._missing = missing

    def _something(self, views: list[TicketView]) -> AnyIntent:
        """That the window would offer."""
        dice = self._dice
        if not views or (len(views) < _MOST_TICKETS and dice.random() < 0.2):
            return CreateTicket(f"Ticket of {self.name}", self._text(), files=self._files(0, 2))
        if dice.random() < _ABOUT_MATTERS:
            (file,) = self._files(1, 1)
            picture = png(60, 20, pixel=dice.randbytes(3) + b"\xff")
            mark = self.here.blobs.put_bytes(picture, "signature.png", "image/png")
            return self._matters.something(dice, self._text(), file, mark)
        view = dice.choice(views)
        id = view.row.id
        if view.row.stage is Stage.CLOSED:
            reopening = ReopenTicket(id, self._text(), self._files(0, 1))
            return dice.choice((reopening, MarkRead("ticket", id)))
        return dice.choices(
            (
                Reply(id, self._text(), self._files(0, 1)),
                AddFiles(id, self._files(1, 2)),
                MarkRead("ticket", id),
                CloseTicket(id),
            ),
            (5, 2, 3, 1),
        )[0]

    def _text(self) -> str:
        return f"Words of {self.name}: {self._dice.randbytes(8).hex()}"

    def _files(self, least: int, most: int) -> tuple[FileRef, ...]:
        dice = self._dice
        return tuple(
            self.here.file(dice.randbytes(dice.randint(1, 5_000)), f"{number}.bin")
            for number in range(dice.randint(least, most))
        )

    def state(self, command: Command) -> OutboxState:
        try:
            return self.here.delivery(command).state
        except NotFound:  # a mark of reading is forgotten when the server has it
            return OutboxState.SENT

    def is_caught_up(self) -> bool:
        """Everything is sent, or refused and waits for the person."""
        unfinished = self.here.store.read(lambda reader: reader.unfinished(self.here.account.id)).result()
        return self.here.link is Link.ONLINE and all(
            row.state == OutboxState.NEEDS_USER for row in unfinished
        )


def work_together(world: RestWorld, folder: Path, seconds: float, seed: int) -> Outcome:
    """Both work so long, and the vendor answers; then the network is good and all is compared."""
    matters = _given(world)
    with _at_work(world, folder, seed, matters) as (people, dice):
        over = threading.Event()
        counts: Counter[str] = Counter()
        with ThreadPoolExecutor(len(people)) as pool:
            lives = [pool.submit(person.live, over) for person in people]
            try:
                _disturb(world, people, dice, time.monotonic() + seconds, counts)
            finally:
                over.set()
            for life in lives:
                life.result()
        for person in people:
            person.here.until(person.is_caught_up, _SETTLE_S)
        wrong = [*_compared(world, people, counts), *_wrong_answers(world, counts), *_all_read(people)]
        for person in people:
            wrong += person.wrong
            counts["looks"] += person.looks
        return Outcome(counts, wrong)


def _given(world: RestWorld) -> Matters:
    for number in range(_DOCUMENTS):
        asyncio.run(world.ask_to_sign(f"Offer {number}"))
    files = "SELECT d.id, a.sha256 FROM documents d JOIN attachments a ON a.id = d.file_id"
    return Matters(asyncio.run(world.subscribe("Suite")), {row[0]: row[1] for row in _rows(world, files)})


@contextmanager
def _at_work(
    world: RestWorld, folder: Path, seed: int, matters: Matters
) -> Iterator[tuple[list[Person], random.Random]]:
    dice = random.Random(seed)
    with ExitStack() as stack:
        people = []
        for name, login in (("Jana", world.customer), ("Tom", world.colleague)):
            way = stack.enter_context(fault_proxy(world.address))
            here = stack.enter_context(machine(world, folder / name, login, way.address))
            here.start()
            way.proxy.plan = by_chance(random.Random(f"{seed}{name}"), _FAULTY_SHARE, QUICK_FAULTS)
            people.append(Person(name, here, way, random.Random(f"{seed} {name}"), matters))
        yield people, dice


def _disturb(
    world: RestWorld, people: list[Person], dice: random.Random, end_s: float, counts: Counter[str]
) -> None:
    """Cuts one network, the other or both, and lets the vendor answer. At the end both networks are there."""
    cut: set[str] = set()
    while time.monotonic() < end_s:
        time.sleep(dice.uniform(0.1, 0.8))
        person = dice.choice(people)
        if person.name in cut:
            person.way.restore()
            cut.remove(person.name)
        elif dice.random() < 0.5:
            person.way.cut()
            cut.add(person.name)
            counts["cuts"] += 1
        else:
            counts["answers of the vendor"] += _vendor_answers(world, dice)
    for person in people:
        person.way.proxy.plan = nothing
        if person.name in cut:
            person.way.restore()


def _vendor_answers(world: RestWorld, dice: random.Random) -> int:
    open_tickets = "SELECT id FROM tickets WHERE status <> 'closed' ORDER BY id"
    ids = [row[0] for row in _rows(world, open_tickets)]
    if not ids:
        return 0
    id = dice.choice(ids)
    status = dice.choice((None, Status.QUESTION, Status.SOLVED))
    with suppress(Refused):  # from where the ticket is, it does not go there
        asyncio.run(world.answer(id, f"The vendor says {dice.randbytes(8).hex()}", status))
        return 1
    return 0


def _compared(world: RestWorld, people: list[Person], counts: Counter[str]) -> Iterator[str]:
    """What is wrong: in what each holds, and in what the server holds of what each has sent."""
    for person in people:
        mirror = asyncio.run(_told(world, person))
        try:
            person.here.until(partial(_is_like, person, mirror), _SETTLE_S)
        except AssertionError:
            yield f"{person.name} does not hold what the server holds"
        yield from _wrong_files(person, mirror)
        yield from _wrong_statuses(mirror)
    taken = Counter(row[0] for row in _rows(world, "SELECT command_id FROM ledger"))
    said = Counter(row[0] for row in _rows(world, "SELECT body FROM messages"))
    attached = Counter(row[0] for row in _rows(world, "SELECT name || sha256 FROM attachments"))
    counts["tickets"] = len(_rows(world, "SELECT id FROM tickets"))
    counts["messages"], counts["files"] = said.total(), attached.total()
    for person in people:
        for command in person.sent:
            state = person.state(command)
            counts["refused" if state is OutboxState.NEEDS_USER else "sent"] += 1
            expected = int(state is not OutboxState.NEEDS_USER)
            words = getattr(command.intent, "body", "") or getattr(command.intent, "description", "")
            found = taken[command.id], *((said[words],) if words else ())
            if not isinstance(command.intent, SignDocument):  # its mark becomes a part of the page
                found += tuple(attached[file.name + file.sha256] for file in files_of(command.intent))
            yield from (
                f"{person.name}: {command} is there {each} times" for each in found if each != expected
            )


def _wrong_answers(world: RestWorld, counts: Counter[str]) -> Iterator[str]:
    """Of two who answer the same document one is first, and what was signed is sealed once."""
    end = time.monotonic() + _SETTLE_S
    while _rows(world, "SELECT id FROM documents WHERE seal_at IS NOT NULL") and time.monotonic() < end:
        time.sleep(0.1)
    states = {row[0]: row[1] for row in _rows(world, "SELECT id, state FROM documents")}
    answered = "SELECT conversation_id FROM events WHERE event IN ('signed', 'declined')"
    sealed = "SELECT subject_id FROM audit WHERE action = 'seal_document'"
    answers, seals = (Counter(row[0] for row in _rows(world, each)) for each in (answered, sealed))
    counts["orders"] = len(_rows(world, "SELECT id FROM orders"))
    counts["documents answered"], counts["sealed"] = answers.total(), seals.total()
    for id, state in states.items():
        expected = int(state != "to_sign"), int(state == "signed")
        if (answers[id], seals[id]) != expected:
            yield f"a document that is {state} was answered {answers[id]} and sealed {seals[id]} times"


async def _told(world: RestWorld, person: Person) -> Mirror:
    """Everything that the server tells this person from the beginning on."""
    async with signed_in(world, person.here.login) as asked:
        return await asked.sees()


def _is_like(person: Person, mirror: Mirror) -> bool:
    views = person.look()
    if views.keys() != {ticket.id for ticket in mirror.all(Ticket)}:
        return False
    return all(
        view.ticket == mirror.ticket(id)
        and not [each for each in view.pending if each.state is not OutboxState.NEEDS_USER]
        and _same(view.messages, mirror.messages(id))
        and _same(view.events, mirror.events(id))
        and _same(view.attachments, mirror.attachments(id))
        for id, view in views.items()
    )


def _same(here: Iterable[Fact], there: Iterable[Fact]) -> bool:
    return sorted(here, key=lambda each: each.id) == sorted(there, key=lambda each: each.id)


def _wrong_files(person: Person, mirror: Mirror) -> Iterator[str]:
    for attachment in mirror.all(Attachment):
        path = person.here.sync.download(person.here.account.id, attachment).result(_SETTLE_S)
        if hashlib.sha256(path.read_bytes()).hexdigest() != attachment.sha256:
            yield f"{person.name} gets other bytes of {attachment.name}"


def _wrong_statuses(mirror: Mirror) -> Iterator[str]:
    """The last that happened to a ticket is how it stands."""
    for ticket in mirror.all(Ticket):
        happened = [event.value for event in mirror.events(ticket.id) if event.event in _HAPPENED]
        if ticket.status != (happened or [Status.NEW])[-1]:
            yield f"{ticket.number} is {ticket.status} after {happened}"


def _all_read(people: list[Person]) -> Iterator[str]:
    """Whoever opens everything has nothing unread."""
    for person in people:
        unread = [id for id, view in person.look().items() if view.row.unread]
        person.sent += person.here.send(*(MarkRead("ticket", id) for id in unread))
        person.here.until(person.is_caught_up, _SETTLE_S)
        try:
            person.here.until(lambda: not any(view.row.unread for view in person.look().values()), 20)  # noqa: B023
        except AssertionError:
            yield f"{person.name} has read everything, and something is unread"


def _rows(world: RestWorld, statement: str) -> list[tuple[str, ...]]:
    """From the server's records, past what it would tell."""

    def ask(connection: DeskConnection) -> list[tuple[str, ...]]:
        with reading(connection):
            return [tuple(row) for row in connection.execute(text(statement))]

    return world.now_do(ask)
