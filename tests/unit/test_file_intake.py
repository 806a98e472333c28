"""R6: files are refused by what can be known without reading them."""

import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from supportdesk.app.file_intake import check, media_type_of, take_in, take_in_bytes
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.errors import InvalidInput, LimitExceeded, UnsafeFile
from supportdesk.replica.blobs import Blobs

LIMITS = Limits(max_file_bytes=25 * 2**20)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0"


def test_a_file_is_stored_under_its_content(tmp_path: Path, blobs: Blobs) -> None:
    """An ordinary file is kept with name, size and type, and its bytes can be read again."""
    path = tmp_path / "note.txt"
    path.write_bytes(b"hello")
    file, cleaned, _resists = take_in(path, blobs, LIMITS)
    assert not cleaned
    assert (file.name, file.size_bytes, file.media_type) == ("note.txt", 5, "text/plain")
    assert blobs.path(file).read_bytes() == b"hello"


def test_a_file_of_10_gb_is_refused_unread(tmp_path: Path, blobs: Blobs) -> None:
    """A file of ten gigabytes is refused by its size, with next to no memory, and nothing is stored."""
    huge = tmp_path / "huge.bin"
    with huge.open("wb") as out:
        out.truncate(10 * 2**30)
    tracemalloc.start()
    with pytest.raises(LimitExceeded) as refusal:
        take_in(huge, blobs, LIMITS)
    _now, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 20 * 2**20
    assert "huge.bin" in str(refusal.value)
    assert not any((tmp_path / "blobs").rglob("*.*"))


@pytest.mark.parametrize(
    "header",
    [
        png(40_000, 40_000),
        b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + b"\0" * 20,
        b"BM" + b"\0" * 16 + struct.pack("<ii", 50_000, -50_000) + b"\0" * 10,
    ],
)
def test_a_pixel_bomb_is_refused_from_its_header(tmp_path: Path, header: bytes) -> None:
    """A small file that claims to be an enormous picture is refused without being decoded."""
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(header)
    with pytest.raises(UnsafeFile):
        check(bomb, LIMITS)


def jpeg(width: int, height: int) -> bytes:
    """With a preview, a fill byte and a marker without content in front of the size, as cameras write it."""
    preview = b"\xff\xe1" + struct.pack(">H", 2 + 5_000) + b"\0" * 5_000
    frame = struct.pack(">HBHHB", 17, 8, height, width, 3)
    return b"\xff\xd8\xff\x01\xff" + preview + b"\xff\xc0" + frame + b"\0" * 9


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(
    "picture",
    [
        jpeg(60_000, 60_000),
        webp(b"VP8X", b"\0" * 4 + (59_999).to_bytes(3, "little") * 2),
        webp(b"VP8L", b"\x2f" + (16_383 | 16_383 << 14).to_bytes(4, "little")),
        webp(b"VP8 ", b"\0" * 6 + struct.pack("<HH", 16_383, 16_383)),
    ],
)
def test_photos_are_measured_too(tmp_path: Path, picture: bytes) -> None:
    """A JPEG or WebP of absurd size is refused from its headers."""
    bomb = tmp_path / "photo"
    bomb.write_bytes(picture)
    with pytest.raises(UnsafeFile):
        check(bomb, LIMITS)


@pytest.mark.parametrize(
    "picture",
    [
        jpeg(4000, 3000),
        jpeg(4000, 3000)[:40],
        b"\xff\xd8\xff\xda\0\2 and no frame",
        b"\xff\xd8",
        webp(b"VP8X", b"\0" * 4 + (3_999).to_bytes(3, "little") * 2),
        webp(b"VP8X", b""),
        webp(b"VP8L", b""),
        webp(b"VP8 ", b""),
        webp(b"ICCP", b"\0" * 20),
    ],
)
def test_ordinary_and_torn_photos_are_just_files(tmp_path: Path, picture: bytes) -> None:
    """A photo of a usual size and one that says no size are accepted."""
    photo = tmp_path / "photo"
    photo.write_bytes(picture)
    check(photo, LIMITS)


def test_a_large_screenshot_is_no_bomb(tmp_path: Path) -> None:
    """Three 4K screens side by side are accepted."""
    picture = tmp_path / "wide.png"
    picture.write_bytes(png(3 * 3840, 2160))
    check(picture, LIMITS)


def test_a_zip_bomb_is_refused_from_its_directory(tmp_path: Path) -> None:
    """An archive whose directory promises far more than it holds is refused without unpacking."""
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * (20 * 2**20))
    with pytest.raises(UnsafeFile):
        check(bomb, LIMITS)


def test_ordinary_and_broken_archives_are_just_files(tmp_path: Path) -> None:
    """A normal archive and a torn one are accepted like every other file."""
    good, torn = tmp_path / "good.zip", tmp_path / "torn.zip"
    with zipfile.ZipFile(good, "w") as archive:
        archive.writestr("log.txt", zlib.compress(b"x" * 100))
    torn.write_bytes(b"PK\x03\x04 and no more")
    check(good, LIMITS)
    check(torn, LIMITS)


def test_what_is_no_file_is_said_to_be_none(tmp_path: Path) -> None:
    """A missing file, a folder and a file that may not be read each get their own sentence."""
    with pytest.raises(InvalidInput, match="cannot be found"):
        check(tmp_path / "gone.txt", LIMITS)
    with pytest.raises(InvalidInput, match="folder"):
        check(tmp_path, LIMITS)


def test_pasted_bytes_have_the_same_limit(blobs: Blobs) -> None:
    """Bytes over the limit are refused like a file; others are stored."""
    with pytest.raises(LimitExceeded):
        take_in_bytes(b"x" * 11, "a.png", blobs, Limits(max_file_bytes=10))
    assert take_in_bytes(b"x", "a.png", blobs, LIMITS).media_type == "image/png"


def test_unknown_endings_are_plain_bytes() -> None:
    """A name without a known ending is application/octet-stream."""
    assert media_type_of("core.dump7") == "application/octet-stream"
