"""HEIC and AVIF: camera data and XMP are items among the pictures; their bytes are overwritten in place.

ISO/IEC 14496-12 (boxes) and 23008-12. How the picture is turned is told by a property of the picture itself.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_BRANDS = frozenset(
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"]
)
_KEPT = frozenset([b"ftyp", b"meta", b"mdat", b"moov"])
_PICTURES = frozenset([b"meta", b"moov"])
_HIDDEN_ITEMS = frozenset([b"Exif", b"mime", b"uri "])
_NO_EXIF = struct.pack(">I2sHIHI", 0, b"MM", 42, 8, 0, 0)
"""An offset, and camera data that say nothing."""


@dataclass(frozen=True)
class _Box:
    kind: bytes
    start: int
    """Of its content."""
    end: int


@dataclass
class _Fields:
    """Reads whole numbers one after the other."""

    data: bytes
    at: int

    def take(self, size: int) -> int:
        number = self.data[self.at : self.at + size]
        if len(number) < size:
            raise ValueError("a box is cut off")
        self.at += size
        return int.from_bytes(number, "big")


def is_heif(header: bytes) -> bool:
    return header[4:8] == b"ftyp" and header[8:12] in _BRANDS


def cleaned(picture: bytes) -> bytes:
    """Boxes that are no part of the pictures are emptied too. Raises ValueError."""
    content = bytearray(picture)
    top = list(_boxes(picture, 0, len(picture)))
    if not any(box.kind in _PICTURES for box in top):
        raise ValueError("cut off before its pictures")
    for box in top:
        if box.kind == b"meta":
            for kind, start, end in _hidden(picture, box):
                fresh = _NO_EXIF if kind == b"Exif" and end - start >= len(_NO_EXIF) else b""
                content[start:end] = fresh.ljust(end - start, b"\0" if kind == b"Exif" else b" ")
        elif box.kind not in _KEPT:
            content[box.start : box.end] = bytes(box.end - box.start)
    return bytes(content[: top[-1].end])


def _boxes(data: bytes, at: int, end: int) -> Iterator[_Box]:
    """Up to what is no box any more."""
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        start = at + 8
        if size == 1:
            size, start = _Fields(data, start).take(8), at + 16
        until = end if size == 0 else at + size
        if until > end or until < start:
            return
        yield _Box(kind, start, until)
        at = until


def _hidden(data: bytes, meta: _Box) -> Iterator[tuple[bytes, int, int]]:
    """(kind, first byte, last byte + 1) of everything that items say beside the pictures."""
    parts = {box.kind: box for box in _boxes(data, meta.start + 4, meta.end)}
    if b"iinf" not in parts or b"iloc" not in parts:
        raise ValueError("no items")
    kinds = dict(_items(data, parts[b"iinf"]))
    inside = parts[b"idat"].start if b"idat" in parts else 0
    for item, method, start, size in _places(data, parts[b"iloc"]):
        if kinds.get(item) in _HIDDEN_ITEMS:
            if method > 1:
                raise ValueError("made of other items")
            first = start + (inside if method else 0)
            yield kinds[item], first, max(first, min(first + size, len(data)))


def _items(data: bytes, iinf: _Box) -> Iterator[tuple[int, bytes]]:
    """(id, kind) of each item."""
    version = data[iinf.start]
    for box in _boxes(data, iinf.start + (6 if version == 0 else 8), iinf.end):
        fields = _Fields(data, box.start)
        entry_version = fields.take(4) >> 24
        if box.kind == b"infe" and entry_version >= 2:
            item = fields.take(2 if entry_version == 2 else 4)
            fields.take(2)
            yield item, data[fields.at : fields.at + 4]


def _places(data: bytes, iloc: _Box) -> Iterator[tuple[int, int, int, int]]:
    """(item, method, offset, size) of each piece of each item."""
    fields = _Fields(data, iloc.start)
    version = fields.take(4) >> 24
    sizes = fields.take(2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    wide = 2 if version < 2 else 4
    for _item in range(fields.take(wide)):
        item = fields.take(wide)
        method = fields.take(2) & 15 if version else 0
        fields.take(2)
        base = fields.take(base_size)
        for _extent in range(fields.take(2)):
            fields.take(index_size)
            offset = fields.take(offset_size)
            yield item, method, base + offset, fields.take(length_size)
