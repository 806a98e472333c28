"""Attachments of other people on this disk: whole, checked, and in a folder of their own."""

import asyncio
import contextlib
import hashlib
import os
import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from typing import BinaryIO

from supportdesk.backends.base import Backend
from supportdesk.domain.entities import Attachment
from supportdesk.domain.errors import ProtocolViolation
from supportdesk.domain.filenames import safe_name
from supportdesk.replica.connections import store_errors

_MARK_OF_THE_WEB = "[ZoneTransfer]\r\nZoneId=3\r\n"
_CHUNK_BYTES = 1024 * 1024


class Downloads:
    def __init__(self, folder: Path) -> None:
        """`folder` is the data folder; files lie in its `downloads`, each in its own folder."""
        self._folder = folder
        self._locks: dict[Path, asyncio.Lock] = {}

    async def fetch(self, backend: Backend, account_id: str, attachment: Attachment) -> Path:
        """The local copy, fetched if need be; goes on where an interrupted fetch ended.

        Raises ProtocolViolation when the bytes are not those that were announced.
        """
        place = local_place(self._folder, account_id, attachment)
        async with self._locks.setdefault(place, asyncio.Lock()):
            if await asyncio.to_thread(_is_whole, place, attachment):
                return place
            return await self._fetch(backend, attachment, place)

    async def forget(self, account_id: str) -> None:
        """Removes every copy that this account fetched. Raises StoreError."""
        with store_errors():
            await asyncio.to_thread(_remove, _place_of(self._folder, account_id))

    async def fetched(self, account_id: str, attachment: Attachment) -> Path | None:
        """The local copy, where it is whole and here already."""
        place = local_place(self._folder, account_id, attachment)
        return place if await asyncio.to_thread(_is_whole, place, attachment) else None

    async def _fetch(self, backend: Backend, attachment: Attachment, place: Path) -> Path:
        part = place.with_name("download.part")
        with store_errors():
            target = await _opened(part, attachment.size_bytes)
            with target:
                offset = target.tell()
                if offset < attachment.size_bytes:
                    await _receive(backend.download(attachment.id, offset), target, attachment.size_bytes)
                await asyncio.to_thread(_sync, target)
            await asyncio.to_thread(_finish, part, place, attachment)
        return place


def local_place(folder: Path, account_id: str, attachment: Attachment) -> Path:
    """Where the copy lies once it has been fetched; `folder` is the data folder."""
    return _place_of(folder, account_id) / _key(attachment.id) / safe_name(attachment.name)


def _place_of(folder: Path, account_id: str) -> Path:
    return folder / "downloads" / _key(account_id)


def _key(id: str) -> str:
    """A name for a folder, whatever `id` contains."""
    return hashlib.sha256(id.encode()).hexdigest()[:32]


def _remove(folder: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder)


async def _opened(part: Path, size_bytes: int) -> BinaryIO:
    """A cancellation in between must not leave the file open: the thread goes on without us."""
    opening = asyncio.ensure_future(asyncio.to_thread(_open_part, part, size_bytes))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close_unused)
        raise


def _close_unused(opening: "asyncio.Future[BinaryIO]") -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()


async def _receive(stream: AsyncIterator[bytes], target: BinaryIO, size_bytes: int) -> None:
    try:
        async for chunk in stream:
            if target.tell() + len(chunk) > size_bytes:
                raise ProtocolViolation
            await asyncio.to_thread(target.write, chunk)
    finally:
        if isinstance(stream, AsyncGenerator):
            await stream.aclose()


def _open_part(part: Path, size_bytes: int) -> BinaryIO:
    part.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    target = os.fdopen(os.open(part, flags, 0o600), "r+b")
    if target.seek(0, os.SEEK_END) > size_bytes:
        target.truncate(0)
        target.seek(0)
    return target


def _sync(target: BinaryIO) -> None:
    target.flush()
    os.fsync(target.fileno())


def _finish(part: Path, place: Path, attachment: Attachment) -> None:
    if not _is_whole(part, attachment):
        part.unlink()
        raise ProtocolViolation
    part.replace(place)
    if os.name == "nt":
        Path(f"{place}:Zone.Identifier").write_text(_MARK_OF_THE_WEB, encoding="ascii")


def _is_whole(path: Path, attachment: Attachment) -> bool:
    if not path.is_file() or path.stat().st_size != attachment.size_bytes:
        return False
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in iter(lambda: file.read(_CHUNK_BYTES), b""):
            digest.update(chunk)
    return digest.hexdigest() == attachment.sha256
