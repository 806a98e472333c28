"""One account's view of an embedded desk."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from supportdesk.backends.base import Backend
from supportdesk.backends.local.embedded import EmbeddedDesk, borrow, give_back
from supportdesk.domain.account import (
    AccountAnswer,
    AnyAccountRequest,
    Door,
    ExamineCode,
    GetProfile,
    ListSessions,
)
from supportdesk.domain.changes import Page
from supportdesk.domain.commands import Command, FileRef, Receipt, encode_intent
from supportdesk.domain.errors import SessionExpired
from supportdesk.domain.profile import Profile
from supportdesk.domain.session import Session, Welcome
from supportdesk.i18n import _

if TYPE_CHECKING:
    from supportdesk.desk.store.database import DeskConnection
    from supportdesk.desk.visibility.actors import Actor, Entrance

T = TypeVar("T")

_DEVICE = "this computer"
_ONLY_LOOKING = (GetProfile, ListSessions, ExamineCode)
_DOWNLOAD_BYTES = 256 * 1024


def open_backend(profile: Profile, folder: Path) -> Backend:
    return LocalBackend(borrow(profile, folder))


class LocalBackend:
    def __init__(self, desk: EmbeddedDesk) -> None:
        self._desk = desk
        self._token = ""
        self._seen = -1
        self._closed = False

    async def sign_in(self, user: str, password: str) -> Session:
        def work(connection: "DeskConnection") -> str:
            from supportdesk.desk.accounts import access

            moment = self._desk.clock()
            return access.sign_in(connection, user, password, _DEVICE, moment, device_name=_device_name())

        self._token = await self._run(work)
        return Session(user=user, token=self._token)

    async def resume(self, session: Session) -> None:
        self._token = session.token

    async def sign_out(self) -> None:
        token, self._token = self._token, ""
        if not token:
            return

        def work(connection: "DeskConnection") -> None:
            from supportdesk.desk.accounts import access

            access.sign_out(connection, token, self._desk.clock())

        await self._run(work)

    async def door(self) -> Door:
        def work(connection: "DeskConnection") -> Door:
            from supportdesk.desk.store import database, settings

            with database.reading(connection):
                return settings.load(connection).door

        return msgspec.structs.replace(await self._look(work), mailbox=True)

    async def ask(self, request: AnyAccountRequest) -> AccountAnswer:
        def work(connection: "DeskConnection") -> AccountAnswer:
            from supportdesk.desk.accounts.asker import Asker
            from supportdesk.desk.accounts.requests import answer

            asker = Asker(token=token, device=_DEVICE, device_name=_device_name(), client=_DEVICE)
            return answer(connection, request, asker, moment)

        token, moment = self._token, self._desk.clock()
        given = await self._run(work, changes=not isinstance(request, _ONLY_LOOKING))
        if isinstance(given, Session):
            self._token = given.token
        return given

    async def welcome(self) -> Welcome:
        moment = self._desk.clock()
        aging, answer = await self._look(partial(_welcome, token=self._signed_in(), moment=moment))
        if aging is not None:
            await self._run(partial(_renew, entrance=aging, moment=moment))
        return answer

    async def pull(self, cursor: str | None) -> Page:
        token = self._signed_in()
        seen = self._desk.version

        def work(connection: "DeskConnection", actor: "Actor") -> Page:
            from supportdesk.desk.store import settings
            from supportdesk.desk.visibility import feed
            from supportdesk.desk.visibility.facts import View

            return feed.pull(connection, View(actor, settings.load(connection)), cursor, self._desk.page_rows)

        await self._desk.announce()
        page = await self._look(partial(_reading_as, token, self._desk.clock(), work))
        self._seen = seen
        return page

    async def push(self, command: Command) -> Receipt:
        token = self._signed_in()
        payload = encode_intent(command.intent)
        moment = self._desk.clock()

        def work(connection: "DeskConnection") -> Receipt:
            from supportdesk.desk.conversations import intake
            from supportdesk.desk.conversations.applying import Asked

            actor = _reading_as(token, moment, lambda _connection, actor: actor, connection)
            asked = Asked(id=command.id, created_at=command.created_at, payload=payload, came_from=_DEVICE)
            return intake.take(connection, actor, asked, moment)

        return await self._run(work, changes=True)

    async def uploaded_bytes(self, file: FileRef) -> int:
        person_id, complete = await self._upload_state(file)
        if complete:
            return file.size_bytes
        arrived = await asyncio.wrap_future(
            self._desk.contents(lambda files: files.arrived_bytes(person_id, file))
        )
        if arrived == file.size_bytes:  # empty, or a crash came between the last byte and the record of it
            return await self.upload(file, arrived, b"")
        return arrived

    async def upload(self, file: FileRef, offset: int, chunk: bytes) -> int:
        person_id, complete = await self._upload_state(file)
        if complete:
            return file.size_bytes
        arrived = await asyncio.wrap_future(
            self._desk.contents(lambda files: files.append(person_id, file, offset, chunk))
        )
        if arrived == file.size_bytes:
            await self._run(
                partial(_complete_upload, person_id=person_id, file=file, moment=self._desk.clock())
            )
        return arrived

    async def _upload_state(self, file: FileRef) -> tuple[str, bool]:
        """(who uploads, whether all of it is there)."""
        moment = self._desk.clock()

        def work(connection: "DeskConnection", actor: "Actor") -> tuple[str, bool]:
            from supportdesk.desk.conversations import uploads

            uploads.check_size(connection, file)
            complete = uploads.is_complete(connection, actor.person_id, file)
            if not complete:
                uploads.check_room(connection, actor.person_id, file, moment)
            return actor.person_id, complete

        return await self._look(partial(_reading_as, self._signed_in(), moment, work))

    async def download(self, attachment_id: str, offset: int = 0) -> AsyncIterator[bytes]:
        def work(connection: "DeskConnection", actor: "Actor") -> str:
            from supportdesk.desk.conversations import uploads

            return uploads.attachment(connection, actor, attachment_id).sha256

        sha256 = await self._look(partial(_reading_as, self._signed_in(), self._desk.clock(), work))
        while block := await self._block(sha256, offset):
            yield block
            offset += len(block)

    async def _block(self, sha256: str, offset: int) -> bytes:
        return await asyncio.wrap_future(
            self._desk.contents(lambda files: files.read(sha256, offset, _DOWNLOAD_BYTES))
        )

    async def wait_for_change(self) -> None:
        await self._desk.news_after(self._seen)

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            await give_back(self._desk)

    async def _look(self, job: "Callable[[DeskConnection], T]") -> T:
        return await asyncio.wrap_future(self._desk.reading(job))

    async def _run(self, job: "Callable[[DeskConnection], T]", *, changes: bool = False) -> T:
        return await asyncio.wrap_future(self._desk.database(job, changes=changes))

    def _signed_in(self) -> str:
        if not self._token:
            raise SessionExpired
        return self._token


def _device_name() -> str:
    """All sessions of an embedded desk are on the same computer."""
    return _("This computer")


def _reading_as(
    token: str, moment: datetime, work: "Callable[[DeskConnection, Actor], T]", connection: "DeskConnection"
) -> T:
    """Runs `work` for whom the token stands, in one transaction."""
    from supportdesk.desk.accounts import access
    from supportdesk.desk.store import database

    with database.reading(connection):
        return work(connection, access.actor_of(connection, token, moment))


def _welcome(connection: "DeskConnection", token: str, moment: datetime) -> "tuple[Entrance | None, Welcome]":
    """Where the session is to be renewed, with that."""
    from supportdesk.desk.accounts import access, welcoming
    from supportdesk.desk.store import database

    with database.reading(connection):
        entrance = access.enter(connection, token, moment)
        aging = entrance if access.needs_renewal(entrance, moment) else None
        return aging, welcoming.welcome(connection, entrance.actor)


def _renew(connection: "DeskConnection", entrance: "Entrance", moment: datetime) -> None:
    from supportdesk.desk.accounts import access

    access.renew(connection, entrance, moment)


def _complete_upload(connection: "DeskConnection", person_id: str, file: FileRef, moment: datetime) -> None:
    from supportdesk.desk.conversations import uploads

    uploads.complete(connection, person_id, file, moment)
