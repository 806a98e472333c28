"""One look at the desk, a few times a second while anybody listens, wakes those whom the news concern."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.visibility import announcing, listening
from supportdesk.desk.visibility.listening import Hearing, News
from supportdesk.domain.errors import BackendError
from supportdesk.server.desk_jobs import DeskJobs

log = logging.getLogger(__name__)

INTERVAL_S = 0.3
_SLACK = timedelta(seconds=5)
"""Sessions are looked at again for so long: clocks of several machines differ, and commits come late."""


class Listener:
    """One open stream."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing
        self.ended = False
        self._woken = asyncio.Event()

    def wake(self) -> None:
        self._woken.set()

    def end(self) -> None:
        self.ended = True
        self._woken.set()

    async def woken(self, timeout_s: float) -> bool:
        """Whether something came within that time."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._woken.wait()
        except TimeoutError:
            return False
        self._woken.clear()
        return True


class Watcher:
    """Lives on one event loop; looks only while there are listeners."""

    def __init__(self, desk: DeskJobs, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock
        self._listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None
        self._head = 0
        self._looked_at = clock()

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    def streams_of(self, session_id: str) -> int:
        return sum(each.hearing.session_id == session_id for each in self._listeners)

    def add(self, hearing: Hearing) -> Listener:
        listener = Listener(hearing)
        if self._task is None:
            self._head = hearing.head
            self._looked_at = self._clock() - _SLACK
            self._task = asyncio.create_task(self._watch())
        elif self._head > hearing.head:  # a look came between: what it saw is told now
            listener.wake()
        self._listeners.add(listener)
        return listener

    def remove(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        if not self._listeners and self._task is not None:
            self._task.cancel()
            self._task = None

    def end_all(self) -> None:
        """The server goes: clients come back to whoever is there then."""
        for listener in self._listeners:
            listener.end()

    async def _watch(self) -> None:
        try:
            while True:
                await asyncio.sleep(INTERVAL_S)
                try:
                    await self._look()
                except BackendError as error:  # the next look sees it all
                    log.warning("the desk could not be looked at: %s", error.code)
        finally:
            if self._task is asyncio.current_task():  # a fault: clients come back, and with them a new look
                self._task = None
                self.end_all()

    async def _look(self) -> None:
        moment, after, since = self._clock(), self._head, self._looked_at

        def work(connection: DeskConnection) -> News:
            with reading(connection):
                return listening.news(connection, after, since, moment)

        news = await self._desk.read(work)
        if news.due:  # the next look tells of it
            await self._desk.write(lambda connection: announcing.announce(connection, moment))
        self._head, self._looked_at = news.head, moment - _SLACK
        for listener in self._listeners:
            if listener.hearing.session_id in news.ended:
                listener.end()
            elif listening.concerns(news, listener.hearing):
                listener.wake()
