"""Contents of attachments on disk: `<folder>/ab/<sha256>`, and what is still arriving in `<folder>/partial`.

A content is whole and on the disk before its name appears. Arriving contents are kept apart for each
person, so that nobody can spoil another's upload or learn what the desk already holds. No database here.
"""

import hashlib
import logging
import os
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from supportdesk import clock
from supportdesk.desk.store import durable
from supportdesk.domain.commands import FileRef, is_content_hash
from supportdesk.domain.errors import NotFound, Refused
from supportdesk.i18n import _

ABANDONED_AFTER = timedelta(days=7)
"""Nothing of it has come for so long."""
_SWEEP_EVERY = timedelta(hours=6)
_TURNS = 64

log = logging.getLogger(__name__)


class Files:
    """May be used from any thread and by several processes; who asks again after an error finds it whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turns = tuple(threading.Lock() for _turn in range(_TURNS))
        self._next_sweep_s = 0.0

    def arrived_bytes(self, person_id: str, file: FileRef) -> int:
        partial = self._partial(person_id, file)
        arrived = partial.stat().st_size if partial.exists() else 0
        return arrived if arrived <= file.size_bytes else 0  # it was begun with another size

    def append(self, person_id: str, file: FileRef, offset: int, chunk: bytes) -> int:
        """Writes `chunk` at `offset` and returns how many bytes are now there and safe on the disk.

        A chunk that was written before is written again; one beyond the end is left out, the returned
        number says where to go on. Raises Refused when the last byte is there and the content is not what
        its hash says; then nothing is kept of it.
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

    def _turn(self, partial: Path) -> threading.Lock:
        """One at a time for each content, and now and then for two of them."""
        return self._turns[hash(partial) % _TURNS]

    def _complete(self, partial: Path, file: FileRef) -> None:
        if _sha256(partial) != file.sha256:
            partial.unlink()
            text = _("The file “{name}” was changed on its way. Add it again.")
            raise Refused(text.format(name=file.name))
        target = self._path(file.sha256)
        durable.make_folder(target.parent)
        partial.touch()  # so that it counts as fresh: see `discard`
        durable.rename(partial, target)

    def keep(self, content: bytes) -> str:
        """Stores a content of the vendor's own and returns its hash."""
        digest = hashlib.sha256(content).hexdigest()
        target = self._path(digest)
        partial = self._folder / "partial" / digest
        with self._turn(partial):
            try:
                os.utime(target)  # so that it counts as fresh: see `discard`
            except FileNotFoundError:
                durable.make_folder(partial.parent)
                durable.make_folder(target.parent)
                durable.write(partial, 0, content)
                durable.rename(partial, target)
        return digest

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
        for partial in (self._folder / "partial").rglob("*"):
            with self._turn(partial), suppress(FileNotFoundError):  # it has just been completed
                if partial.is_file() and _touched(partial) < untouched_since:
                    partial.unlink()
                    count += 1
        return count

    def untouched(self, since: datetime) -> list[str]:
        """The hashes of contents that are whole and were brought before `since`."""
        whole = (path for path in self._folder.glob("??/*") if is_content_hash(path.name))
        return [path.name for path in whole if _touched(path) < since]

    def discard(self, contents: list[str], untouched_since: datetime) -> int:
        """Removes them, except those that were brought again meanwhile; returns how many are gone."""
        count = 0
        for sha256 in contents:
            path = self._path(sha256)
            aside = self._folder / "partial" / f"discarded-{sha256}"
            with suppress(FileNotFoundError):  # another process was quicker
                durable.make_folder(aside.parent)
                path.replace(aside)
                if _touched(aside) < untouched_since:
                    aside.unlink()
                    count += 1
                else:
                    aside.replace(path)
        return count

    def read(self, sha256: str, offset: int, size_bytes: int) -> bytes:
        """Up to `size_bytes` from `offset`; b'' at the end. Raises NotFound."""
        try:
            with self._path(sha256).open("rb") as stream:
                stream.seek(offset)
                return stream.read(size_bytes)
        except FileNotFoundError as error:
            raise NotFound from error

    def whole_bytes(self, sha256: str) -> int | None:
        """The size of a content that is there and is what its hash says, else None. Reads all of it."""
        path = self._path(sha256)
        return path.stat().st_size if path.exists() and _sha256(path) == sha256 else None

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / _checked(sha256)

    def _partial(self, person_id: str, file: FileRef) -> Path:
        return self._folder / "partial" / person_id / _checked(file.sha256)


def _checked(sha256: str) -> str:
    if not is_content_hash(sha256):
        raise Refused(_("This cannot be understood by the support portal."))
    return sha256


def _touched(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
