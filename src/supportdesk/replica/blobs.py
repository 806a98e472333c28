"""Files of drafts and commands, named by the SHA-256 of their bytes. The name finds, it never authorises."""

import contextlib
import hashlib
import mimetypes
import os
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from supportdesk.clock import uuid7
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import InvalidInput, LimitExceeded, StoreDamaged
from supportdesk.i18n import _
from supportdesk.replica.connections import store_errors

_CHUNK_BYTES = 1024 * 1024
_ORPHAN_AGE_S = 24 * 3600


class Blobs:
    """Any thread but the GUI's. Each method is durable when it returns; DiskFull leaves nothing behind."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the data folder; the files lie in its `blobs`, damaged ones in its `quarantine`."""
        self._root = folder / "blobs"
        self._quarantine = folder / "quarantine"
        self._moving = threading.Lock()

    def put_bytes(self, data: bytes, name: str, media_type: str) -> FileRef:
        return self._put([data], name, media_type)

    def put_file(self, path: Path, limit_bytes: int, name: str | None = None) -> FileRef:
        """Copies a file in; refuses one over `limit_bytes` before reading it (LimitExceeded)."""
        shown = name or path.name
        if path.exists() and not path.is_file():  # opening a pipe could wait for ever
            raise InvalidInput(_("“{name}” is not a file.").format(name=shown), field="files")
        try:
            source = path.open("rb")
        except OSError as error:
            raise InvalidInput(
                _("The file “{name}” cannot be read.").format(name=shown), field="files"
            ) from error
        with source:
            if os.fstat(source.fileno()).st_size > limit_bytes:
                raise _too_large(shown, limit_bytes)
            media_type = mimetypes.guess_type(shown)[0] or "application/octet-stream"
            return self._put(_limited(source, shown, limit_bytes), shown, media_type)

    def path(self, ref: FileRef) -> Path:
        return self._place(ref.sha256)

    def open(self, ref: FileRef) -> BinaryIO:
        """Raises StoreError when the bytes are gone."""
        with store_errors():
            return self._place(ref.sha256).open("rb")

    def has(self, ref: FileRef) -> bool:
        try:
            return self._place(ref.sha256).stat().st_size == ref.size_bytes
        except OSError:
            return False

    def verify(self, ref: FileRef) -> None:
        """Raises StoreDamaged, after setting the file aside, when its bytes have changed."""
        place = self._place(ref.sha256)
        with store_errors():
            digest = hashlib.sha256()
            with place.open("rb") as file:
                for chunk in iter(lambda: file.read(_CHUNK_BYTES), b""):
                    digest.update(chunk)
            if digest.hexdigest() != ref.sha256:
                self._quarantine.mkdir(parents=True, exist_ok=True)
                place.replace(self._quarantine / f"blob-{ref.sha256[:16]}-{uuid7()}")
                raise StoreDamaged(
                    _("The file “{name}” was damaged on this computer and was set aside.").format(
                        name=ref.name
                    ),
                    next_step=_("Add the file again."),
                )

    def discard(self, sha256s: Iterable[str], untouched_since: datetime) -> None:
        """Removes files that nothing refers to, unless somebody put the same bytes in after that moment."""
        with self._moving, store_errors():
            for sha256 in sha256s:
                place = self._place(sha256)
                with contextlib.suppress(FileNotFoundError):
                    if place.stat().st_mtime <= untouched_since.timestamp():
                        place.unlink()

    def sweep(self, keep: set[str]) -> int:
        """Removes files not in `keep` that are older than a day, and half-written ones. Returns how many."""
        removed = 0
        before = time.time() - _ORPHAN_AGE_S
        with self._moving, store_errors():
            for place in self._root.glob("*/*"):
                if place.name not in keep and place.stat().st_mtime < before:
                    place.unlink()
                    removed += 1
        return removed

    def _place(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise InvalidInput(_("This is not the name of a kept file."), field="files")
        return self._root / sha256[:2] / sha256

    def _put(self, chunks: Iterable[bytes], name: str, media_type: str) -> FileRef:
        with store_errors():
            temporary = self._root / "new" / uuid7()
            temporary.parent.mkdir(parents=True, exist_ok=True)
            try:
                sha256, size_bytes = _write(temporary, chunks)
                self._move_in(temporary, self._place(sha256))
            finally:
                temporary.unlink(missing_ok=True)
        return FileRef(name=name, sha256=sha256, size_bytes=size_bytes, media_type=media_type)

    def _move_in(self, temporary: Path, place: Path) -> None:
        new_folder = not place.parent.exists()
        place.parent.mkdir(parents=True, exist_ok=True)
        with self._moving:
            temporary.replace(place)  # also over an equal one: its time says that somebody needs it again
        sync_folder(place.parent)
        if new_folder:
            sync_folder(self._root)


def _write(path: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Writes and syncs; returns SHA-256 and size."""
    digest = hashlib.sha256()
    size_bytes = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as target:
        for chunk in chunks:
            digest.update(chunk)
            size_bytes += len(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest(), size_bytes


def _limited(source: BinaryIO, name: str, limit_bytes: int) -> Iterator[bytes]:
    """Chunks of a file that may grow while it is read."""
    total = 0
    while chunk := source.read(_CHUNK_BYTES):
        total += len(chunk)
        if total > limit_bytes:
            raise _too_large(name, limit_bytes)
        yield chunk


def _too_large(name: str, limit_bytes: int) -> LimitExceeded:
    return LimitExceeded(
        _("“{name}” is larger than the {limit} MB that can be sent.").format(
            name=name, limit=f"{limit_bytes / 1024 / 1024:.0f}"
        ),
        field="files",
    )


def sync_folder(folder: Path) -> None:
    """Makes renames in `folder` survive a power cut, where the system has a way to say so."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
