"""A SupportDesk server as a backend, for one account."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from supportdesk.backends.base import Backend
from supportdesk.backends.http import Answer, Http
from supportdesk.backends.rest import accounts, mapping
from supportdesk.backends.rest.client import Client
from supportdesk.backends.rest.device import device_name, device_secret
from supportdesk.backends.rest.events import EventPace, Events
from supportdesk.domain import wire
from supportdesk.domain.account import AccountAnswer, AnyAccountRequest, Door, RedeemCode, RedeemSingleSignOn
from supportdesk.domain.changes import Page
from supportdesk.domain.commands import Command, FileRef, Receipt
from supportdesk.domain.errors import NotFound, ProtocolViolation, SessionExpired
from supportdesk.domain.profile import Profile
from supportdesk.domain.session import Session, Welcome

_UNCHANGED = frozenset({304})
_OTHER_OFFSET = frozenset({409})


def open_backend(profile: Profile, folder: Path) -> Backend:
    """Raises InvalidInput for an address that is neither https nor on this computer."""
    return RestBackend(Http(profile.backend.address), folder)


class _Seen(NamedTuple):
    """The newest state of the feed that has come, and the server's name for it."""

    cursor: str = ""
    etag: str = ""


class RestBackend:
    def __init__(self, http: Http, folder: Path, pace: EventPace | None = None) -> None:
        self._client = Client(http)
        self._events = Events(self._client, pace)
        self._folder = folder
        self._seen = _Seen()
        self._begun: set[FileRef] = set()
        """Uploads that the server knows of and does not have wholly."""

    async def sign_in(self, user: str, password: str) -> Session:
        secret = await asyncio.to_thread(device_secret, self._folder)
        credentials = wire.Credentials(user, password, device=secret, device_name=device_name())
        self._use("")
        session = mapping.session_of(await self._client.send("POST", "/sessions", credentials, public=True))
        self._use(session.token)
        return session

    async def resume(self, session: Session) -> None:
        self._use(session.token)

    async def sign_out(self) -> None:
        token = self._client.token
        if not token:
            return
        try:
            await self._client.send("DELETE", "/sessions/current")
        except SessionExpired:
            pass  # it had ended before
        finally:
            self._use("")

    async def door(self) -> Door:
        return mapping.decoded(await self._client.send("GET", wire.DOOR, public=True), Door)

    async def ask(self, request: AnyAccountRequest) -> AccountAnswer:
        if isinstance(request, RedeemCode | RedeemSingleSignOn):
            secret = await asyncio.to_thread(device_secret, self._folder)
            request = msgspec.structs.replace(request, device=secret, device_name=device_name())
        answer = await accounts.ask(self._client, request)
        if isinstance(answer, Session):
            self._use(answer.token)
        return answer

    async def welcome(self) -> Welcome:
        return await self._client.call("GET", "/welcome", Welcome)

    async def pull(self, cursor: str | None) -> Page:
        known = self._seen.etag if cursor and cursor == self._seen.cursor else ""
        answer = await self._client.send(
            "GET",
            "/changes",
            query=(("cursor", cursor),) if cursor else (),
            headers={"If-None-Match": known} if known else {},
            accepted=_UNCHANGED if known else frozenset(),
        )
        if answer.status == 304 and cursor:
            return Page(changes=(), cursor=cursor, more=False)
        page = mapping.page_of(answer)
        self._seen = _Seen() if page.more else _Seen(page.cursor, mapping.etag_of(answer))
        return page

    async def push(self, command: Command) -> Receipt:
        answer = await self._client.send(
            "POST",
            "/commands",
            mapping.command_sent(command),
            headers={wire.IDEMPOTENCY_KEY: command.id},
            repeatable=False,
        )
        return mapping.decoded(answer, Receipt)

    async def uploaded_bytes(self, file: FileRef) -> int:
        answer = await self._client.send("POST", "/uploads", mapping.upload_begun(file))
        self._begun.add(file)
        return self._reached(answer, file)

    async def upload(self, file: FileRef, offset: int, chunk: bytes) -> int:
        if file not in self._begun:
            await self.uploaded_bytes(file)
        try:
            answer = await self._client.send(
                "PATCH",
                f"/uploads/{quote(file.sha256, safe='')}",
                chunk,
                headers=mapping.chunk_headers(offset, chunk),
                accepted=_OTHER_OFFSET,
            )
        except NotFound as error:  # it lay too long and was swept away: the next question begins it anew
            self._begun.discard(file)
            raise ProtocolViolation from error
        return self._reached(answer, file)

    def _reached(self, answer: Answer, file: FileRef) -> int:
        offset = mapping.upload_offset(answer, file)
        if offset == file.size_bytes:
            self._begun.discard(file)
        return offset

    async def download(self, attachment_id: str, offset: int = 0) -> AsyncIterator[bytes]:
        async for piece in self._client.download(attachment_id, offset):
            yield piece

    async def wait_for_change(self) -> None:
        if not self._client.token:
            raise SessionExpired
        await self._events.wait()

    @property
    def announces(self) -> bool:
        """Whether the server's stream of events is open."""
        return self._events.listening

    async def close(self) -> None:
        await self._events.close()
        await self._client.close()

    def _use(self, token: str) -> None:
        """What was seen with another session is not what this one sees."""
        if token != self._client.token:
            self._events.renew()
            self._client.token = token
            self._seen = _Seen()
            self._begun.clear()
