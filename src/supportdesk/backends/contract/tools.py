"""How the contract's tests talk to a backend."""

import asyncio
import functools
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Concatenate, ParamSpec, TypeVar

import msgspec
import pytest

from supportdesk.backends.base import Backend
from supportdesk.backends.contract.world import Login, World
from supportdesk.clock import now, uuid7
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.changes import Gone, Page, Upsert
from supportdesk.domain.commands import AnyIntent, Command, FileRef, Receipt, encode_intent, payload_sha256
from supportdesk.domain.entities import (
    Attachment,
    ConversationEvent,
    Entity,
    Fact,
    Message,
    Publication,
    PublicationKind,
    Ticket,
    kind_of,
)

S = TypeVar("S")
P = ParamSpec("P")
F = TypeVar("F", bound=Fact)

_CHUNK_BYTES = 1000


def scenario(
    test: Callable[Concatenate[S, P], Awaitable[None]],
) -> Callable[Concatenate[S, P], None]:
    """Runs a coroutine test method in an event loop of its own."""

    @functools.wraps(test)
    def run(self: S, /, *arguments: P.args, **named: P.kwargs) -> None:
        async def whole() -> None:
            await test(self, *arguments, **named)

        asyncio.run(whole())

    return run


class Mirror:
    """Everything that one person's pulls have delivered, as a replica would hold it."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.facts: dict[tuple[str, str], Entity] = {}
        self.cursor: str | None = None

    async def pull(self) -> list[Upsert | Gone]:
        """To the end; returns what came."""
        page = await self.step()
        came = list(page.changes)
        while page.more:
            page = await self.step()
            came += page.changes
        return came

    async def step(self) -> Page:
        """One page."""
        page = await self.backend.pull(self.cursor)
        self.cursor = page.cursor
        for change in page.changes:
            self._apply(change)
        return page

    def _apply(self, change: Upsert | Gone) -> None:
        if isinstance(change, Upsert):
            self.facts[kind_of(change.entity), change.entity.id] = change.entity
        else:
            self.facts.pop((change.kind, change.id), None)

    def all(self, fact: type[F]) -> list[F]:
        return [each for each in self.facts.values() if isinstance(each, fact)]

    def ticket(self, ticket_id: str) -> Ticket:
        ticket = self.facts["ticket", ticket_id]
        assert isinstance(ticket, Ticket)
        return ticket

    def publication(self, id: str) -> Publication:
        publication = self.facts["publication", id]
        assert isinstance(publication, Publication)
        return publication

    def messages(self, ticket_id: str) -> list[Message]:
        """Oldest first."""
        found = [each for each in self.all(Message) if each.conversation_id == ticket_id]
        return sorted(found, key=lambda each: each.created_at)

    def attachments(self, ticket_id: str) -> list[Attachment]:
        return [each for each in self.all(Attachment) if each.conversation_id == ticket_id]

    def events(self, ticket_id: str) -> list[ConversationEvent]:
        """Oldest first."""
        found = [each for each in self.all(ConversationEvent) if each.conversation_id == ticket_id]
        return sorted(found, key=lambda each: each.created_at)

    def as_text(self) -> str:
        return msgspec.json.encode(list(self.facts.values())).decode()


class Person:
    """Somebody who is signed in, with their own connection and mirror."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.mirror = Mirror(backend)

    async def do(self, intent: AnyIntent) -> Receipt:
        return await self.backend.push(command(intent))

    async def sees(self) -> Mirror:
        """The mirror, brought up to date."""
        await self.mirror.pull()
        return self.mirror

    async def upload(self, content: bytes, name: str = "note.txt") -> FileRef:
        file = file_ref(content, name)
        offset = await self.backend.uploaded_bytes(file)
        while offset < file.size_bytes:
            offset = await self.backend.upload(file, offset, content[offset : offset + _CHUNK_BYTES])
        return file

    async def download(self, attachment_id: str, offset: int = 0) -> bytes:
        return b"".join([block async for block in self.backend.download(attachment_id, offset)])


@asynccontextmanager
async def connected(world: World) -> AsyncIterator[Backend]:
    backend = world.open()
    try:
        yield backend
    finally:
        await backend.close()


@asynccontextmanager
async def signed_in(world: World, login: Login | None) -> AsyncIterator[Person]:
    """Skips the test where the world has nobody of that kind."""
    if login is None:
        pytest.skip("there is nobody of this kind here")
    async with connected(world) as backend:
        await backend.sign_in(login.user, login.password)
        yield Person(backend)


async def require(person: Person, *capabilities: Capability) -> None:
    """Skips the test where the backend does not offer them."""
    offered = (await person.backend.welcome()).capabilities
    for capability in capabilities:
        if capability not in offered:
            pytest.skip(f"does not offer {capability}")


def command(intent: AnyIntent) -> Command:
    return Command(id=uuid7(), created_at=now(), intent=intent)


def hash_of(intent: AnyIntent) -> str:
    return payload_sha256(encode_intent(intent))


def file_ref(content: bytes, name: str = "note.txt") -> FileRef:
    digest = hashlib.sha256(content).hexdigest()
    return FileRef(name=name, sha256=digest, size_bytes=len(content), media_type="text/plain")


def publication(kind: PublicationKind, *, must_confirm: bool = False) -> Publication:
    return Publication(
        id=uuid7(),
        publication=kind,
        title="Opening hours",
        body="Closed on Friday.",
        published_at=now(),
        must_confirm=must_confirm,
        video="https://video.example/opening-hours",
    )


def same_error(one: Exception, other: Exception) -> bool:
    """Whether nobody could tell the two apart."""
    return _told(one) == _told(other)


def _told(error: Exception) -> Sequence[object]:
    return type(error), str(error), sorted((name, str(value)) for name, value in vars(error).items())
