"""Fetches facts until there are no more, and settles the commands they contain."""

import asyncio
from datetime import datetime
from functools import partial

from supportdesk.backends.base import Backend
from supportdesk.domain.changes import Page
from supportdesk.domain.errors import ProtocolViolation
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.reader import Reader
from supportdesk.replica.store import Store
from supportdesk.replica.writer import Writer
from supportdesk.sync.lanes import read, write


class Puller:
    def __init__(self, account_id: str, backend: Backend, store: Store, blobs: Blobs) -> None:
        self._account_id = account_id
        self._backend = backend
        self._store = store
        self._blobs = blobs

    async def pull(self) -> None:
        """Everything up to now; resumes where it was interrupted."""
        accepted = await read(self._store, self._accepted)
        cursor = await read(self._store, self._cursor)
        while True:
            page = await self._backend.pull(cursor)
            if page.more and page.cursor == cursor:
                raise ProtocolViolation
            if not await self._apply(page, cursor):
                cursor = await read(self._store, self._cursor)
                continue
            cursor = page.cursor
            if not page.more:
                break
        if accepted:
            await self._settle(accepted)

    async def _apply(self, page: Page, asked_with: str | None) -> bool:
        """False when the replica was rebuilt in the meantime and wants to start at the beginning."""
        if not page.changes and page.cursor == asked_with:
            return True

        def job(writer: Writer) -> bool:
            if writer.cursor(self._account_id) != asked_with:
                return False
            writer.apply(self._account_id, page)
            return True

        return await write(self._store, job)

    async def _settle(self, accepted: dict[str, datetime]) -> None:
        for command_id, saved_at in accepted.items():
            freed = await write(self._store, partial(Writer.settle, command_ids=(command_id,)))
            if freed:
                await asyncio.to_thread(self._blobs.discard, freed, saved_at)

    def _cursor(self, reader: Reader) -> str | None:
        return reader.cursor(self._account_id)

    def _accepted(self, reader: Reader) -> dict[str, datetime]:
        """Accepted commands whose facts this pull must bring."""
        return reader.unsettled(self._account_id)
