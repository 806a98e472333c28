"""Contents of attachments: what is whole in its place (`contents`), what still arrives in `<folder>/partial`.

Arriving contents are kept apart for each person, so that nobody can spoil another's upload or learn what the
desk already holds. Pieces of one content may come through several processes, which share the folder. No
database here.
"""

import hashlib
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from zlib import crc32

from supportdesk import clock
from supportdesk.desk.store import durable
from supportdesk.desk.store.contents import Contents, Folder, checked, sha256_of, touched
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import Refused
from supportdesk.file_lock import FileLock
from supportdesk.i18n import _

ABANDONED_AFTER = timedelta(days=7)
"""Nothing of it has come for so long."""
_SWEEP_EVERY = timedelta(hours=6)
_TURNS = 64

log = logging.getLogger(__name__)


class Files:
    """May be used from any thread and by several processes; who asks again after an error finds it whole."""

    def __init__(self, folder: Path, whole: Contents | None = None) -> None:
        """`whole` is the place of whole contents where it is not the folder itself."""
        self.folder = folder
        """Of what still arrives."""
        self.whole = whole or Folder(folder)
        self._next_sweep_s = 0.0

    def arrived_bytes(self, person_id: str, file: FileRef) -> int:
        partial = self._partial(person_id, file)
        arrived = partial.stat().st_size if partial.exists() else 0
        return arrived if arrived <= file.size_bytes else 0  # it was begun with another size

    def append(self, person_id: str, file: FileRef, offset: int, chunk: bytes) -> int:
        """Writes `chunk` at `offset` and returns how many bytes are now there and safe on the disk.

        A chunk that was written before is written again; one beyond the end is left out, the returned
        number says where to go on. With the last byte the content is in its place; once that is recorded,
        `settle` is called. Raises Refused when the content is not what its hash says; then nothing is kept
        of it. Raises BackendError where its place cannot take it; then the pieces are.
        """
        if offset < 0 or offset + len(chunk) > file.size_bytes:
            raise Refused(_("More of the file “{name}” arrived than it has.").format(name=file.name))
        self._sweep_now_and_then()
        partial = self._partial(person_id, file)
        with self._turn(partial):
            durable.make_folder(partial.parent)
            arrived = self.arrived_bytes(person_id, file)
            if arrived == 0:
                partial.unlink(missing_ok=True)
            if offset <= arrived:
                durable.write(partial, offset, chunk)
                arrived = max(arrived, offset + len(chunk))
            if arrived == file.size_bytes:
                self._complete(partial, file)
        return arrived

    def _complete(self, partial: Path, file: FileRef) -> None:
        if sha256_of(partial) != file.sha256:
            partial.unlink()
            text = _("The file “{name}” was changed on its way. Add it again.")
            raise Refused(text.format(name=file.name))
        self.whole.take(partial, file.sha256)

    def settle(self, person_id: str, file: FileRef) -> None:
        """After it was recorded who brought the content: nothing removes it from its place any more.

        It may have been removed in the moment before, as nobody's since long: then it is put there again.
        """
        partial = self._partial(person_id, file)
        with self._turn(partial):
            if partial.exists() and not self.whole.has(file.sha256):
                self._complete(partial, file)
            partial.unlink(missing_ok=True)

    def keep(self, content: bytes) -> str:
        """Stores a content of the vendor's own and returns its hash."""
        digest = hashlib.sha256(content).hexdigest()
        partial = self.folder / "partial" / f"kept-{clock.uuid7()}"
        durable.make_folder(partial.parent)
        durable.write(partial, 0, content)
        try:
            self.whole.take(partial, digest)
        finally:
            partial.unlink(missing_ok=True)
        return digest

    @contextmanager
    def _turn(self, partial: Path) -> Iterator[None]:
        """One at a time for each content, and now and then for two of them; whichever process it is in."""
        turns = self.folder / "turns"
        durable.make_folder(turns)
        lock = FileLock(turns / str(crc32(partial.name.encode()) % _TURNS), wait=True)
        try:
            yield
        finally:
            lock.release()

    def _sweep_now_and_then(self) -> None:
        if time.monotonic() < self._next_sweep_s:
            return
        self._next_sweep_s = time.monotonic() + _SWEEP_EVERY.total_seconds()
        try:
            self.sweep(clock.now() - ABANDONED_AFTER)
        except OSError as error:  # no reason to refuse what arrives now
            log.warning("what was given up cannot be removed: %s", error)

    def sweep(self, untouched_since: datetime) -> int:
        """Removes what began to arrive and was given up; returns how many contents that were.

        Somebody who comes back after all is told that nothing is there, and begins anew.
        """
        count = 0
        for partial in (self.folder / "partial").rglob("*"):
            if not partial.is_file():
                continue
            with self._turn(partial), suppress(FileNotFoundError):  # it has just been completed
                if touched(partial) < untouched_since:
                    partial.unlink()
                    count += 1
        return count

    def read(self, sha256: str, offset: int, size_bytes: int) -> bytes:
        """Up to `size_bytes` from `offset`; b'' at the end. Raises NotFound, BackendError."""
        return self.whole.read(sha256, offset, size_bytes)

    def _partial(self, person_id: str, file: FileRef) -> Path:
        return self.folder / "partial" / person_id / checked(file.sha256)
