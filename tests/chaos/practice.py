"""A customer of the practice demo without a window: the real stores, engine and embedded desk."""

import asyncio
import random
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from supportdesk.backends.base import Backend
from supportdesk.backends.local import open_backend
from supportdesk.clock import now, uuid7
from supportdesk.desk.demo.content import load_demo_content
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.commands import (
    Command,
    CreateOrder,
    CreateTicket,
    FileRef,
    NewArticle,
    Reply,
    SignDocument,
)
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.errors import BackendUnreachable
from supportdesk.domain.orders import Article
from supportdesk.domain.projections import Account
from supportdesk.domain.session import Session
from supportdesk.lanes import IoLane
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.store import Store
from supportdesk.sync.pace import Pace
from supportdesk.sync.service import Sync

Wrap = Callable[[Backend], Backend]
Query = Callable[[str], Iterable[tuple[str, ...]]]
"""Asks the database of a desk, past all our code."""

_SIGN_IN_S = 60.0
QUICK = Pace(poll_s=5, first_retry_s=0.01, longest_retry_s=0.2, backlog_spread_s=0.05)
_PRACTICE = profiles.load(profiles.bundled_path("practice"))
PROFILE = replace(_PRACTICE, modules=(*_PRACTICE.modules, "documents", "orders", "subscriptions"))
"""Of a vendor who offers everything that customers can write to."""


def warm() -> None:
    """Imports what each life needs, so that forked ones begin to work at once."""
    import supportdesk.desk.accounts.access
    import supportdesk.desk.conversations.intake
    import supportdesk.desk.conversations.uploads
    import supportdesk.desk.demo.seeding
    import supportdesk.desk.visibility.feed
    import supportdesk.pdf.filling
    import supportdesk.pdf.sealing  # noqa: F401 all for their side effect


class SignedIn(msgspec.Struct):
    account: Account
    session: Session


class Practice:
    """One life of the application in `folder`."""

    def __init__(
        self,
        folder: Path,
        wrap: Wrap = lambda backend: backend,
        *,
        synchronous: str = "FULL",
        opened: Callable[[], Backend] | None = None,
    ) -> None:
        """`opened` makes the backend, where it is not the embedded desk in `folder`."""
        self.folder = folder
        make = opened or partial(open_backend, PROFILE, folder / "desk")
        self.store = Store.open(folder / "data", outbox_synchronous=synchronous)
        self.blobs = Blobs(folder / "data")
        self.io = IoLane()
        self.sync = Sync(
            self.store,
            self.blobs,
            self.io,
            lambda _profile_id: wrap(make()),
            QUICK,
        )
        self._kept = folder / "signed-in.json"

    def start(self) -> str:
        """Signs in at the first time, later resumes. Returns the account's id."""
        if self._kept.exists():
            known = msgspec.json.decode(self._kept.read_bytes(), type=SignedIn)
        else:
            user = load_demo_content("practice").demo_customer().email
            fresh = Account(id=uuid7(), profile_id="practice", user=user)
            known = SignedIn(*self._sign_in(fresh))
            self._kept.write_bytes(msgspec.json.encode(known))
        self.sync.start(known.account, known.session)
        return known.account.id

    def _sign_in(self, account: Account) -> tuple[Account, Session]:
        """Hashing a password may take longer than the patience that is meant for a network that fails."""
        end = time.monotonic() + _SIGN_IN_S
        while True:
            try:
                return self.sync.sign_in(account, DEMO_PASSWORD).result(_SIGN_IN_S)
            except BackendUnreachable:
                if time.monotonic() > end:
                    raise

    def close(self) -> None:
        self.sync.close()
        self.io.close()
        self.store.close()


def new_ticket(subject: str, files: tuple[FileRef, ...] = ()) -> Command:
    """A report that the practice vendor accepts."""
    catalogue: Catalogue = PROFILE.catalogue
    _heading, service = next(catalogue.choosable_services())
    kind = catalogue.choosable_types()[0]
    fields = {
        field.id: field.choices[0].id if field.choices else "1"
        for field in catalogue.form(service_id=service.id, type_id=kind.id)
        if field.required
    }
    intent = CreateTicket(
        subject=subject,
        description=f"Every time: {subject}",
        service_id=service.id,
        type_id=kind.id,
        priority_id=catalogue.priorities[0].id,
        consent_id=catalogue.consents[0].id if catalogue.consents else "",
        fields=fields,
        files=files,
    )
    return Command(id=uuid7(), created_at=now(), intent=intent)


def any_command(turn: int, mark: str, files: tuple[FileRef, ...] = ()) -> Command:
    """Ticket, order, signature and reply by turns, as an outbox takes them, whatever a desk would say."""
    if turn % 4 == 0:
        return new_ticket(mark, files)
    if turn % 4 == 1:
        return Command(uuid7(), now(), CreateOrder(mark, (NewArticle(Article("BD-1"), files),)))
    if turn % 4 == 2 and files:
        return Command(uuid7(), now(), SignDocument(mark, "0" * 64, {"start": "2026-12-01"}, files[0]))
    return Command(uuid7(), now(), Reply(mark, mark, files))


def desk_query(folder: Path, statement: str) -> Iterable[tuple[str, ...]]:
    with closing(sqlite3.connect(f"file:{folder / 'desk' / 'desk.db'}?mode=ro", uri=True)) as desk:
        return desk.execute(statement).fetchall()


def desk_file(folder: Path, sha256: str) -> bytes:
    return (folder / "desk" / "files" / sha256[:2] / sha256).read_bytes()


async def hesitate(dice: random.Random, longest_s: float) -> None:
    await asyncio.sleep(dice.uniform(0, longest_s))
