"""What somebody said would arrive: a server is told once, and the pieces then come without their story."""

import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import msgspec

from supportdesk.desk.store import durable
from supportdesk.domain.commands import FileRef, is_content_hash
from supportdesk.domain.errors import NotFound, Refused
from supportdesk.i18n import _

KEPT = timedelta(days=7)
"""Since it was last said."""


class Begun:
    """Small files in a folder, apart for each person. Any thread and process; no database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, person_id: str, file: FileRef) -> None:
        """A later word about the same content replaces the earlier one. Raises Refused for no hash at all."""
        if not is_content_hash(file.sha256):
            raise Refused(_("This cannot be understood by the support portal."))
        place = self._place(person_id, file.sha256)
        durable.make_folder(place.parent)
        self._sweep(place.parent)
        fresh = place.with_suffix(f".{time.monotonic_ns()}")
        durable.write(fresh, 0, msgspec.json.encode(file))
        durable.rename(fresh, place)

    def get(self, person_id: str, sha256: str) -> FileRef:
        """Raises NotFound."""
        if not is_content_hash(sha256):
            raise NotFound
        try:
            return msgspec.json.decode(self._place(person_id, sha256).read_bytes(), type=FileRef)
        except FileNotFoundError as error:
            raise NotFound from error

    def announced_bytes(self, person_id: str, *, but: str) -> int:
        """What the person has begun and not finished, without the content with the hash `but`."""
        folder = self._folder / person_id
        if not folder.is_dir():
            return 0
        others = {place.name for place in folder.iterdir() if is_content_hash(place.name)} - {but}
        return sum(self._size(person_id, sha256) for sha256 in others)

    def _size(self, person_id: str, sha256: str) -> int:
        try:
            return self.get(person_id, sha256).size_bytes
        except NotFound:  # it has just been completed
            return 0

    def forget(self, person_id: str, sha256: str) -> None:
        """After it has arrived."""
        self._place(person_id, sha256).unlink(missing_ok=True)

    def _place(self, person_id: str, sha256: str) -> Path:
        return self._folder / person_id / sha256

    def _sweep(self, folder: Path) -> None:
        oldest_s = time.time() - KEPT.total_seconds()
        for place in folder.iterdir():
            with suppress(FileNotFoundError):  # another thread or process has just moved or removed it
                if place.stat().st_mtime < oldest_s:
                    place.unlink()
