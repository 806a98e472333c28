"""Read-only work in threads of its own, stopped in the middle when nobody wants the answer any more."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

import msgspec

from supportdesk.domain.errors import StoreDamaged
from supportdesk.lanes import Lane
from supportdesk.replica.connections import store_error
from supportdesk.replica.reader import Reader

T = TypeVar("T")
_THREADS = 2


class Slot:
    """One reading thread's connection and the job that uses it now."""

    def __init__(self) -> None:
        self.in_use = threading.Lock()
        self._guard = threading.Lock()
        self._job: object = None
        self.connection: sqlite3.Connection | None = None

    def begin(self, job: object) -> None:
        with self._guard:
            self._job = job

    def end(self) -> None:
        with self._guard:
            self._job = None

    def interrupt(self, job: object = None) -> None:
        """Stops `job`, or whatever runs; never a later job."""
        with self._guard:
            if self.connection is not None and self._job is not None and job in (None, self._job):
                self.connection.interrupt()

    def drop(self) -> None:
        """Closes the connection; the next job opens another. Call it while holding `in_use`."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class ReadFuture(Future[T]):
    """A result that can also be cancelled while the query runs; `result()` then raises CancelledError."""

    def __init__(self) -> None:
        super().__init__()
        self.unwanted = threading.Event()
        self.slot: Slot | None = None

    def cancel(self) -> bool:
        if super().cancel():
            return True
        if self.done():
            return False
        self.unwanted.set()
        if (slot := self.slot) is not None:
            slot.interrupt(self)
        return True


class ReadLane:
    def __init__(
        self, connect: Callable[[], sqlite3.Connection], damaged: Callable[[], None], threads: int = _THREADS
    ) -> None:
        """`damaged` is called, in the reading thread, when a query meets a broken page."""
        self._connect = connect
        self._damaged = damaged
        self._lane = Lane("read", threads)
        self._local = threading.local()
        self._slots: list[Slot] = []
        self._slots_guard = threading.Lock()

    def submit(self, job: Callable[[Reader], T]) -> Future[T]:
        future: ReadFuture[T] = ReadFuture()
        self._lane.submit(lambda: self._run(future, job))
        return future

    def pause(self) -> None:
        """Waits for what runs and closes all connections, until `go_on`; for replacing a database's file."""
        self._slots_guard.acquire()  # a thread that reads for the first time waits as well
        for slot in self._slots:
            slot.interrupt()
            slot.in_use.acquire()
            slot.drop()

    def go_on(self) -> None:
        """Once after each `pause`."""
        for slot in self._slots:
            slot.in_use.release()
        self._slots_guard.release()

    def close(self) -> None:
        for slot in tuple(self._slots):
            slot.interrupt()
        self._lane.close(timeout_s=1.0)
        for slot in tuple(self._slots):
            slot.drop()

    def _run(self, future: ReadFuture[T], job: Callable[[Reader], T]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        slot = self._slot()
        with slot.in_use:
            slot.begin(future)
            future.slot = slot
            try:
                result = self._read(slot, future, job)
            except BaseException as error:  # noqa: BLE001 the waiting side decides what it means
                future.set_exception(self._meaning(error, future))
            else:
                future.set_result(result)
            finally:
                slot.end()

    def _read(self, slot: Slot, future: ReadFuture[T], job: Callable[[Reader], T]) -> T:
        if slot.connection is None:
            slot.connection = self._connect()
        connection = slot.connection
        connection.execute("BEGIN")
        try:
            return job(Reader(connection, future.unwanted.is_set))
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def _meaning(self, error: BaseException, future: ReadFuture[Any]) -> BaseException:
        if future.unwanted.is_set():
            return CancelledError()
        if isinstance(error, sqlite3.Error | msgspec.DecodeError | UnicodeDecodeError):
            meaning = store_error(error) if isinstance(error, sqlite3.Error) else StoreDamaged()
            if meaning.code == "store_damaged":
                self._damaged()
            return meaning
        return error

    def _slot(self) -> Slot:
        slot: Slot | None = getattr(self._local, "slot", None)
        if slot is None:
            slot = self._local.slot = Slot()
            with self._slots_guard:
                self._slots.append(slot)
        return slot
