"""Who seals the documents of one desk, as long as the server runs.

There may be one in each of several processes: what one has claimed, the others leave alone.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from supportdesk.desk.conversations import sealing
from supportdesk.desk.conversations.sealing import Signed
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.seal_identity import SealIdentity
from supportdesk.server.desk_jobs import DeskJobs
from supportdesk.server.rounds import Rounds

INTERVAL_S = 1.0
"""Between two looks at what waits."""


class Seals(NamedTuple):
    """With what a desk's documents are sealed."""

    identity: SealIdentity | None = None
    """None: the desk makes its own."""
    fetch_stamp: Callable[[bytes], bytes] | None = None
    """None: the server's clock says when it was signed."""
    trusted: tuple[bytes, ...] = ()
    """Certificates of the time-stamp authority, in DER."""


class Sealer:
    def __init__(self, desk: DeskJobs, seals: Seals, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._seals = seals
        self._clock = clock
        self._rounds = Rounds(self.round, "documents could not be sealed", INTERVAL_S)

    def begin(self) -> None:
        self._rounds.begin()

    async def end(self) -> None:
        """After the document that is being sealed."""
        await self._rounds.end()

    async def round(self) -> None:
        """Seals what is due."""
        moment = self._clock()
        while not self._rounds.ending.is_set() and await self._some_due(moment):
            signed = await self._desk.write(lambda connection: sealing.claim(connection, moment))
            if signed is not None:
                await self._seal(signed)

    async def _some_due(self, moment: datetime) -> bool:
        due = await self._desk.read(_next_due)
        return due is not None and due <= moment

    async def _seal(self, signed: Signed) -> None:
        files = await self._desk.contents(lambda files: files)
        try:
            sealed = await asyncio.to_thread(self._sealed, signed, files)
        except Exception as error:  # noqa: BLE001 - the others would wait behind it for ever
            failed = partial(sealing.failed, signed=signed, error=error, now=self._clock())
            await self._desk.write(failed)
            return
        moment = self._clock()
        await self._desk.write(lambda c: sealing.record(c, files.whole, signed, sealed, moment))

    def _sealed(self, signed: Signed, files: Files) -> sealing.Sealed:
        identity, fetch_stamp = self._seals.identity, self._seals.fetch_stamp
        return sealing.seal(signed, files, identity=identity, fetch_stamp=fetch_stamp)


def _next_due(connection: DeskConnection) -> datetime | None:
    with reading(connection):
        return sealing.next_due(connection)
