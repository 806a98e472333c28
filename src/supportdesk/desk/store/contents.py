"""Where whole contents lie, each under its SHA-256: what every such place promises, and a folder as one.

No database here, and nothing that still arrives: see `files`.
"""

import hashlib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from supportdesk.desk.store import durable
from supportdesk.domain.commands import is_content_hash
from supportdesk.domain.errors import NotFound, Refused
from supportdesk.i18n import _


class Contents(Protocol):
    """May be used from any thread and by several processes. Raises BackendError or OSError where it fails."""

    at_once: int
    """Threads that are worth having for it."""
    backed_up_elsewhere: bool
    """It has tools of its own for that."""

    def check(self) -> None:
        """Whether it can be used as it is configured. Raises InvalidInput, BackendError."""

    def take(self, path: Path, sha256: str) -> None:
        """A file of which it is known that it is what its hash says; it may be moved away.

        A content that is there already counts as brought just now.
        """

    def has(self, sha256: str) -> bool: ...

    def read(self, sha256: str, offset: int, size_bytes: int) -> bytes:
        """Up to `size_bytes` from `offset`; b'' at the end. Raises NotFound."""

    def whole_bytes(self, sha256: str) -> int | None:
        """The size of a content that is there and is what its hash says, else None. May read all of it."""

    def untouched(self, since: datetime) -> list[str]:
        """The hashes of contents that were brought before `since`."""

    def discard(self, sha256: str, untouched_since: datetime) -> bool:
        """Removes it, except when it was brought again meanwhile; whether it is gone by this."""


class Folder:
    """`<folder>/ab/<sha256>`. A content is whole and on the disk before its name appears."""

    at_once = 2
    backed_up_elsewhere = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self) -> None:
        """Made where it is missing."""
        durable.make_folder(self._folder)

    def take(self, path: Path, sha256: str) -> None:
        target = self._path(sha256)
        durable.make_folder(target.parent)
        path.touch()  # so that it counts as fresh: see `discard`
        durable.rename(path, target)

    def has(self, sha256: str) -> bool:
        return self._path(sha256).exists()

    def read(self, sha256: str, offset: int, size_bytes: int) -> bytes:
        try:
            with self._path(sha256).open("rb") as stream:
                stream.seek(offset)
                return stream.read(size_bytes)
        except FileNotFoundError as error:
            raise NotFound from error

    def whole_bytes(self, sha256: str) -> int | None:
        path = self._path(sha256)
        return path.stat().st_size if path.exists() and sha256_of(path) == sha256 else None

    def untouched(self, since: datetime) -> list[str]:
        found = []
        for path in self._folder.glob("??/*"):
            with suppress(FileNotFoundError):  # another process has just removed it
                if is_content_hash(path.name) and touched(path) < since:
                    found.append(path.name)
        return found

    def discard(self, sha256: str, untouched_since: datetime) -> bool:
        path = self._path(sha256)
        aside = self._folder / "partial" / f"discarded-{sha256}"
        durable.make_folder(aside.parent)
        try:
            path.replace(aside)
        except FileNotFoundError:  # another process was quicker
            return False
        if touched(aside) < untouched_since:
            aside.unlink()
            return True
        aside.replace(path)
        return False

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / checked(sha256)


def checked(sha256: str) -> str:
    """Raises Refused for what is no hash: it becomes part of a name."""
    if not is_content_hash(sha256):
        raise Refused(_("This cannot be understood by the support portal."))
    return sha256


def touched(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
