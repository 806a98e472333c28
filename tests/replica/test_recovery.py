"""Damaged databases: found, set aside, recovered, reported. `chaos damage` does this by the hundred."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from supportdesk.clock import now
from supportdesk.domain.commands import CreateTicket
from supportdesk.domain.errors import StoreDamaged, StoreError
from supportdesk.domain.projections import OutboxState
from supportdesk.replica.schema import OUTBOX_STEPS, migrate, version
from supportdesk.replica.store import Store
from tests.support.facts import ACCOUNT, draft, give, send, ticket

REPORT = CreateTicket("Printer", "It is on fire.")


def reopened(folder: Path) -> Store:
    return Store.open(folder)


def change(path: Path, sql: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql, values)
    connection.close()


def test_a_flipped_byte_in_a_draft_is_found_and_mended(store: Store, folder: Path) -> None:
    """SQLite sees nothing wrong with it; the seal does, and the backup has the entry whole."""
    begun, made = draft(), send(store, REPORT)
    store.write(lambda writer: writer.save_draft(begun)).result()
    store.close()
    change(folder / "outbox.db", "UPDATE draft SET body = replace(body, 'Begun', 'Behun')")
    again = reopened(folder)
    try:
        assert again.read(lambda reader: reader.draft(begun.id)).result() == begun
        assert again.read(lambda reader: reader.command(made.id)).result().state == OutboxState.QUEUED
        assert len(again.events) == 1
        assert list((folder / "quarantine").glob("outbox-*/outbox.db"))
    finally:
        again.close()


def test_what_only_the_backup_knows_counts_as_interrupted(store: Store, folder: Path) -> None:
    """A command may have been sent since the backup: it is repeated with its id, or looked up first."""
    made = send(store, REPORT)
    store.close()
    (folder / "outbox.db").write_bytes(random.Random(1).randbytes(20_000))
    again = reopened(folder)
    try:
        assert again.read(lambda reader: reader.command(made.id)).result().state == OutboxState.SENDING
        assert again.read(lambda reader: reader.accounts()).result() == (ACCOUNT,)
    finally:
        again.close()


def test_what_cannot_be_recovered_is_named(store: Store, folder: Path) -> None:
    """Without a backup the damaged entry is reported and kept in quarantine; the others are kept."""
    lost, kept = draft(), draft()
    for each in (lost, kept):
        store.write(lambda writer, d=each: writer.save_draft(d)).result()  # type: ignore[misc]
    store.close()
    (folder / "outbox.backup.db").unlink()
    change(folder / "outbox.db", "UPDATE draft SET body = x'00' WHERE id = ?", lost.id)
    again = reopened(folder)
    try:
        assert [each.id for each in again.read(lambda reader: reader.drafts(None)).result()] == [kept.id]
        assert any(lost.id in line for line in again.events)
    finally:
        again.close()


def test_a_missing_outbox_comes_back_from_the_backup(store: Store, folder: Path) -> None:
    """Somebody or something removed the file."""
    begun = draft()
    store.write(lambda writer: writer.save_draft(begun)).result()
    store.close()
    (folder / "outbox.db").unlink()
    again = reopened(folder)
    try:
        assert again.read(lambda reader: reader.drafts(None)).result() == (begun,)
        assert len(again.events) == 1
    finally:
        again.close()


def test_a_crash_in_the_middle_of_the_repair_is_finished(store: Store, folder: Path) -> None:
    """The rebuilt database takes its place at the next start, without the old log."""
    begun = draft()
    store.write(lambda writer: writer.save_draft(begun)).result()
    store.close()
    (folder / "outbox.db").rename(folder / "outbox.rebuilt.db")
    (folder / "outbox.db-wal").write_bytes(b"old log")
    again = reopened(folder)
    try:
        assert again.read(lambda reader: reader.drafts(None)).result() == (begun,)
        assert again.events == []
    finally:
        again.close()


def test_an_older_outbox_is_brought_forward(folder: Path) -> None:
    """A file from before the first step is migrated; nothing is reported."""
    folder.mkdir(parents=True)
    sqlite3.connect(folder / "outbox.db").close()
    store = reopened(folder)
    try:
        assert store.events == []
        assert store.read(lambda reader: reader.drafts(None)).result() == ()
    finally:
        store.close()


def test_a_newer_outbox_is_not_touched(store: Store, folder: Path) -> None:
    """What a later version wrote is precious: refused with words, not rebuilt."""
    store.close()
    change(folder / "outbox.db", f"PRAGMA user_version = {len(OUTBOX_STEPS) + 1}")
    before = (folder / "outbox.db").read_bytes()
    with pytest.raises(StoreError, match="newer"):
        reopened(folder)
    assert (folder / "outbox.db").read_bytes() == before


def test_a_damaged_replica_is_set_aside_and_begun_anew(store: Store, folder: Path) -> None:
    """Its facts come again from the backend; the accounts are known."""
    give(store, [ticket("t1")])
    store.close()
    for damage in (b"no database at all" * 300, None):
        if damage is None:
            change(folder / "replica.db", "PRAGMA user_version = 999")
        else:
            (folder / "replica.db").write_bytes(damage)
        again = reopened(folder)
        try:
            assert len(again.events) == 1
            assert again.read(lambda reader: reader.cursor(ACCOUNT.id)).result() is None
        finally:
            again.close()
    assert len(list((folder / "quarantine").glob("replica-*"))) == 2


def test_a_flipped_letter_in_the_schema_counts_as_damage(store: Store, folder: Path) -> None:
    """SQLite only says that a column is missing; the replica is begun anew as after any other damage."""
    give(store, [ticket("t1")])
    store.close()
    change(folder / "replica.db", "ALTER TABLE thing RENAME COLUMN seal TO sfal")
    again = reopened(folder)
    try:
        with pytest.raises(StoreDamaged):
            again.read(lambda reader: reader.audit((3, 0), 10)).result()
        assert again.write(lambda _writer: None).result() is None  # behind the repair
        assert again.events
        assert again.read(lambda reader: reader.cursor(ACCOUNT.id)).result() is None
    finally:
        again.close()


def test_damage_met_while_running_is_mended_while_running(store: Store, folder: Path) -> None:
    """A write that meets a broken page works on a fresh replica; reading goes on too."""
    give(store, [ticket(f"t{number}", "Printer" * 9) for number in range(300)])
    begun = draft()
    store.write(lambda writer: writer.save_draft(begun)).result()
    store.write(lambda writer: writer._db.execute("PRAGMA main.wal_checkpoint(TRUNCATE)").fetchall()).result()
    content = bytearray((folder / "replica.db").read_bytes())
    content[4096:] = random.Random(2).randbytes(len(content) - 4096)
    (folder / "replica.db").write_bytes(content)
    store.write(lambda writer: writer._db.execute("PRAGMA shrink_memory")).result()
    give(store, [ticket("t900")])
    assert store.events
    assert store.read(lambda reader: reader.drafts(None)).result() == (begun,)
    assert store.read(lambda reader: reader.ticket(ACCOUNT.id, "t900")).result().row.id == "t900"


def test_the_replica_can_be_rebuilt_at_any_time(store: Store) -> None:
    """Afterwards it is empty and usable, and projections of what waits still work."""
    give(store, [ticket("t1")])
    made = send(store, REPORT)
    store.rebuild_replica().result()
    assert store.read(lambda reader: reader.cursor(ACCOUNT.id)).result() is None
    assert [row.id for row in store.read(lambda reader: reader.local_rows(None)).result()] == [made.id]
    give(store, [ticket("t1")])


def test_old_copies_do_not_pile_up(store: Store, folder: Path) -> None:
    """Of each kind the newest five are kept."""
    for _each in range(8):
        store.rebuild_replica().result()
    assert len(list((folder / "quarantine").glob("replica-*"))) == 5


def test_every_step_leads_from_nothing_to_now() -> None:
    """Migrating twice changes nothing."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for _each in range(2):
            migrate(connection, OUTBOX_STEPS)
            assert version(connection) == len(OUTBOX_STEPS)
    finally:
        connection.close()


def test_a_copied_folder_works(store: Store, folder: Path, tmp_path: Path) -> None:
    """Moving the data folder to another place loses nothing."""
    begun = draft()
    store.write(lambda writer: writer.save_draft(begun)).result()
    store.close()
    shutil.copytree(folder, tmp_path / "copy")
    again = reopened(tmp_path / "copy")
    try:
        assert again.read(lambda reader: reader.drafts(None)).result() == (begun,)
        assert now() > begun.updated_at
    finally:
        again.close()
