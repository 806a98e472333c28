"""Files of drafts and commands."""

import hashlib
import os
import stat
import time
from datetime import timedelta
from pathlib import Path

import pytest

from supportdesk.clock import now
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import DiskFull, InvalidInput, LimitExceeded, StoreDamaged, StoreError
from supportdesk.replica.blobs import Blobs

MB = 1024 * 1024


def test_bytes_come_back_as_they_were_put(blobs: Blobs) -> None:
    """Named by their hash, readable by the customer alone, never executable."""
    ref = blobs.put_bytes(b"hello", "a.txt", "text/plain")
    assert ref == FileRef("a.txt", hashlib.sha256(b"hello").hexdigest(), 5, "text/plain")
    with blobs.open(ref) as file:
        assert file.read() == b"hello"
    assert blobs.has(ref)
    blobs.verify(ref)
    assert stat.S_IMODE(blobs.path(ref).stat().st_mode) & 0o177 == 0


def test_equal_bytes_are_kept_once(blobs: Blobs, folder: Path) -> None:
    """Under two names they are one file, and nothing half-written stays."""
    one, two = blobs.put_bytes(b"same", "a", "x/y"), blobs.put_bytes(b"same", "b", "x/y")
    assert one.sha256 == two.sha256
    assert [path.name for path in (folder / "blobs").glob("*/*")] == [one.sha256]


def test_a_file_is_copied(blobs: Blobs, tmp_path: Path) -> None:
    """Its media type follows from its name; the original can go."""
    source = tmp_path / "scan.png"
    source.write_bytes(b"x" * (2 * MB + 3))
    ref = blobs.put_file(source, 3 * MB)
    source.unlink()
    assert (ref.name, ref.media_type, ref.size_bytes) == ("scan.png", "image/png", 2 * MB + 3)
    blobs.verify(ref)
    assert blobs.put_file(blobs.path(ref), 3 * MB, name="other").media_type == "application/octet-stream"


def test_a_huge_file_is_refused_before_it_is_read(
    blobs: Blobs, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10 GB are refused with words; nothing was copied."""
    monkeypatch.setattr(Blobs, "_put", lambda *_arguments: pytest.fail("it is read"))
    huge = tmp_path / "video.mkv"
    with huge.open("wb") as file:
        file.truncate(10 * 1024 * MB)
    with pytest.raises(LimitExceeded, match=r"video\.mkv.*25 MB"):
        blobs.put_file(huge, 25 * MB)
    assert not list((folder / "blobs").glob("*/*"))


def test_a_file_that_grows_while_it_is_read_is_refused(
    blobs: Blobs, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit also holds for what was not there when the size was asked."""
    growing = tmp_path / "growing.log"
    growing.write_bytes(b"x" * 10)
    small = growing.stat()
    growing.write_bytes(b"x" * 5000)
    monkeypatch.setattr(os, "fstat", lambda _descriptor: small)
    with pytest.raises(LimitExceeded):
        blobs.put_file(growing, 1000)
    assert not list((folder / "blobs").glob("*/*"))


def test_what_is_no_file_is_refused(blobs: Blobs, tmp_path: Path) -> None:
    """A folder, a pipe that would never end, or nothing at all."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "missing"):
        with pytest.raises(InvalidInput):
            blobs.put_file(path, MB)


def test_a_hash_never_leads_out_of_the_folder(blobs: Blobs) -> None:
    """Only a SHA-256 names a file."""
    for name in ("../../etc/passwd", "", "A" * 64, "0" * 63):
        with pytest.raises(InvalidInput):
            blobs.path(FileRef("x", name, 1))


def test_damage_is_found_and_set_aside(blobs: Blobs, folder: Path) -> None:
    """The damaged bytes are kept in quarantine and no longer offered."""
    ref = blobs.put_bytes(b"hello", "a.txt", "text/plain")
    blobs.path(ref).write_bytes(b"hellx")
    with pytest.raises(StoreDamaged, match=r"a\.txt"):
        blobs.verify(ref)
    assert not blobs.has(ref)
    assert [path.read_bytes() for path in (folder / "quarantine").iterdir()] == [b"hellx"]
    with pytest.raises(StoreError):
        blobs.open(ref)


def test_discarding_spares_what_somebody_put_again(blobs: Blobs) -> None:
    """Bytes that were put in after the command was saved belong to something newer."""
    old, renewed = blobs.put_bytes(b"old", "a", "x/y"), blobs.put_bytes(b"renewed", "b", "x/y")
    saved_at = now() + timedelta(seconds=1)
    os.utime(blobs.path(renewed), (saved_at.timestamp() + 5,) * 2)
    blobs.discard([old.sha256, renewed.sha256, "0" * 64], saved_at)
    assert (blobs.has(old), blobs.has(renewed)) == (False, True)


def test_the_sweep_spares_the_young_and_the_needed(blobs: Blobs) -> None:
    """A day old and needed by nobody: only that goes."""
    needed, young, orphan = (blobs.put_bytes(data, "x", "x/y") for data in (b"1", b"2", b"3"))
    for ref in (needed, orphan):
        os.utime(blobs.path(ref), (time.time() - 90_000,) * 2)
    assert blobs.sweep({needed.sha256}) == 1
    assert [blobs.has(ref) for ref in (needed, young, orphan)] == [True, True, False]


def test_a_full_disk_is_said_and_leaves_nothing(
    blobs: Blobs, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DiskFull, and no half file."""

    def no_space(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(DiskFull):
        blobs.put_bytes(b"hello", "a.txt", "text/plain")
    assert not list((folder / "blobs").glob("*/*"))
