"""What a PNG file says beside its pixels, and the zoom."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportdesk.app.annotation import zoom
from supportdesk.app.annotation.png import SIGNATURE, NotPng, chunks, hidden_data, pixels_only


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


HEAD = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
PIXELS = chunk(b"IDAT", zlib.compress(b"\x00\x10\x20\x30"))
END = chunk(b"IEND")
CLEAN = SIGNATURE + HEAD + PIXELS + END


def test_a_clean_file_says_nothing() -> None:
    """A file of header, pixels and end hides nothing and is left as it is."""
    assert hidden_data(CLEAN) == ()
    assert pixels_only(CLEAN) == CLEAN


@pytest.mark.parametrize("kind", [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"pHYs", b"iCCP", b"prVt"])
def test_everything_but_pixels_is_removed(kind: bytes) -> None:
    """Texts, Exif, times, resolution, colour profiles and private chunks are found and removed."""
    dirty = SIGNATURE + HEAD + chunk(kind, b"secret") + PIXELS + END
    assert hidden_data(dirty) == (kind.decode(),)
    assert pixels_only(dirty) == CLEAN


def test_bytes_after_the_end_are_removed() -> None:
    """An older, larger picture left behind the end is found and removed."""
    assert hidden_data(CLEAN + PIXELS + END) == ("trailing",)
    assert pixels_only(CLEAN + b"old pixels") == CLEAN


@given(st.integers(0, len(CLEAN) - 1))
def test_a_cut_file_is_refused(length: int) -> None:
    """A PNG cut anywhere is refused."""
    with pytest.raises(NotPng):
        list(chunks(CLEAN[:length]))


@given(st.integers(8, len(CLEAN) - 1), st.integers(1, 255))
def test_a_damaged_file_is_refused(place: int, flip: int) -> None:
    """A PNG with any byte changed is refused by its checksums."""
    damaged = bytearray(CLEAN)
    damaged[place] ^= flip
    with pytest.raises(NotPng):
        list(chunks(bytes(damaged)))


def test_zoom_steps_stop_at_the_ends() -> None:
    """Zooming goes level by level, from between two levels to the next, and stops at both ends."""
    assert zoom.larger(1.0) == 1.25
    assert zoom.smaller(1.0) == 0.75
    assert zoom.larger(0.83) == 1.0
    assert zoom.smaller(0.83) == 0.75
    assert zoom.larger(8.0) == 8.0
    assert zoom.smaller(0.1) == 0.1


def test_fitting_never_enlarges() -> None:
    """A small picture is shown as it is, a large one until it is seen whole."""
    assert zoom.fitting(100, 100, 900, 600) == 1.0
    assert zoom.fitting(1800, 600, 900, 600) == 0.5
    assert zoom.fitting(0, 600, 900, 600) == 1.0


@given(st.floats(0, 800), st.floats(0, 3000), st.sampled_from(zoom.LEVELS), st.sampled_from(zoom.LEVELS))
def test_the_spot_under_the_pointer_stays(anchor: float, scroll: float, before: float, after: float) -> None:
    """After zooming with the wheel the same spot of the picture is under the pointer."""
    spot = (scroll + anchor) / before
    new_scroll = zoom.scroll_keeping(anchor, scroll, before, after)
    assert (new_scroll + anchor) / after == pytest.approx(spot)
