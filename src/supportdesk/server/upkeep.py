"""What nobody needs any more does not stay for ever: old rows, and contents that were never attached."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from supportdesk.desk import upkeep
from supportdesk.desk.conversations import uploads
from supportdesk.desk.store.contents import Contents
from supportdesk.desk.store.files import ABANDONED_AFTER
from supportdesk.server.desk_jobs import DeskJobs

log = logging.getLogger(__name__)

_FIRST_AFTER_S = 300.0
"""Not while a server begins and has other things to do."""
INTERVAL_S = 6 * 3600.0


class Upkeep:
    """There may be one in each of several processes: what one has removed, the others do not find."""

    def __init__(self, desk: DeskJobs, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._task = asyncio.create_task(self._keep_up())

    async def end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_up(self) -> None:
        await asyncio.sleep(_FIRST_AFTER_S)
        while True:
            try:
                await self.round()
            except Exception:  # the next round finds it all
                log.exception("what nobody needs could not be removed")
            await asyncio.sleep(INTERVAL_S)

    async def round(self) -> int:
        """Removes what nobody needs; returns how many contents that were."""
        moment = self._clock()
        await self._desk.write(lambda connection: upkeep.sweep(connection, moment))
        limit = moment - ABANDONED_AFTER
        contents = await self._desk.contents(lambda files: files.whole)
        old = await self._desk.contents(lambda files: files.whole.untouched(limit))
        unneeded = await self._desk.write(lambda connection: uploads.let_go(connection, old, limit))
        return sum([await self._discarded(contents, sha256, limit) for sha256 in unneeded])

    async def _discarded(self, contents: Contents, sha256: str, limit: datetime) -> bool:
        return await self._desk.write(lambda connection: uploads.discard(connection, contents, sha256, limit))
