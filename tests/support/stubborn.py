"""A caller that does not give up: tries again whatever may only be for now."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import TypeVar

from supportdesk.backends.base import Backend
from supportdesk.domain.account import AccountAnswer, AnyAccountRequest, Door
from supportdesk.domain.changes import Page
from supportdesk.domain.commands import Command, FileRef, Receipt
from supportdesk.domain.errors import BackendError
from supportdesk.domain.session import Session, Welcome

T = TypeVar("T")

_TRIES = 30


class StubbornBackend:
    """As the engine does, without its waits."""

    def __init__(self, inner: Backend) -> None:
        self.inner = inner

    async def sign_in(self, user: str, password: str) -> Session:
        return await _stubborn(lambda: self.inner.sign_in(user, password))

    async def resume(self, session: Session) -> None:
        await self.inner.resume(session)

    async def sign_out(self) -> None:
        await _stubborn(self.inner.sign_out)

    async def door(self) -> Door:
        return await _stubborn(self.inner.door)

    async def ask(self, request: AnyAccountRequest) -> AccountAnswer:
        """Once: somebody waits for the answer, and not everything may be asked twice."""
        return await self.inner.ask(request)

    async def welcome(self) -> Welcome:
        return await _stubborn(self.inner.welcome)

    async def pull(self, cursor: str | None) -> Page:
        return await _stubborn(lambda: self.inner.pull(cursor))

    async def push(self, command: Command) -> Receipt:
        return await _stubborn(lambda: self.inner.push(command))

    async def uploaded_bytes(self, file: FileRef) -> int:
        return await _stubborn(lambda: self.inner.uploaded_bytes(file))

    async def upload(self, file: FileRef, offset: int, chunk: bytes) -> int:
        return await _stubborn(lambda: self.inner.upload(file, offset, chunk))

    async def download(self, attachment_id: str, offset: int = 0) -> AsyncIterator[bytes]:
        for tries_left in reversed(range(_TRIES)):
            stream = self.inner.download(attachment_id, offset)
            try:
                async for piece in stream:
                    offset += len(piece)
                    yield piece
            except BackendError:
                if not tries_left:
                    raise
            else:
                return
            finally:
                if isinstance(stream, AsyncGenerator):
                    await stream.aclose()

    async def wait_for_change(self) -> None:
        await self.inner.wait_for_change()

    async def close(self) -> None:
        await self.inner.close()


async def _stubborn(work: Callable[[], Awaitable[T]]) -> T:
    for _try in range(_TRIES - 1):
        try:
            return await work()
        except BackendError:
            await asyncio.sleep(0.01)
    return await work()
