"""Quiet work: files nobody needs, bits that flipped."""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from supportdesk.clock import now
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.entities import KeyKind, LicenseKey, Person
from supportdesk.domain.errors import StoreError
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.store import Store
from supportdesk.sync.upkeep import Upkeep
from tests.support.facts import ACCOUNT, draft, message, publication, ticket


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "data")
    store.write(lambda writer: writer.put_account(ACCOUNT)).result()
    facts = (
        ticket("t1"),
        message("m1", "t1"),
        publication("a1"),
        Person("p1", "Jana", "practice"),
        LicenseKey("k1", KeyKind.LICENSE, "Suite", "AAAA"),
    )
    page = Page(tuple(Upsert(fact) for fact in facts), "7", more=False)
    store.write(lambda writer: writer.apply(ACCOUNT.id, page)).result()
    yield store
    store.close()


def kept(store: Store) -> bool:
    return store.read(lambda reader: reader.cursor(ACCOUNT.id)).result() == "7"


def upkeep(store: Store) -> Upkeep:
    return Upkeep(store, Blobs(store.folder), first_after_s=0, every_s=0.01)


def test_a_healthy_store_is_left_alone(store: Store) -> None:
    """Every kind of row passes the check."""
    assert asyncio.run(upkeep(store).once(pause_s=0)) == 0
    assert kept(store)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE ticket SET fact = replace(fact, 'Printer', 'Prinder')",
        "UPDATE ticket SET subject = 'Prinder'",
        "UPDATE ticket SET stage = 3",
        "UPDATE ticket SET account = 99",
        "UPDATE ticket SET fact = 17",
        "UPDATE part SET at = at + 1",
        "UPDATE part SET fact = x'00', seal = x'00'",
        "UPDATE publication SET read = 1",
        "UPDATE thing SET name = 'x' WHERE kind = 'license_key'",
        "UPDATE thing SET seal = x'00' WHERE kind = 'person'",
    ],
)
def test_what_sqlite_does_not_see_is_found(store: Store, damage: str) -> None:
    """Facts and everything derived from them; the replica is set aside and begun anew."""
    store.write(lambda writer: writer._db.execute(damage).rowcount).result()
    assert asyncio.run(upkeep(store).once(pause_s=0)) >= 1
    assert not kept(store)
    assert len(store.events) == 1


def test_orphaned_files_are_swept(store: Store) -> None:
    """What a draft needs stays, however old."""
    blobs = Blobs(store.folder)
    needed, orphan = blobs.put_bytes(b"1", "a", "x/y"), blobs.put_bytes(b"2", "b", "x/y")
    store.write(lambda writer: writer.save_draft(draft(files=(needed,)))).result()
    for file in (needed, orphan):
        os.utime(blobs.path(file), (time.time() - 90_000,) * 2)
    asyncio.run(upkeep(store).once(pause_s=0))
    assert (blobs.has(needed), blobs.has(orphan)) == (True, False)


def test_it_goes_on_after_a_failure(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A day when the disk did not answer is not the last one."""
    work, done = upkeep(store), []

    async def once(*, pause_s: float = 0) -> int:
        done.append(now())
        if len(done) == 1:
            raise StoreError("the disk did not answer")
        if len(done) == 3:
            raise KeyboardInterrupt
        return 0

    monkeypatch.setattr(work, "once", once)
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(work.run())
    assert len(done) == 3
    assert "did not answer" in caplog.text
