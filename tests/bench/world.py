"""A data folder with very many tickets, and a backend that delivers prepared pages and accepts everything."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import msgspec

from supportdesk import clock
from supportdesk.app.accounts import Accounts
from supportdesk.backends import registry
from supportdesk.backends.base import Backend
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.account import AccountAnswer, AnyAccountRequest, Door
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.commands import Command, FileRef, Receipt, encode_intent, payload_sha256
from supportdesk.domain.entities import Message, Organisation, Person, Role, Ticket
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.projections import Account
from supportdesk.domain.session import Session, Welcome
from supportdesk.domain.status import REOPENABLE, Status
from supportdesk.replica.store import Store

PAGE_TICKETS = 250
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
_WORDS = (
    "printer", "invoice", "login", "backup", "export", "label", "scanner", "update", "calendar", "report",
    "network", "password", "archive", "form", "barcode", "mail", "server", "screen", "import", "licence",
)  # fmt: skip
_STATUSES = tuple(Status)
PROFILE = profiles.load(profiles.bundled_path("practice"))
_SERVICES = [part.id for service in PROFILE.catalogue.services for part in (service, *service.parts)]
_PRIORITIES = [priority.id for priority in PROFILE.catalogue.priorities]

ACCOUNT = Account(
    id="practice/jana",
    profile_id="practice",
    user="jana",
    person_id="jana",
    person_name="Jana Wiebe",
    organisation_id="lindenplatz",
    organisation_name="Praxis am Lindenplatz",
)
WELCOME = Welcome(
    me=Person("jana", "Jana Wiebe", "lindenplatz", Role.CUSTOMER),
    organisation=Organisation("lindenplatz", "Praxis am Lindenplatz"),
    capabilities=Capabilities(offers=frozenset(Capability)),
    catalogue=PROFILE.catalogue,
)


def page_bytes(first: int, count: int, *, last: int) -> bytes:
    """A page as a backend sends it: tickets `first`… with one message each."""
    changes = tuple(
        Upsert(entity)
        for number in range(first, min(first + count, last))
        for entity in (ticket(number), _message(number))
    )
    end = first + count
    return msgspec.json.encode(Page(changes, cursor=str(end), more=end < last))


def pages(tickets: int, page_tickets: int = PAGE_TICKETS) -> Iterator[bytes]:
    for first in range(0, tickets, page_tickets):
        yield page_bytes(first, page_tickets, last=tickets)


def ticket(number: int) -> Ticket:
    """By fixed rules, so that two runs measure the same."""
    status = _STATUSES[(number * 7 + number // 11) % len(_STATUSES)]
    at = START + timedelta(minutes=number)
    mine = number % 3 != 0
    return Ticket(
        id=f"00000000-0000-7000-8000-{number:012x}",
        number=str(100_000 + number),
        subject=f"{word(number)} {word(number // 7)} {word(number // 131)} {number}",
        status=status,
        requester_id="jana" if mine else "tom",
        requester_name="Jana Wiebe" if mine else "Tom Brandt",
        organisation_id="lindenplatz",
        organisation_name="Praxis am Lindenplatz",
        created_at=at,
        updated_at=at + timedelta(minutes=number % 997),
        service_id=_SERVICES[number // 3 % len(_SERVICES)],
        priority_id=_PRIORITIES[number % len(_PRIORITIES)],
        assignee_name="Mia Storm",
        last_author_id="mia",
        read_at=at + timedelta(days=40),
        reopen_until=at + timedelta(days=14) if status in REOPENABLE else None,
    )


def word(number: int) -> str:
    return _WORDS[number % len(_WORDS)]


def _message(number: int) -> Message:
    owner = ticket(number)
    body = f"Since this morning the {word(number)} does not work any more. {word(number // 5)} is fine."
    return Message(
        f"m-{owner.id}",
        owner.id,
        owner.requester_id,
        owner.requester_name,
        Role.CUSTOMER,
        body,
        owner.created_at,
    )


def furnish(folder: Path, tickets: int, account: Account = ACCOUNT) -> None:
    """A data folder in which `account` has everything already."""
    store = Store.open(folder)
    try:
        store.write(lambda writer: writer.put_account(account)).result()
        store.write(
            lambda writer: writer.put_welcome(
                account.id, WELCOME.me, WELCOME.organisation, WELCOME.capabilities, WELCOME.catalogue
            )
        ).result()
        for raw in pages(tickets, 1000):
            page = msgspec.json.decode(raw, type=Page)
            store.write(lambda writer, page=page: writer.apply(account.id, page)).result()  # type: ignore[misc]
    finally:
        store.close()


class Delivery:
    """Hands out prepared pages, decoding each as a remote backend would; accepts every command."""

    def __init__(self, raw_pages: Sequence[bytes] = ()) -> None:
        self._pages = raw_pages
        self._decode = msgspec.json.Decoder(Page).decode
        self._places = {self._decode(raw).cursor: place + 1 for place, raw in enumerate(raw_pages)}

    async def sign_in(self, user: str, password: str) -> Session:
        return Session(user, password)

    async def resume(self, session: Session) -> None:
        pass

    async def sign_out(self) -> None:
        pass

    async def door(self) -> Door:
        return Door()

    async def ask(self, request: AnyAccountRequest) -> AccountAnswer:
        raise InvalidInput(type(request).__name__)

    async def welcome(self) -> Welcome:
        return WELCOME

    async def pull(self, cursor: str | None) -> Page:
        place = self._places.get(cursor or "", 0)
        if place < len(self._pages):
            return self._decode(self._pages[place])
        return Page((), cursor or "0", more=False)

    async def push(self, command: Command) -> Receipt:
        sha256 = payload_sha256(encode_intent(command.intent))
        return Receipt(command.id, sha256, entity_id=command.id, number="1", accepted_at=clock.now())

    async def uploaded_bytes(self, file: FileRef) -> int:
        return file.size_bytes

    async def upload(self, file: FileRef, offset: int, chunk: bytes) -> int:
        return offset + len(chunk)

    async def download(self, attachment_id: str, offset: int = 0) -> AsyncIterator[bytes]:
        yield b""

    async def wait_for_change(self) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        pass


@contextmanager
def answered_by(backend: Backend) -> Iterator[None]:
    """Every account is served by `backend`, and its sign-in was kept."""

    async def session(_self: Accounts, account: Account) -> Session:
        return Session(account.user, "token")

    with (
        patch.object(registry, "open_backend", lambda _profile, _folder: backend),
        patch.object(Accounts, "_session", session),
    ):
        yield
