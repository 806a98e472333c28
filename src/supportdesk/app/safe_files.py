"""Files that came from somebody else: harmless names, a folder of their own, no right to be executed.

Nothing here opens a file or looks into it. `place` and `save` block and belong on the cpu lane.
"""

import errno
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from supportdesk.domain.errors import DiskFull, StoreError
from supportdesk.domain.filenames import safe_name

# Shown or run by a program that only displays: everything else is asked about before it is opened.
_HARMLESS = frozenset(
    [
        *("png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff", "heic"),
        *("txt", "log", "csv", "md", "json", "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp"),
        *("eml", "vcf", "ics", "mp3", "wav", "ogg", "flac", "m4a", "mp4", "webm", "mov", "mkv"),
    ]
)


def extension(name: str) -> str:
    """The last ending in small letters, without the dot."""
    return name.rpartition(".")[2].lower().strip() if "." in name else ""


def is_risky(name: str) -> bool:
    """Whether opening `name` may start a program: all endings but those that are known to be displayed."""
    return extension(safe_name(name)) not in _HARMLESS


def place(source: Path, folder: Path, name: str) -> Path:
    """Copies `source` into `folder` (made when missing) under a free safe name, marked as from outside.

    The copy is readable and writable by this person alone and never executable. Raises StoreError, DiskFull.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for candidate in _free_names(folder, safe_name(name)):
            try:
                handle = os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _EXTRA_FLAGS, 0o600)
            except FileExistsError:
                continue
            _fill(handle, source, candidate)
            return candidate
    except OSError as error:
        raise _translated(error) from error
    raise StoreError


def save(source: Path, target: Path) -> Path:
    """Copies `source` over `target`, a place the person chose, all or nothing; marked as from outside."""
    fresh = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _fill(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _EXTRA_FLAGS, 0o600), source, fresh)
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise _translated(error) from error
    return target


def save_bytes(content: bytes, target: Path) -> Path:
    """What was made here, over `target`, a place the person chose, all or nothing."""
    fresh = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _EXTRA_FLAGS, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise _translated(error) from error
    return target


_EXTRA_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_CHUNK_BYTES = 1 << 20


def _free_names(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    for number in range(2, 1000):
        yield folder / f"{stem} ({number}){dot}{ending}"


def _fill(handle: int, source: Path, target: Path) -> None:
    try:
        with os.fdopen(handle, "wb") as out, source.open("rb") as content:
            while chunk := content.read(_CHUNK_BYTES):
                out.write(chunk)
    except OSError:
        target.unlink(missing_ok=True)
        raise
    _mark_as_foreign(target)


def _mark_as_foreign(file: Path) -> None:
    """The system's own mark of the web, so that it warns before the file is run, where it has one."""
    if sys.platform == "win32":
        _write_stream(Path(f"{file}:Zone.Identifier"))
    elif sys.platform == "darwin":
        mark = f"0083;{int(file.stat().st_mtime):08x};SupportDesk;"
        subprocess.run(["/usr/bin/xattr", "-w", "com.apple.quarantine", mark, str(file)], check=False)


def _write_stream(stream: Path) -> None:
    try:
        stream.write_text("[ZoneTransfer]\r\nZoneId=3\r\n", encoding="ascii")
    except OSError:  # FAT has no streams; the file is still not executable by itself
        return


def _translated(error: OSError) -> StoreError:
    if error.errno in _FULL:
        return DiskFull()
    return StoreError(error.strerror or "")


_FULL = {errno.ENOSPC, errno.EDQUOT}
