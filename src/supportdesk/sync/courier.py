"""Brings one command to the backend and writes down what came of it."""

import logging
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from supportdesk.backends.base import Backend
from supportdesk.clock import now
from supportdesk.domain.commands import Command, Receipt
from supportdesk.domain.delivery import SILENT, Event, after_silence
from supportdesk.domain.errors import (
    AuthenticationFailed,
    BackendUnreachable,
    DiskFull,
    InvalidInput,
    NotAllowed,
    NotFound,
    ProtocolViolation,
    Refused,
    SessionExpired,
    StoreBusy,
    StoreDamaged,
    SupportDeskError,
)
from supportdesk.domain.projections import OutboxState
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.commands import CommandRow
from supportdesk.replica.store import Store
from supportdesk.replica.writer import Writer
from supportdesk.sync.connection import code_and_words
from supportdesk.sync.lanes import write
from supportdesk.sync.pace import Pace
from supportdesk.sync.upload import Uploads

_log = logging.getLogger(__name__)

_FINAL = (Refused, NotFound, NotAllowed, InvalidInput, StoreDamaged)
"""Trying again cannot help: the backend will not take it, or its bytes are damaged here."""
_SIGNED_OUT = (SessionExpired, AuthenticationFailed)


@runtime_checkable
class LooksUp(Protocol):
    """A backend without idempotency keys that can search for the mark of a command."""

    async def find(self, command: Command) -> Receipt | None: ...


class Courier:
    def __init__(self, backend: Backend, store: Store, blobs: Blobs, pace: Pace) -> None:
        self._backend = backend
        self._store = store
        self._pace = pace
        self._uploads = Uploads(backend, store, blobs)
        self.repeatable: bool | None = None
        """Whether the backend recognises a command that comes again; None before the first connection."""

    @property
    def looks_up(self) -> bool:
        return isinstance(self._backend, LooksUp)

    def negotiate(self, *, repeatable: bool, chunk_bytes: int) -> None:
        self.repeatable = repeatable
        self._uploads.chunk_bytes = chunk_bytes

    async def deliver(self, row: CommandRow) -> bool:
        """One try; True when the backend has accepted it.

        Raises BackendUnreachable and SessionExpired after writing them down, because they concern everything
        else as well; every other failure is this command's own.
        """
        try:
            return await self._look_up(row) if row.state == OutboxState.UNCERTAIN else await self._send(row)
        except (*_SIGNED_OUT, BackendUnreachable) as error:
            await self._note(row, error)
            raise
        except (DiskFull, StoreBusy):
            raise  # nothing can be written down now
        except Exception as error:  # noqa: BLE001 whatever it is, the command stays and says why
            if not isinstance(error, SupportDeskError):
                _log.exception("delivering %s failed", row.id)
            await self._note(row, error)
            return False

    async def _send(self, row: CommandRow) -> bool:
        command = row.command
        if row.files:
            if not await self._advance(row, Event.UPLOAD_BEGUN):
                return False
            for file in row.files:
                await self._uploads.upload(row.id, file)
        if not await self._advance(row, Event.SEND_BEGUN):
            return False
        receipt = await self._backend.push(command)
        return await self._accept(row, receipt, Event.ACCEPTED)

    async def _look_up(self, row: CommandRow) -> bool:
        if not isinstance(self._backend, LooksUp):
            return False
        receipt = await self._backend.find(row.command)
        if receipt is None:
            await self._advance(row, Event.NOT_FOUND)
            return False
        return await self._accept(row, receipt, Event.FOUND)

    async def _accept(self, row: CommandRow, receipt: Receipt, event: Event) -> bool:
        """Only an answer that names the command and its content is proof of anything."""
        if (receipt.command_id, receipt.payload_sha256) != (row.id, row.payload_sha256):
            raise ProtocolViolation
        return await write(
            self._store, lambda writer: writer.advance(row.id, event, number=receipt.number or row.number)
        )

    async def _advance(self, row: CommandRow, event: Event) -> bool:
        return await write(self._store, lambda writer: writer.advance(row.id, event))

    async def _note(self, row: CommandRow, error: Exception) -> None:
        code, words = code_and_words(error)
        if isinstance(error, _SIGNED_OUT):
            await write(self._store, lambda writer: writer.advance(row.id, Event.SIGNED_OUT, reason=words))
        elif isinstance(error, _FINAL):
            await write(self._store, lambda writer: _refuse(writer, row, code, words))
        else:
            event = (
                Event.POSTPONED
                if isinstance(error, BackendUnreachable)
                else after_silence(repeatable=bool(self.repeatable))
            )
            wait_s = self._pace.retry_s(row.attempts + 1, error)
            if event is Event.OUTCOME_UNKNOWN:
                wait_s = self._pace.look_up_after_s
            at = now() + timedelta(seconds=wait_s)
            await write(self._store, lambda writer: _postpone(writer, row.id, event, code, words, at))


def _refuse(writer: Writer, row: CommandRow, code: str, words: str) -> None:
    writer.advance(row.id, Event.REFUSED, error_code=code, reason=words)
    if row.do in SILENT:  # nobody can mend it and nobody would miss it
        writer.advance(row.id, Event.WITHDRAWN)


def _postpone(writer: Writer, command_id: str, event: Event, code: str, words: str, at: datetime) -> None:
    """Before the command itself was being sent nothing can have happened, whatever `event` says."""
    for each in (event, Event.POSTPONED):
        if writer.advance(command_id, each, error_code=code, reason=words, next_try_at=at):
            return
