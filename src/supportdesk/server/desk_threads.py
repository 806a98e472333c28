"""A desk's database and files, on threads of their own, for callers on an event loop."""

import asyncio
import contextvars
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from supportdesk.desk import database
from supportdesk.desk.database import DeskConnection
from supportdesk.desk.files import Files
from supportdesk.domain.errors import BackendError
from supportdesk.i18n import _
from supportdesk.lanes import Lane

T = TypeVar("T")

_READERS = 4
_FILE_THREADS = 2


class DeskThreads:
    """One thread writes, a few read, each with its own connection. Jobs keep the caller's language."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._own = threading.local()
        self._connections: list[DeskConnection] = []
        self._writer = Lane(f"{name}-write")
        self._readers = Lane(f"{name}-read", threads=_READERS)
        self._contents = Lane(f"{name}-files", threads=_FILE_THREADS)
        self._files = Files(folder / "files")

    async def read(self, job: Callable[[DeskConnection], T]) -> T:
        return await self._on(self._readers, lambda: job(self._connection()))

    async def write(self, job: Callable[[DeskConnection], T]) -> T:
        return await self._on(self._writer, lambda: job(self._connection()))

    async def contents(self, job: Callable[[Files], T]) -> T:
        return await self._on(self._contents, lambda: job(self._files))

    async def close(self) -> None:
        """After what was begun is done."""
        for lane in (self._contents, self._readers, self._writer):
            await asyncio.to_thread(lane.close)
        for connection in self._connections:
            connection.close()

    async def _on(self, lane: Lane, job: Callable[[], T]) -> T:
        context = contextvars.copy_context()
        future: Future[T] = lane.submit(lambda: context.run(_errors_of_desk, job))
        return await asyncio.wrap_future(future)

    def _connection(self) -> DeskConnection:
        connection: DeskConnection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = database.opened(self._folder)
            self._connections.append(connection)
        return connection


def _errors_of_desk(job: Callable[[], T]) -> T:
    with _as_backend_error():
        return job()


@contextmanager
def _as_backend_error() -> Iterator[None]:
    try:
        yield
    except OSError as error:  # the disk is full or gone: clients try again later
        raise BackendError(_("The support desk cannot save at the moment.")) from error
