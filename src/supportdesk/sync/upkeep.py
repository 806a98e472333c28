"""Quiet work while nothing else is to do: files nobody refers to, and bits that flipped on the disk."""

import asyncio
import logging
from functools import partial

from supportdesk.domain.errors import SupportDeskError
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.reader import Reader
from supportdesk.replica.store import Store
from supportdesk.sync.lanes import read

_SLICE_ROWS = 500

_log = logging.getLogger(__name__)


class Upkeep:
    def __init__(
        self, store: Store, blobs: Blobs, *, first_after_s: float = 60.0, every_s: float = 24 * 3600
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._first_after_s = first_after_s
        self._every_s = every_s

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.sleep(self._first_after_s)
        while True:
            try:
                await self.once()
            except SupportDeskError:
                _log.exception("upkeep failed")
            await asyncio.sleep(self._every_s)

    async def once(self, *, pause_s: float = 0.05) -> int:
        """Sweeps the blob folder and checks the replica, which is rebuilt for damaged rows. Returns those."""
        keep = await read(self._store, lambda reader: reader.referenced_blobs())
        await asyncio.to_thread(self._blobs.sweep, keep)
        damaged = 0
        position: tuple[int, int] | None = (0, 0)
        while position is not None:
            found = await read(self._store, partial(Reader.audit, position=position, limit=_SLICE_ROWS))
            if found.damaged_rows:  # once more: a write may have come between the looks at the two databases
                found = await read(self._store, partial(Reader.audit, position=position, limit=_SLICE_ROWS))
            damaged += found.damaged_rows
            position = found.next_position
            await asyncio.sleep(pause_s)
        if damaged or not await read(self._store, Reader.indexes_hold):
            await asyncio.wrap_future(self._store.rebuild_replica())
            damaged = max(damaged, 1)
        return damaged
