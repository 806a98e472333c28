"""The backend of a `FakeDesk`, with failures on order."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from typing import NamedTuple

from supportdesk.domain.account import AccountAnswer, AnyAccountRequest, Door
from supportdesk.domain.changes import Page
from supportdesk.domain.commands import Command, FileRef, Receipt
from supportdesk.domain.entities import Person
from supportdesk.domain.errors import AuthenticationFailed, SessionExpired
from supportdesk.domain.session import Session, Welcome
from tests.support.fake_desk import FakeDesk

_BLOCK_BYTES = 700


class Fault(NamedTuple):
    error: Exception
    after: bool = False
    """True: the desk has done it already when the error comes."""


class FakeBackend:
    """`faults` are used up in order, by method name; `gates` hold a method until they are set."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.gates: dict[str, asyncio.Event] = {}
        self.calls: list[str] = []
        self.closed = False
        self._token = ""
        self._seen = -1

    def fail(self, method: str, *errors: Exception, after: bool = False) -> None:
        self.faults[method] += [Fault(error, after) for error in errors]

    async def sign_in(self, user: str, password: str) -> Session:
        fault = await self._begin("sign_in")
        known, person_id = self.desk.passwords.get(user.strip().casefold(), ("", ""))
        if not person_id or known != password or not self.desk.people[person_id].active:
            raise AuthenticationFailed
        self._token = self.desk.accounts.open(person_id).token
        _end(fault)
        return Session(user, self._token)

    async def resume(self, session: Session) -> None:
        self._token = session.token

    async def sign_out(self) -> None:
        _end(await self._begin("sign_out"))
        self.desk.tokens.pop(self._token, None)
        self._token = ""

    async def door(self) -> Door:
        _end(await self._begin("door"))
        return self.desk.accounts.door

    async def ask(self, request: AnyAccountRequest) -> AccountAnswer:
        fault = await self._begin("ask")
        answer = self.desk.accounts.answer(self._token, request)
        if isinstance(answer, Session):
            self._token = answer.token
        await self.desk.tell()
        _end(fault)
        return answer

    async def welcome(self) -> Welcome:
        fault = await self._begin("welcome")
        me = self._me()
        _end(fault)
        organisation = self.desk.organisations[me.organisation_id]
        return Welcome(me, organisation, self.desk.capabilities(me.role), self.desk.catalogue())

    async def pull(self, cursor: str | None) -> Page:
        fault = await self._begin("pull")
        self._seen = self.desk.version
        page = self.desk.pull(self._me(), cursor)
        _end(fault)
        return page

    async def push(self, command: Command) -> Receipt:
        fault = await self._begin("push")
        receipt = self.desk.push(self._me(), command)
        await self.desk.tell()
        _end(fault)
        return receipt

    async def uploaded_bytes(self, file: FileRef) -> int:
        fault = await self._begin("uploaded_bytes")
        arrived = self.desk.arrived(self._me(), file)
        _end(fault)
        return arrived

    async def upload(self, file: FileRef, offset: int, chunk: bytes) -> int:
        fault = await self._begin("upload")
        arrived = self.desk.append(self._me(), file, offset, chunk)
        _end(fault)
        return arrived

    async def download(self, attachment_id: str, offset: int = 0) -> AsyncIterator[bytes]:
        fault = await self._begin("download")
        content = self.desk.content(self._me(), attachment_id)
        for at in range(offset, len(content), _BLOCK_BYTES):
            yield content[at : at + _BLOCK_BYTES]
            _end(fault)

    async def wait_for_change(self) -> None:
        async with self.desk.news:
            await self.desk.news.wait_for(lambda: self.desk.version > self._seen)

    async def close(self) -> None:
        self.closed = True

    async def _begin(self, method: str) -> Fault | None:
        self.calls.append(method)
        if gate := self.gates.get(method):
            await gate.wait()
        waiting = self.faults[method]
        fault = waiting.popleft() if waiting else None
        if fault is not None and not fault.after:
            raise fault.error
        return fault

    def _me(self) -> Person:
        person_id = self.desk.tokens.get(self._token)
        if person_id is None:
            raise SessionExpired
        return self.desk.people[person_id]


def _end(fault: Fault | None) -> None:
    if fault is not None:
        raise fault.error
