"""TIFF, also the form of camera data in other pictures: a header and directories of tagged values."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

UPRIGHT = 1
_ORIENTATION = 274
_STORED = ((273, 279), (324, 325))
"""Where the pixels stand and how many bytes they are: strips, tiles."""
_PIXELS = frozenset(
    [
        *(273, 274, 296, 297, 301, 347),
        *(*range(254, 267), *range(277, 285), *range(290, 294), *range(317, 326)),
        *(*range(332, 335), *range(336, 342), *range(529, 533)),
    ]
)
"""Tags of TIFF 6.0 that say how the pixels are stored and shown, with those of pages."""
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_WHOLE_NUMBERS = {3: "H", 4: "I"}


@dataclass(frozen=True)
class _Entry:
    tag: int
    kind: int
    number: int
    raw: bytes
    """Its 12 bytes."""
    value: int
    """Where its values stand when they need more than 4 bytes."""

    @property
    def size_bytes(self) -> int:
        return _SIZES.get(self.kind, 1) * self.number


def is_tiff(header: bytes) -> bool:
    return header.startswith((b"II*\0", b"MM\0*"))


def orientation(data: bytes) -> int:
    """1 to 8, as Exif numbers them; 1, upright, where nothing else can be read."""
    try:
        order = _order(data)
        _next, entries = _directory(data, order, *struct.unpack_from(f"{order}I", data, 4))
    except (ValueError, struct.error):
        return UPRIGHT
    turns = [struct.unpack_from(f"{order}H", each.raw, 8)[0] for each in entries if each.tag == _ORIENTATION]
    return turns[0] if turns and 1 <= turns[0] <= 8 else UPRIGHT


def with_orientation(turn: int) -> bytes:
    """Camera data that say nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, turn, 0, 0)


def cleaned(picture: bytes) -> bytes:
    """All pages where they stand, with the tags that pixels need; every other byte is 0.

    Raises ValueError and struct.error for what is no TIFF, or none whose pixels can be found.
    """
    order = _order(picture)
    clean = bytearray(len(picture))
    clean[:8] = picture[:8]
    at, seen, end = int(struct.unpack_from(f"{order}I", picture, 4)[0]), set[int](), 8
    while at and at not in seen:
        seen.add(at)
        following, entries = _directory(picture, order, at)
        kept = [each for each in entries if each.tag in _PIXELS]
        fresh = struct.pack(f"{order}H", len(kept)) + b"".join(each.raw for each in kept)
        fresh += struct.pack(f"{order}I", following)
        for start, size in _needed(picture, order, kept):
            clean[start : start + size] = picture[start : start + size]
            end = max(end, start + size)
        clean[at : at + len(fresh)] = fresh
        end = max(end, at + len(fresh))
        at = following
    return bytes(clean[:end])


def _needed(picture: bytes, order: str, kept: list[_Entry]) -> Iterator[tuple[int, int]]:
    """(first byte, size) of what the entries lead to."""
    by_tag = {each.tag: each for each in kept}
    for each in kept:
        if each.size_bytes > 4:
            yield each.value, each.size_bytes
    starts, sizes = next((pair for pair in _STORED if pair[0] in by_tag and pair[1] in by_tag), (0, 0))
    if not starts:
        raise ValueError("no pixels in it")
    yield from zip(
        _numbers(picture, order, by_tag[starts]), _numbers(picture, order, by_tag[sizes]), strict=True
    )


def _numbers(picture: bytes, order: str, entry: _Entry) -> tuple[int, ...]:
    if entry.kind not in _WHOLE_NUMBERS:
        raise ValueError("no whole numbers")
    form = f"{order}{entry.number}{_WHOLE_NUMBERS[entry.kind]}"
    here = entry.size_bytes <= 4
    return struct.unpack_from(form, entry.raw if here else picture, 8 if here else entry.value)


def _order(data: bytes) -> str:
    if not is_tiff(data):
        raise ValueError("no TIFF header")
    return "<" if data.startswith(b"II") else ">"


def _directory(data: bytes, order: str, at: int) -> tuple[int, list[_Entry]]:
    """Where the next one stands (0: nowhere), and the entries."""
    (count,) = struct.unpack_from(f"{order}H", data, at)
    entries = []
    for start in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, number, value = struct.unpack_from(f"{order}HHII", data, start)
        entries.append(_Entry(tag, kind, number, data[start : start + 12], value))
    (following,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * count)
    return following, entries
