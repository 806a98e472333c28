"""A PNG as PDF takes it: colours and transparency apart."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from supportdesk.domain.errors import UnsafeFile
from supportdesk.i18n import _

MAX_PIXELS = 1_000_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # grey, RGB, grey with alpha, RGB with alpha


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    colours: bytes
    """One byte of grey or three of red, green and blue for each pixel."""
    alpha: bytes
    """One byte for each pixel; b'' when nothing is transparent."""

    @property
    def is_grey(self) -> bool:
        return len(self.colours) == self.width * self.height


def decoded(png: bytes) -> Picture:
    """Eight bits a channel, not interlaced, at most MAX_PIXELS; else raises UnsafeFile."""
    try:
        return _decoded(png)
    except (struct.error, zlib.error, LookupError, ValueError) as error:
        raise UnsafeFile(_("This picture cannot be used as a signature.")) from error


def _decoded(png: bytes) -> Picture:
    parts = dict[bytes, bytes]()
    for kind, data in _chunks(png):
        parts[kind] = parts.get(kind, b"") + data
    width, height, depth, colour, _method, _filter, interlaced = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    if depth != 8 or interlaced or colour not in _CHANNELS or not 0 < width * height <= MAX_PIXELS:
        raise ValueError(parts[b"IHDR"])
    channels = _CHANNELS[colour]
    size = height * (1 + width * channels)
    rows = zlib.decompressobj().decompress(parts[b"IDAT"], size)
    if len(rows) != size:
        raise ValueError(size)
    pixels = _unfiltered(rows, width * channels, channels)
    if channels in (1, 3):
        return Picture(width, height, pixels, b"")
    colours = bytearray(width * height * (channels - 1))
    for channel in range(channels - 1):
        colours[channel :: channels - 1] = pixels[channel::channels]
    return Picture(width, height, bytes(colours), pixels[channels - 1 :: channels])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not png.startswith(_SIGNATURE):
        raise ValueError(png[:8])
    place = len(_SIGNATURE)
    while place + 8 <= len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += 12 + length


def _unfiltered(rows: bytes, stride: int, step: int) -> bytes:
    """The five filters of PNG, undone; `step` is the bytes of a pixel."""
    out = bytearray()
    above = bytes(stride)
    for start in range(0, len(rows), stride + 1):
        row = bytearray(rows[start + 1 : start + 1 + stride])
        _UNDO[rows[start]](row, above, step)
        out += row
        above = bytes(row)
    return bytes(out)


def _none(_row: bytearray, _above: bytes, _step: int) -> None:
    """The row is as it is."""


def _sub(row: bytearray, _above: bytes, step: int) -> None:
    for i in range(step, len(row)):
        row[i] = (row[i] + row[i - step]) & 0xFF


def _up(row: bytearray, above: bytes, _step: int) -> None:
    row[:] = bytes((a + b) & 0xFF for a, b in zip(row, above, strict=True))


def _average(row: bytearray, above: bytes, step: int) -> None:
    for i, up in enumerate(above):
        left = row[i - step] if i >= step else 0
        row[i] = (row[i] + (left + up) // 2) & 0xFF


def _paeth(row: bytearray, above: bytes, step: int) -> None:
    for i, up in enumerate(above):
        left, corner = (row[i - step], above[i - step]) if i >= step else (0, 0)
        guess = left + up - corner
        far_left, far_up, far_corner = abs(guess - left), abs(guess - up), abs(guess - corner)
        nearest = (
            left if far_left <= far_up and far_left <= far_corner else up if far_up <= far_corner else corner
        )
        row[i] = (row[i] + nearest) & 0xFF


_UNDO = (_none, _sub, _up, _average, _paeth)
