"""Files of a command to the backend, in chunks, going on where an earlier try ended."""

import asyncio
import time

from supportdesk.backends.base import Backend
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import DiskFull, ProtocolViolation, Refused, StoreError
from supportdesk.domain.projections import LogStep
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.store import Store
from supportdesk.replica.writer import Writer
from supportdesk.sync.lanes import write

_PROGRESS_EVERY_S = 0.25
_MAX_CHUNK_BYTES = 8 * 1024 * 1024
_TRIES = 2


class Uploads:
    def __init__(self, backend: Backend, store: Store, blobs: Blobs) -> None:
        self._backend = backend
        self._store = store
        self._blobs = blobs
        self.chunk_bytes = 1024 * 1024

    async def upload(self, command_id: str, file: FileRef) -> None:
        """Returns when the backend holds every byte. Raises Refused when it never will."""
        await self._verify(file)
        await write(self._store, lambda writer: writer.log(command_id, LogStep.UPLOADING, file.name))
        for tries_left in reversed(range(_TRIES)):
            try:
                await self._send(command_id, file)
                break
            except Refused:  # an earlier, broken try may lie at the backend: it has thrown that away now
                if not tries_left:
                    raise
        await write(self._store, lambda writer: _note_done(writer, command_id, file))

    async def _verify(self, file: FileRef) -> None:
        try:
            await asyncio.to_thread(self._blobs.verify, file)
        except DiskFull:
            raise
        except StoreError as error:
            raise Refused(str(error), next_step=error.next_step) from error

    async def _send(self, command_id: str, file: FileRef) -> None:
        offset = await self._backend.uploaded_bytes(file)
        if not 0 <= offset <= file.size_bytes:
            raise ProtocolViolation
        shown_at = time.monotonic()
        while offset < file.size_bytes:
            chunk = await asyncio.to_thread(self._chunk, file, offset)
            before, offset = offset, await self._backend.upload(file, offset, chunk)
            if not before < offset <= file.size_bytes:
                raise ProtocolViolation
            if time.monotonic() - shown_at >= _PROGRESS_EVERY_S:
                shown_at = time.monotonic()
                await self._show(command_id, file, offset)

    def _chunk(self, file: FileRef, offset: int) -> bytes:
        with self._blobs.open(file) as source:
            source.seek(offset)
            return source.read(min(max(self.chunk_bytes, 1), _MAX_CHUNK_BYTES))

    async def _show(self, command_id: str, file: FileRef, sent_bytes: int) -> None:
        await write(self._store, lambda writer: writer.put_progress(command_id, file.sha256, sent_bytes))


def _note_done(writer: Writer, command_id: str, file: FileRef) -> None:
    writer.put_progress(command_id, file.sha256, file.size_bytes)
    writer.log(command_id, LogStep.UPLOADED, file.name)
