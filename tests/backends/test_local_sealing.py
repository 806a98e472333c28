"""The embedded desk seals what was signed beside its other work."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from supportdesk.backends.contract.tools import Person, scenario, signed_in
from supportdesk.clock import now
from supportdesk.desk.conversations import sealing
from supportdesk.desk.conversations.sealing import Sealed, Signed
from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.store.files import Files
from supportdesk.domain.commands import SignDocument
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import Attachment, Document
from supportdesk.domain.errors import DocumentDamaged
from tests.support.desk import LocalWorld, local_world
from tests.support.pdfs import ANSWERS, png

_failed = sealing.failed
PAPER = b"%PDF sealed"


class Press:
    """Makes seals at once, when it works."""

    def __init__(self) -> None:
        self.works = True
        self.failures = threading.Semaphore(0)
        """One for each that was noted."""

    def seal(self, _signed: Signed, files: Files) -> Sealed:
        if not self.works:
            raise DocumentDamaged
        return Sealed(files.keep(PAPER), len(PAPER))

    def failed(self, connection: DeskConnection, signed: Signed, error: Exception, moment: datetime) -> None:
        _failed(connection, signed, error, moment)
        self.failures.release()


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    made = Press()
    monkeypatch.setattr(sealing, "seal", made.seal)
    monkeypatch.setattr(sealing, "failed", made.failed)
    return made


@pytest.fixture
def world(tmp_path: Path) -> Iterator[LocalWorld]:
    with local_world(tmp_path / "desk") as world:
        yield world


async def _signed(world: LocalWorld, jana: Person) -> str:
    id = await world.ask_to_sign("Offer")
    mirror = await jana.sees()
    (file,) = (each for each in mirror.all(Attachment) if each.conversation_id == id)
    mark = msgspec.structs.replace(await jana.upload(png(60, 20), "s.png"), media_type="image/png")
    await jana.do(SignDocument(id, file.sha256, ANSWERS, mark))
    return id


async def _document(jana: Person, id: str) -> Document:
    found = (await jana.sees()).facts["document", id]
    assert isinstance(found, Document)
    return found


async def _sealed(jana: Person, id: str) -> bytes:
    """As an app that listens gets it."""
    async with asyncio.timeout(30):
        while not (document := await _document(jana, id)).signed_file_id:
            await jana.backend.wait_for_change()
    assert document.state is DocumentState.SIGNED
    return await jana.download(document.signed_file_id)


class TestSealing:
    @scenario
    async def test_whoever_listens_hears_of_it(self, world: LocalWorld, press: Press) -> None:
        """Nobody has to ask twice."""
        async with signed_in(world, world.customer) as jana:
            assert await _sealed(jana, await _signed(world, jana)) == PAPER

    @scenario
    async def test_what_failed_is_done_after_a_pause(self, world: LocalWorld, press: Press) -> None:
        """Without anybody doing anything at the desk."""
        press.works = False
        async with signed_in(world, world.customer) as jana:
            id = await _signed(world, jana)
            assert await asyncio.to_thread(press.failures.acquire, timeout=60)
            press.works = True
            world.desk.clock = lambda: now() + timedelta(days=1)
            assert await _sealed(jana, id) == PAPER

    def test_what_waits_when_the_desk_closes_is_done_at_its_opening(
        self, tmp_path: Path, press: Press
    ) -> None:
        """Two people signed."""
        press.works = False
        with local_world(tmp_path / "desk") as world:
            ids = asyncio.run(_two_sign(world, press))
        press.works = True
        with local_world(tmp_path / "desk") as world:
            world.desk.clock = lambda: now() + timedelta(days=1)
            assert asyncio.run(_both_sealed(world, ids)) == [PAPER, PAPER]


async def _two_sign(world: LocalWorld, press: Press) -> list[str]:
    async with signed_in(world, world.customer) as jana:
        ids = [await _signed(world, jana) for _each in range(2)]
        for _each in ids:
            assert await asyncio.to_thread(press.failures.acquire, timeout=60)
        return ids


async def _both_sealed(world: LocalWorld, ids: list[str]) -> list[bytes]:
    async with signed_in(world, world.customer) as jana:
        return [await _sealed(jana, id) for id in ids]
