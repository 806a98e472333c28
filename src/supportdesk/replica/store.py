"""The two databases behind two lanes: one that writes, one that reads."""

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import msgspec

from supportdesk.clock import now
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.errors import StoreDamaged, StoreError
from supportdesk.i18n import _
from supportdesk.lanes import Lane, LaneClosed
from supportdesk.replica.blobs import Blobs, sync_folder
from supportdesk.replica.connections import (
    connect_reader,
    connect_single,
    connect_writer,
    store_errors,
)
from supportdesk.replica.reader import Reader
from supportdesk.replica.readlane import ReadLane
from supportdesk.replica.recovery import OutboxFile, back_up, damage_or_raise, set_aside
from supportdesk.replica.schema import REPLICA_STEPS, migrate, version
from supportdesk.replica.words import Words
from supportdesk.replica.writer import Writer

T = TypeVar("T")
Listener = Callable[[ChangeSet], None]

_log = logging.getLogger(__name__)
_BACKUP_DELAY_S = 20.0
_PRECIOUS = frozenset({"draft", "outbox", "account"})


class Store:
    """Any thread may call its methods; jobs run on the lanes."""

    def __init__(self, folder: Path, events: list[str], outbox_synchronous: str) -> None:
        """Use `Store.open`."""
        self.folder = folder
        self.events = events
        self._outbox_synchronous = outbox_synchronous
        self._blobs = Blobs(folder)
        self._listeners: list[Listener] = []
        self._backup_timer: threading.Timer | None = None
        self._connection = self._connect()
        self._words = Words(self._connection)
        self._writing = Lane("write")
        self._reading = ReadLane(self._connect_reader, self._heal_later)

    @classmethod
    def open(cls, folder: Path, *, outbox_synchronous: str = "FULL") -> "Store":
        """Creates, repairs and migrates; blocks, so never on the GUI thread. Raises StoreError and its kin.

        `outbox_synchronous` exists for the proof that anything less than FULL loses commits.
        """
        with store_errors():
            folder.mkdir(parents=True, exist_ok=True)
            outbox = OutboxFile(folder)
            outbox.prepare()
            sync_folder(folder)  # SQLite syncs its logs' names, but not those of the databases
            events = outbox.events + prepare_replica(folder)
            sync_folder(folder.parent)
            store = cls(folder, events, outbox_synchronous)
        store.write(_start_up).result()
        if events:
            store._writing.submit(store._back_up).result()
        return store

    def write(self, job: Callable[[Writer], T], origin: str = "") -> Future[T]:
        """Runs `job` in one transaction; its changes are published after the commit."""
        return self._writing.submit(lambda: self._transact(job, origin))

    def read(self, job: Callable[[Reader], T]) -> Future[T]:
        """Cancelling the future stops the query even while it runs; `result()` then raises CancelledError."""
        return self._reading.submit(job)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """`listener` is called on the write lane's thread; returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def rebuild_replica(self) -> Future[None]:
        """Sets the replica aside and begins an empty one; the engine then pulls everything anew."""
        return self._writing.submit(self._rebuild_replica)

    def close(self) -> None:
        """Finishes what was accepted and stops reading. Harmless when repeated."""
        self._reading.close()
        with contextlib.suppress(LaneClosed):  # closed before
            self._writing.submit(self._shut)
        self._writing.close()

    # write lane

    def _connect(self) -> sqlite3.Connection:
        return connect_writer(
            self.folder / "replica.db", self.folder / "outbox.db", outbox_synchronous=self._outbox_synchronous
        )

    def _connect_reader(self) -> sqlite3.Connection:
        return connect_reader(self.folder / "replica.db", self.folder / "outbox.db")

    def _transact(self, job: Callable[[Writer], T], origin: str) -> T:
        try:
            return self._attempt(job, origin)
        except StoreDamaged:
            self._heal()
            return self._attempt(job, origin)

    def _attempt(self, job: Callable[[Writer], T], origin: str) -> T:
        writer = Writer(self._connection, self._words, now(), self._blobs.has)
        try:
            with store_errors(), self._transaction():
                result = job(writer)
                writer.finish()
        except msgspec.DecodeError as error:
            raise StoreDamaged from error
        self._publish(writer.change_sets(origin))
        return result

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._words.forget()
            if self._connection.in_transaction:  # a full disk may have ended it already
                self._connection.execute("ROLLBACK")
            raise

    def _publish(self, changes: list[ChangeSet]) -> None:
        for change in changes:
            if change.touches(*_PRECIOUS):
                self._plan_backup()
            for listener in tuple(self._listeners):
                try:
                    listener(change)
                except Exception:  # noqa: BLE001 the write is done; a listener must not undo the lane
                    _log.exception("a listener failed")

    def _plan_backup(self) -> None:
        if self._backup_timer is None:
            self._backup_timer = threading.Timer(_BACKUP_DELAY_S, self._backup_soon)
            self._backup_timer.daemon = True
            self._backup_timer.start()

    def _backup_soon(self) -> None:
        with contextlib.suppress(LaneClosed):  # closed in the meantime, which has its own backup
            self._writing.submit(self._back_up)

    def _back_up(self) -> None:
        self._backup_timer = None
        try:
            with store_errors():
                back_up(self._connection, self.folder)
        except StoreError:
            _log.exception("the backup of the outbox failed")

    def _shut(self) -> None:
        if self._backup_timer is not None:
            self._backup_timer.cancel()
            self._backup_timer.join()
            self._back_up()
        self._connection.close()

    # damage

    def _heal_later(self) -> None:
        self._writing.submit(self._heal)

    def _heal(self) -> None:
        """Write lane: finds out which database is damaged and replaces it."""
        with self._replacing():
            outbox = OutboxFile(self.folder)
            outbox.prepare()
            repairs = outbox.events + prepare_replica(self.folder, thorough=True)
            self.events += repairs or self._empty_replica()

    def _rebuild_replica(self) -> None:
        with self._replacing():
            self.events += self._empty_replica()

    def _empty_replica(self) -> list[str]:
        aside = _set_replica_aside(self.folder, _("it contained damaged entries"))
        prepare_replica(self.folder)
        return [aside]

    @contextlib.contextmanager
    def _replacing(self) -> Iterator[None]:
        """Readers wait and no connection is open inside."""
        self._reading.pause()
        try:
            self._connection.close()
            with store_errors():
                yield
                self._connection = self._connect()
                self._words = Words(self._connection)
        finally:
            self._reading.go_on()
        self._attempt(_start_up, "")


def prepare_replica(folder: Path, *, thorough: bool = False) -> list[str]:
    """Creates, migrates or replaces `replica.db`; `thorough` looks at every page. Returns repairs."""
    path = folder / "replica.db"
    events = []
    if path.exists() and (problem := _problem(path, thorough=thorough)):
        events.append(_set_replica_aside(folder, problem))
    connection = connect_single(path, synchronous="NORMAL")
    try:
        migrate(connection, REPLICA_STEPS)
    finally:
        connection.close()
    return events


def _problem(path: Path, *, thorough: bool) -> str:
    try:
        connection = connect_single(path, synchronous="NORMAL")
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return damage_or_raise(error)
    try:
        if version(connection) > len(REPLICA_STEPS):
            return _("it was made by a newer version")
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            connection.execute(f'SELECT * FROM "{table}" LIMIT 1').fetchone()  # noqa: S608 a table of this database
        if thorough:
            (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            return "" if answer == "ok" else str(answer)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return damage_or_raise(error)
    finally:
        connection.close()
    return ""


def _set_replica_aside(folder: Path, problem: str) -> str:
    aside = set_aside(folder, "replica.db")
    return _("The local copy of the tickets was set aside as {name} and is fetched anew: {problem}.").format(
        name=aside.name, problem=problem
    )


def _start_up(writer: Writer) -> None:
    writer.start_up()
