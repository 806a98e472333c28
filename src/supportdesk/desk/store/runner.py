"""The threads of one desk: jobs are handed in from anywhere and get a connection.

SQLAlchemy is imported on these threads only, so that a program with a window can have one from its start.
"""

import contextvars
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from supportdesk.desk.store import durable
from supportdesk.desk.store.address import Address
from supportdesk.desk.store.files import Files
from supportdesk.lanes import Lane

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from supportdesk.desk.store.database import DeskConnection
    from supportdesk.desk.store.engines import Engines

T = TypeVar("T")

Furnish = Callable[["DeskConnection", Files], None]

_READERS = 4
_WRITERS = 2


class Runner:
    """Runs jobs on the desk's threads; where it cannot be opened, each of them fails with BackendError.

    Jobs run in the context (the language) of who hands them in. Of a SQLite database one runner at a time
    has the writing: a second one, in whichever process, cannot be opened.
    """

    def __init__(
        self,
        address: Address,
        files: Files,
        *,
        name: str = "desk",
        readers: int = _READERS,
        furnish: Furnish | None = None,
        after: Future[None] | None = None,
    ) -> None:
        """Returns at once. Opening begins when `after` is done and ends with `furnish`."""
        self._address = address
        self._name = name
        self._readers = readers
        self._writers = 1 if isinstance(address, Path) else _WRITERS
        self._files = files
        self._ending = threading.Event()
        self._ended: Future[None] = Future()
        self._read = Lane(f"{name}-read", self._readers)
        self._write = Lane(f"{name}-write", self._writers)
        self._contents = Lane(f"{name}-files", files.whole.at_once)
        self.opened: Future[Engines] = self._write.submit(lambda: self._open(furnish, after))

    def read(self, job: "Callable[[DeskConnection], T]") -> Future[T]:
        """`job` writes nothing. It may be repeated."""
        return self._submit(self._read, lambda: self._tried(job, writes=False))

    def write(self, job: "Callable[[DeskConnection], T]") -> Future[T]:
        """`job` is repeated only while none of its transactions has been committed."""
        return self._submit(self._write, lambda: self._tried(job, writes=True))

    def contents(self, job: Callable[[Files], T]) -> Future[T]:
        return self._submit(self._contents, lambda: self._with_files(job))

    def end(self) -> Future[None]:
        """Takes no more jobs and returns at once; done when those it has are done and all is closed."""
        if not self._ending.is_set():
            self._ending.set()
            for lane in self._lanes():
                lane.close(timeout_s=0)  # it ends behind what it has accepted, even when nobody waits for it
            threading.Thread(target=self._finish, name=f"end-of-{self._name}", daemon=True).start()
        return self._ended

    def _finish(self) -> None:
        for lane in self._lanes():
            lane.close(timeout_s=None)
        try:
            if self.opened.exception() is None:
                self.opened.result().close()
        finally:
            self._ended.set_result(None)

    def _lanes(self) -> tuple[Lane, ...]:
        return self._contents, self._read, self._write

    def _submit(self, lane: Lane, job: Callable[[], T]) -> Future[T]:
        context = contextvars.copy_context()
        return lane.submit(lambda: context.run(job))

    def _open(self, furnish: Furnish | None, after: Future[None] | None) -> "Engines":
        if after is not None:
            wait([after])
        with _errors_of_disk():
            from supportdesk.desk.store import database

            self._files.whole.check()
            engines = database.held(self._address, readers=self._readers, writers=self._writers)
            try:
                if furnish is not None:
                    self._attempt(engines.writer, lambda connection: furnish(connection, self._files))
            except BaseException:
                engines.close()
                raise
            return engines

    def _tried(self, job: "Callable[[DeskConnection], T]", *, writes: bool) -> T:
        engines = self.opened.result()
        with _errors_of_disk():
            return self._attempt(engines.writer if writes else engines.reader, job)

    def _attempt(self, engine: "Engine", job: "Callable[[DeskConnection], T]") -> T:
        from supportdesk.desk.store.attempts import attempt

        return attempt(engine, job, pause=self._ending.wait)

    def _with_files(self, job: Callable[[Files], T]) -> T:
        self.opened.result()
        with _errors_of_disk():
            return job(self._files)


@contextmanager
def _errors_of_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:  # the disk is full or gone: it is tried again later
        failure = durable.cannot_save()
        failure.add_note(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        raise failure from error
