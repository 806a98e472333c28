"""What pictures say beside their pixels. Those in tests/support/photos say SECRET in every way they can."""

import struct
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportdesk.app import file_intake, hidden_data
from supportdesk.app.hidden_data import heif, jpeg, tiff
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.errors import LimitExceeded
from supportdesk.replica.blobs import Blobs
from tests.support.photos import PHOTOS, photo

LIMITS = Limits(max_file_bytes=25 * 2**20)
TRACES = (b"SECRET", b"Fieldcam", b"2026:01:05")


@pytest.mark.parametrize("name", PHOTOS)
def test_nothing_hidden_is_left(name: str) -> None:
    """Place, device, person, dates, comments and what follows the end are gone; twice is as once."""
    before = photo(name).read_bytes()
    assert all(trace in before for trace in TRACES)
    after = hidden_data.cleaned(before, name)
    assert not [trace for trace in TRACES if trace in after]
    assert hidden_data.cleaned(after, name) == after


@pytest.mark.parametrize("name", ["photo.heic", "photo.avif"])
def test_where_pixels_cannot_be_compared_no_other_byte_has_changed(name: str) -> None:
    """Every change lies within the camera data and the XMP of the file, and its length is the same."""
    before = photo(name).read_bytes()
    after = hidden_data.cleaned(before, name)
    meta = next(box for box in heif._boxes(before, 0, len(before)) if box.kind == b"meta")
    inside = {at for _kind, start, end in heif._hidden(before, meta) for at in range(start, end)}
    changed = {at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other}
    assert changed
    assert changed <= inside


def test_a_jpeg_keeps_how_it_is_turned_and_nothing_else() -> None:
    """One segment with the orientation stands before the picture; upright ones need none."""
    turned = hidden_data.cleaned(photo("photo.jpg").read_bytes(), "photo.jpg")
    camera = turned[turned.index(b"Exif\0\0") + 6 :]
    assert tiff.orientation(camera) == 6
    assert camera[: len(tiff.with_orientation(6))] == tiff.with_orientation(6)
    upright = turned.replace(tiff.with_orientation(6), tiff.with_orientation(1))
    assert b"Exif" not in hidden_data.cleaned(upright, "photo.jpg")


def test_a_png_keeps_its_resolution_and_loses_its_texts() -> None:
    """What tells how pixels are shown stays, and a date is no pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    before = photo("photo.png").read_bytes()
    header_end = 8 + 25
    dated = before[:header_end] + chunk(b"tIME", b"\x07\xea\1\5\t\x0c,") + before[header_end:]
    after = hidden_data.cleaned(dated, "photo.png")
    assert b"pHYs" in after
    assert not [kind for kind in (b"tIME", b"tEXt", b"iTXt", b"zTXt", b"iCCP") if kind in after]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xff\xd8\xff\xe1 no segment", "photo.jpg"),
        (b"\xff\xd8\xff\xd9", "photo.jpg"),
        (b"\x89PNG\r\n\x1a\n but no chunks", "photo.png"),
        (b"RIFF\x20\0\0\0WEBPVP8X\0\0\0\0", "photo.webp"),
        (b"RIFF\x20\0\0\0WEBPVP8 \xff\0\0\0", "photo.webp"),
        (b"II*\0\xff\xff\xff\xff", "photo.tif"),
        (b"MM\0*\0\0\0\x08\0\1", "scan.tiff"),
        (b"\0\0\0\x14ftypheic\0\0\0\0heic\0\0\0\x10meta\0\0\0\0\0\0\0\0", "photo.heic"),
        (b"\0\0\0\xffftypheic", "photo.heic"),
        (b"II*\0" + b"\0" * 40, "raw-photo.dng"),
        (b"hello", "photo.jpg"),
        (b"", "photo.png"),
    ],
)
def test_damaged_pictures_and_other_files_stay_as_they_are(content: bytes, name: str) -> None:
    """They are attached like every other file, and nothing is said of them."""
    assert hidden_data.cleaned(content, name) == content


def test_directories_that_lead_in_circles_are_no_trap() -> None:
    """Camera data that name themselves and each other end all the same."""
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, 8) for tag in (34665, 34853, 330))
    circle = b"II*\0\x08\0\0\0" + struct.pack("<H", 3) + entries + struct.pack("<I", 8)
    there = struct.pack("<HHHIII", 1, 34665, 4, 1, 26, 0) + struct.pack("<HHHIII", 1, 34853, 4, 1, 8, 0)
    for content in (circle, b"II*\0\x08\0\0\0" + there):
        assert hidden_data.cleaned(content, "photo.tif") == content, "there are no pixels in it"


@given(data=st.data(), name=st.sampled_from(PHOTOS))
def test_no_bytes_make_it_fail(data: st.DataObject, name: str) -> None:
    """Cut and scribbled photos are cleaned or left as they are, never an exception."""
    scribbled = bytearray(photo(name).read_bytes())
    for at, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(scribbled) - 1), st.integers(0, 255)), max_size=8)
    ):
        scribbled[at] = byte
    cut = data.draw(st.integers(0, len(scribbled)))
    assert isinstance(hidden_data.cleaned(bytes(scribbled[:cut]), name), bytes)


def test_a_large_photo_is_cleaned_in_no_time_and_little_memory() -> None:
    """The scan of 20 MB is searched, not walked; memory stays at a few copies."""
    small = photo("photo.jpg").read_bytes()
    scan = small.index(b"\xff\xda")
    large = small[: scan + 20] + b"\x00\xff\x00\xff\xd0" * 4_000_000 + b"\xff\xd9"
    tracemalloc.start()
    after = jpeg.cleaned(large)
    _now, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(after) > 19_000_000
    assert peak_bytes < 80_000_000


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photo_is_stored_without_it(tmp_path: Path, name: str) -> None:
    """Taking in a photo keeps its name, says that it was cleaned, and leaves the person's file alone."""
    blobs = Blobs(tmp_path)
    mine = tmp_path / name
    mine.write_bytes(photo(name).read_bytes())
    file, cleaned, resists = file_intake.take_in(mine, blobs, LIMITS)
    assert (file.name, cleaned, resists) == (name, True, False)
    assert b"SECRET" not in blobs.path(file).read_bytes()
    assert mine.read_bytes() == photo(name).read_bytes()
    again = tmp_path / f"again-{name}"
    again.write_bytes(blobs.path(file).read_bytes())
    assert not file_intake.take_in(again, blobs, LIMITS).cleaned
    assert (file_intake.hides_data(mine), file_intake.hides_data(again)) == (True, False)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scan.tif", b"II+\0\x08\0\0\0" + bytes(64)),
        ("scan.tiff", b"MM\0+\0\x08\0\0" + bytes(64)),
        ("photo.heic", photo("photo.heic").read_bytes()[:64]),
    ],
)
def test_a_picture_that_cannot_be_cleaned_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    """It goes along as it is, and the person hears that it may say more than one sees."""
    mine = tmp_path / name
    mine.write_bytes(content)
    blobs = Blobs(tmp_path / "blobs")
    file, cleaned, resists = file_intake.take_in(mine, blobs, LIMITS)
    assert (cleaned, resists) == (False, True)
    assert blobs.path(file).read_bytes() == content


def test_what_is_no_such_picture_is_not_suspected() -> None:
    """A note on everything would be read by nobody."""
    for name, content in (("a.txt", b"words" * 20), ("a.bin", b"II+\0" + bytes(64)), ("a.png", b"\x89PNG")):
        assert not hidden_data.resists(content, name)


def test_a_photo_over_the_limit_is_refused(tmp_path: Path) -> None:
    """The limit holds for what the person has, not for what is left of it."""
    with pytest.raises(LimitExceeded):
        file_intake.take_in(photo("photo.jpg"), Blobs(tmp_path), Limits(max_file_bytes=1000))


def test_a_file_that_is_gone_hides_nothing(tmp_path: Path) -> None:
    """Asked again for a file that was filed and deleted meanwhile, there is nothing to say."""
    assert not file_intake.hides_data(tmp_path / "gone.jpg")
