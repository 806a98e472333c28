"""The desk of one profile in this process, shared by all its accounts.

It has one thread with its one connection, where SQLAlchemy is first imported, and one for the contents of
files.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from supportdesk import resources
from supportdesk.clock import now
from supportdesk.domain.errors import BackendError
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.lanes import Lane

if TYPE_CHECKING:
    from supportdesk.desk.database import DeskConnection
    from supportdesk.desk.files import Files

T = TypeVar("T")

_PAGE_ROWS = 1_000
"""Changes in one answer to `pull`: some 20 ms of work."""

_Waiter = tuple[asyncio.AbstractEventLoop, asyncio.Event]


class EmbeddedDesk:
    """Jobs run on the desk's threads, in order; where the desk cannot be opened, each of them fails."""

    def __init__(self, profile: Profile, folder: Path, after: Future[None] | None = None) -> None:
        """Opens when `after` is done: an earlier desk on the same folder, which is just ending."""
        self._profile = profile
        self.folder = folder
        self._database = Lane(f"desk-{profile.id}")
        self._contents = Lane(f"desk-files-{profile.id}")
        self._waiters: set[_Waiter] = set()
        self._waiting = threading.Lock()
        self.clock: Callable[[], datetime] = now
        self.page_rows = _PAGE_ROWS
        self.version = 0
        """Grows with each piece of work that may have changed something."""
        self._opened = self._database.submit(lambda: self._open(after))

    def _open(self, after: Future[None] | None) -> "tuple[DeskConnection, Files]":
        if after is not None:
            wait([after])
        with _errors_of_backend():
            from supportdesk.desk import database, demo, settings
            from supportdesk.desk.demo_content import load_demo_content
            from supportdesk.desk.files import Files

            connection = database.opened(self.folder)
            files = Files(self.folder / "files")
            settings.keep(connection, settings.settings_of(self._profile))
            if resources.path("demo", self._profile.id).is_dir() and demo.is_empty(connection):
                content = load_demo_content(self._profile.id)
                demo.seed(connection, files, self._profile, content, self.clock().astimezone())
            return connection, files

    def database(self, job: "Callable[[DeskConnection], T]", *, changes: bool = False) -> Future[T]:
        """Runs `job` on the desk's thread; `changes` wakes those who wait for news when it is done."""

        def work() -> T:
            connection, _files = self._opened.result()
            with _errors_of_backend():
                result = job(connection)
            if changes:
                self._changed()
            return result

        return self._database.submit(work)

    def contents(self, job: "Callable[[Files], T]") -> Future[T]:
        """Runs `job` on the thread for files."""

        def work() -> T:
            _connection, files = self._opened.result()
            with _errors_of_backend():
                return job(files)

        return self._contents.submit(work)

    def _changed(self) -> None:
        with self._waiting:
            self.version += 1
            for loop, event in self._waiters:
                with suppress(RuntimeError):  # that loop has ended with its waiters
                    loop.call_soon_threadsafe(event.set)

    async def news_after(self, version: int) -> None:
        """Returns as soon as the desk is at a later version."""
        waiter = (asyncio.get_running_loop(), asyncio.Event())
        with self._waiting:
            if self.version > version:
                return
            self._waiters.add(waiter)
        try:
            await waiter[1].wait()
        finally:
            with self._waiting:
                self._waiters.discard(waiter)

    def end(self) -> Future[None]:
        """Takes no more work; done when what was begun is done and the files are closed. Returns at once."""
        contents = self._contents.submit(_nothing)
        ended = self._database.submit(lambda: self._disconnect(contents))
        for lane in (self._contents, self._database):
            lane.close(timeout_s=0)  # it ends behind what it has accepted, even when nobody waits for it
        return ended

    async def ended(self, end: Future[None]) -> None:
        """After `end`, with its threads gone too."""
        await asyncio.shield(asyncio.wrap_future(end))
        for lane in (self._contents, self._database):
            lane.close()

    def _disconnect(self, contents: Future[None]) -> None:
        wait([contents])
        if self._opened.exception() is None:
            self._opened.result()[0].close()


def _nothing() -> None:
    pass


@contextmanager
def _errors_of_backend() -> Iterator[None]:
    try:
        yield
    except OSError as error:  # the disk is full or gone: it is tried again, as with a server that is
        raise BackendError(_("The support desk cannot save at the moment.")) from error


class _Shelf:
    """The desks that are open, each as long as somebody has it. Any thread."""

    desks: ClassVar[dict[Path, tuple[EmbeddedDesk, int]]] = {}
    endings: ClassVar[dict[Path, Future[None]]] = {}
    """Of desks that nobody has any more: their files may still be open."""
    lock: ClassVar[threading.Lock] = threading.Lock()


def borrow(profile: Profile, folder: Path) -> EmbeddedDesk:
    """The desk whose data lie in `folder`. Returns at once; opening happens on the desk's thread."""
    place = folder.absolute()
    with _Shelf.lock:
        desk, users = _Shelf.desks.get(place) or (_after_the_last(profile, place), 0)
        _Shelf.desks[place] = desk, users + 1
        return desk


def _after_the_last(profile: Profile, place: Path) -> EmbeddedDesk:
    return EmbeddedDesk(profile, place, _Shelf.endings.pop(place, None))


async def give_back(desk: EmbeddedDesk) -> None:
    """The last one closes it."""
    with _Shelf.lock:
        _desk, users = _Shelf.desks.pop(desk.folder)
        if users > 1:
            _Shelf.desks[desk.folder] = desk, users - 1
            return
        end = _Shelf.endings[desk.folder] = desk.end()
    await desk.ended(end)


@contextmanager
def borrowed(profile: Profile, folder: Path) -> Iterator[EmbeddedDesk]:
    """The same desk for somebody without an event loop: the vendor's side in demos and tests."""
    desk = borrow(profile, folder)
    try:
        yield desk
    finally:
        asyncio.run(give_back(desk))
