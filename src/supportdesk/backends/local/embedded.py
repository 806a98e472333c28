"""The desk of one profile in this process, shared by all its accounts."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from supportdesk import i18n, resources
from supportdesk.clock import now
from supportdesk.desk.store.address import Address
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.runner import Runner
from supportdesk.domain.errors import BackendError
from supportdesk.domain.profile import Profile
from supportdesk.lanes import LaneClosed

if TYPE_CHECKING:
    from supportdesk.desk.conversations.sealing import Sealed, Signed
    from supportdesk.desk.store.database import DeskConnection
    from supportdesk.desk.store.engines import Engines

T = TypeVar("T")
log = logging.getLogger(__name__)

_PAGE_ROWS = 1_000
"""Changes in one answer to `pull`: some 20 ms of work."""

_Waiter = tuple[asyncio.AbstractEventLoop, asyncio.Event]


class EmbeddedDesk:
    """Jobs run on the desk's threads; where the desk cannot be opened, each of them fails."""

    def __init__(
        self,
        profile: Profile,
        folder: Path,
        after: Future[None] | None = None,
        address: Address | None = None,
    ) -> None:
        """Opens when `after` is done: an earlier desk on the same folder, which is just ending.

        The database lies in the folder, too, unless `address` says where.
        """
        self._profile = profile
        self.folder = folder
        self._waiters: set[_Waiter] = set()
        self._waiting = threading.Lock()
        self.clock: Callable[[], datetime] = now
        self.page_rows = _PAGE_ROWS
        self.version = 0
        """Grows with each piece of work that may have changed something."""
        self._runner = Runner(
            address or folder,
            Files(folder / "files"),
            name=f"desk-{profile.id}",
            readers=1,
            furnish=self._furnish,
            after=after,
        )
        self._runner.opened.add_done_callback(self._seal_what_waits)

    def _furnish(self, connection: "DeskConnection", files: "Files") -> None:
        from supportdesk.desk import upkeep
        from supportdesk.desk.conversations import sealing, uploads
        from supportdesk.desk.demo import seeding
        from supportdesk.desk.demo.content import load_demo_content
        from supportdesk.desk.store import seal_identity, settings

        told = settings.settings_of(self._profile)
        settings.keep(connection, told)
        if settings.DOCUMENTS in told.modules:
            seal_identity.prepare(connection, told.vendor, self.clock())
            sealing.resume(connection, self.clock())
        if resources.path("demo", self._profile.id).is_dir() and seeding.is_empty(connection):
            content = load_demo_content(self._profile.id, i18n.language())
            seeding.seed(connection, files, self._profile, content, self.clock())
        try:
            upkeep.sweep(connection, self.clock())
            uploads.sweep(connection, files.whole, self.clock())
        except (OSError, BackendError) as error:  # no reason not to open the desk
            log.warning("what nobody needs cannot be removed: %s", error)
        self._post(connection)

    def reading(self, job: "Callable[[DeskConnection], T]") -> Future[T]:
        """Runs `job`, which writes nothing, beside the one that writes."""
        return self._runner.read(job)

    def database(self, job: "Callable[[DeskConnection], T]", *, changes: bool = False) -> Future[T]:
        """Runs `job` in its turn; `changes` wakes those who wait for news when it is done."""

        def work(connection: "DeskConnection") -> T:
            result = job(connection)
            if changes:
                self._changed()
                self._post(connection)
                self._seal_next(connection)
            return result

        return self._runner.write(work)

    def _post(self, connection: "DeskConnection") -> None:
        """Mails are no reason for what caused them to fail: what cannot be laid down now stays queued."""
        from supportdesk.desk.correspondence import mailbox

        try:
            mailbox.deliver_waiting(connection, self.mailbox, self.clock())
        except BackendError as error:
            log.warning("mails stay queued: %s", error)

    def _seal_what_waits(self, opened: "Future[Engines]") -> None:
        if not opened.exception():
            with suppress(LaneClosed):  # the desk is closed again already
                self._runner.write(self._seal_next)

    def _seal_next(self, connection: "DeskConnection") -> None:
        """One document at a time, beside the work of the desk: it takes a second or so."""
        from supportdesk.desk.conversations import sealing

        try:
            signed = sealing.claim_due(connection, self.clock())
        except BackendError as error:
            log.warning("a document waits for its seal: %s", error)
            return
        if signed is not None:
            with suppress(LaneClosed):  # the desk is closing: the claim ends by itself
                self._runner.contents(partial(self._seal, signed))

    def _seal(self, signed: "Signed", files: Files) -> None:
        from supportdesk.desk.conversations import sealing

        def settle(connection: "DeskConnection") -> None:
            try:
                if isinstance(made, sealing.Sealed):
                    sealing.record(connection, files.whole, signed, made, self.clock())
                else:
                    sealing.failed(connection, signed, made, self.clock())
            except BackendError as error:  # the claim ends by itself
                log.warning("a seal could not be recorded: %s", error)

        made: Sealed | Exception
        try:
            made = sealing.seal(signed, files)
        except Exception as error:  # noqa: BLE001 - a fault: still no reason never to try again
            made = error
        with suppress(LaneClosed):  # likewise
            self.database(settle, changes=True)

    @property
    def mailbox(self) -> Path:
        """A maildir, which is made with the first mail."""
        return self.folder / "mailbox"

    def contents(self, job: "Callable[[Files], T]") -> Future[T]:
        """Runs `job` on the threads for files."""
        return self._runner.contents(job)

    def _changed(self) -> None:
        with self._waiting:
            self.version += 1
            for loop, event in self._waiters:
                with suppress(RuntimeError):  # that loop has ended with its waiters
                    loop.call_soon_threadsafe(event.set)

    async def announce(self) -> None:
        """Lets what was published ahead appear when it is due; what is to be sealed then is sealed."""
        due = await self._next_due()
        if due is not None and due <= self.clock():
            await asyncio.wrap_future(self.database(self._announce, changes=True))

    def _announce(self, connection: "DeskConnection") -> None:
        from supportdesk.desk.visibility import announcing

        announcing.announce(connection, self.clock())

    async def _next_due(self) -> datetime | None:
        def look(connection: "DeskConnection") -> datetime | None:
            from supportdesk.desk.conversations import sealing
            from supportdesk.desk.store import database
            from supportdesk.desk.visibility import announcing

            with database.reading(connection):
                due = announcing.next_due(connection), sealing.next_due(connection)
                return min((each for each in due if each), default=None)

        return await asyncio.wrap_future(self.reading(look))

    async def news_after(self, version: int) -> None:
        """Returns as soon as the desk is at a later version, or something published ahead is due."""
        waiter = (asyncio.get_running_loop(), asyncio.Event())
        with self._waiting:
            if self.version > version:
                return
            self._waiters.add(waiter)
        try:
            due = await self._next_due()
            with suppress(TimeoutError):
                async with asyncio.timeout((due - self.clock()).total_seconds() if due else None):
                    await waiter[1].wait()
        finally:
            with self._waiting:
                self._waiters.discard(waiter)

    def end(self) -> Future[None]:
        """Takes no more work; done when what was begun is done and the files are closed. Returns at once."""
        return self._runner.end()


class _Shelf:
    """The desks that are open, each as long as somebody has it. Any thread."""

    desks: ClassVar[dict[Path, tuple[EmbeddedDesk, int]]] = {}
    endings: ClassVar[dict[Path, Future[None]]] = {}
    """Of desks that nobody has any more: their files may still be open."""
    lock: ClassVar[threading.Lock] = threading.Lock()


def borrow(profile: Profile, folder: Path, address: Address | None = None) -> EmbeddedDesk:
    """The desk whose data lie in `folder`. Returns at once; opening happens on the desk's thread.

    `address` is heeded by the first one: for a database that lies elsewhere.
    """
    place = folder.absolute()
    with _Shelf.lock:
        desk, users = _Shelf.desks.get(place) or (_after_the_last(profile, place, address), 0)
        _Shelf.desks[place] = desk, users + 1
        return desk


def _after_the_last(profile: Profile, place: Path, address: Address | None) -> EmbeddedDesk:
    return EmbeddedDesk(profile, place, _Shelf.endings.pop(place, None), address)


async def give_back(desk: EmbeddedDesk) -> None:
    """The last one closes it."""
    with _Shelf.lock:
        _desk, users = _Shelf.desks.pop(desk.folder)
        if users > 1:
            _Shelf.desks[desk.folder] = desk, users - 1
            return
        end = _Shelf.endings[desk.folder] = desk.end()
    await asyncio.shield(asyncio.wrap_future(end))


@contextmanager
def borrowed(profile: Profile, folder: Path, address: Address | None = None) -> Iterator[EmbeddedDesk]:
    """The same desk for somebody without an event loop: the vendor's side in demos and tests."""
    desk = borrow(profile, folder, address)
    try:
        yield desk
    finally:
        asyncio.run(give_back(desk))
