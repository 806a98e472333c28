"""Backends that fail like a bad network, and two that break a promise on purpose."""

import random
from collections.abc import AsyncIterator

from msgspec.structs import replace

from supportdesk.backends.base import Backend
from supportdesk.clock import uuid7
from supportdesk.domain.account import AccountAnswer, AnyAccountRequest, Door
from supportdesk.domain.changes import Page
from supportdesk.domain.commands import Command, FileRef, Receipt
from supportdesk.domain.errors import BackendUnreachable, UnknownOutcome
from supportdesk.domain.session import Session, Welcome
from tests.chaos.practice import hesitate


class Wrapped:
    """Hands everything on; subclasses change one thing."""

    def __init__(self, inner: Backend) -> None:
        self.inner = inner

    async def sign_in(self, user: str, password: str) -> Session:
        return await self.inner.sign_in(user, password)

    async def resume(self, session: Session) -> None:
        await self.inner.resume(session)

    async def sign_out(self) -> None:
        await self.inner.sign_out()

    async def door(self) -> Door:
        return await self.inner.door()

    async def ask(self, request: AnyAccountRequest) -> AccountAnswer:
        return await self.inner.ask(request)

    async def welcome(self) -> Welcome:
        return await self.inner.welcome()

    async def pull(self, cursor: str | None) -> Page:
        return await self.inner.pull(cursor)

    async def push(self, command: Command) -> Receipt:
        return await self.inner.push(command)

    async def uploaded_bytes(self, file: FileRef) -> int:
        return await self.inner.uploaded_bytes(file)

    async def upload(self, file: FileRef, offset: int, chunk: bytes) -> int:
        return await self.inner.upload(file, offset, chunk)

    def download(self, attachment_id: str, offset: int = 0) -> AsyncIterator[bytes]:
        return self.inner.download(attachment_id, offset)

    async def wait_for_change(self) -> None:
        await self.inner.wait_for_change()

    async def close(self) -> None:
        await self.inner.close()


class BadNetwork(Wrapped):
    """Requests and answers get lost or come late; seldom enough that work goes on."""

    def __init__(self, inner: Backend, dice: random.Random, lost_answers: float = 0.08) -> None:
        """`lost_answers`: share of the commands that are taken without a word."""
        super().__init__(inner)
        self._dice = dice
        self._lost_answers = lost_answers

    async def push(self, command: Command) -> Receipt:
        if self._dice.random() < 0.03:
            raise BackendUnreachable
        await hesitate(self._dice, 0.004)
        receipt = await self.inner.push(command)
        await hesitate(self._dice, 0.004)
        if self._dice.random() < self._lost_answers:
            raise UnknownOutcome
        return receipt

    async def upload(self, file: FileRef, offset: int, chunk: bytes) -> int:
        if self._dice.random() < 0.05:
            raise UnknownOutcome
        return await self.inner.upload(file, offset, chunk[: self._dice.randint(1, len(chunk))])


class KeyMadeAnew(Wrapped):
    """Control: a client that makes the key anew for each attempt."""

    async def push(self, command: Command) -> Receipt:
        receipt = await self.inner.push(replace(command, id=uuid7()))
        return replace(receipt, command_id=command.id)
