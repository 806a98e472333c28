"""Empties the outbox: one command at a time about the same thing, a few things side by side."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from supportdesk.clock import now
from supportdesk.domain.projections import OutboxState
from supportdesk.replica.commands import CommandRow
from supportdesk.replica.store import Store
from supportdesk.sync.courier import Courier
from supportdesk.sync.lanes import read
from supportdesk.sync.pace import Pace
from supportdesk.sync.together import happens


class Drain:
    """Lives as long as one connection."""

    def __init__(
        self, account_id: str, store: Store, courier: Courier, pace: Pace, idle: Callable[[int, bool], None]
    ) -> None:
        """`idle(kicks, accepted)` hears that nothing can be sent now: kicks seen, anything accepted."""
        self._account_id = account_id
        self._store = store
        self._courier = courier
        self._pace = pace
        self._tried = {OutboxState.QUEUED} | ({OutboxState.UNCERTAIN} if courier.looks_up else set())
        self._idle = idle
        self._wake = asyncio.Event()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._accepted = False
        self._impatient = False
        self._kicks = 0

    def kick(self, kicks: int) -> None:
        """Something new is there, or the customer does not want to wait for the next try."""
        self._kicks = kicks
        self._impatient = True
        self._wake.set()

    async def run(self, *, spread: bool) -> None:
        """Until cancelled; `spread` starts a long queue a little later. Raises what ends the connection."""
        if spread and len(await self._unfinished()) >= self._pace.backlog:
            await asyncio.sleep(self._pace.backlog_wait_s())
        async with asyncio.TaskGroup() as group:
            while True:
                self._wake.clear()
                kicks, impatient, self._impatient = self._kicks, self._impatient, False
                rows, moment = await self._unfinished(), now()
                for row in self._startable(rows, moment, impatient=impatient):
                    long = len(rows) >= self._pace.backlog
                    self._running[row.subject_id] = group.create_task(self._one(row, long=long))
                if not self._running:
                    self._idle(kicks, self._accepted)
                    self._accepted = False
                await self._until_due(rows, moment)

    async def _one(self, row: CommandRow, *, long: bool) -> None:
        try:
            if long:
                await asyncio.sleep(self._pace.between_s())
            self._accepted = await self._courier.deliver(row) or self._accepted
        finally:
            del self._running[row.subject_id]
            self._wake.set()

    def _startable(self, rows: list[CommandRow], moment: datetime, *, impatient: bool) -> list[CommandRow]:
        heads: dict[str, CommandRow] = {}
        for row in rows:
            if not _is_aside(row):
                heads.setdefault(row.subject_id, row)
        due = [
            row
            for row in heads.values()
            if row.subject_id not in self._running
            and row.state in self._tried
            and (
                self._pace.is_due(row.next_try_at, moment) or (impatient and row.state == OutboxState.QUEUED)
            )
        ]
        return due[: self._pace.parallel - len(self._running)]

    async def _until_due(self, rows: list[CommandRow], moment: datetime) -> None:
        """`moment` is the one at which was asked what can start: what came due since is not to be missed."""
        waits = [
            (row.next_try_at - moment).total_seconds()
            for row in rows
            if row.state in self._tried and row.next_try_at is not None and row.next_try_at > moment
        ]
        await happens(self._wake, min(waits, default=None))

    async def _unfinished(self) -> list[CommandRow]:
        return await read(self._store, lambda reader: reader.unfinished(self._account_id))


def _is_aside(row: CommandRow) -> bool:
    """What was refused and waits for the customer holds up only what refers to a thing that is not there."""
    return row.state == OutboxState.NEEDS_USER and row.do not in {"create_ticket", "create_order"}
