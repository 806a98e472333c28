"""Pictures of the people of the demos, drawn pixel by pixel: faces of nobody, the same bytes every time."""

import struct
import zlib
from functools import cache
from math import hypot

from supportdesk.domain.demo import Hair

_EDGE = 64
_GROUNDS = ("DCE8E4", "E6E1F0", "F3E3D6", "DDE7F3", "EFE2E6", "E7EAD8")
_CLOTHES = ("2F5D62", "4A4E8C", "8A4B38", "33557E", "6B3F5B", "4F5B3A")
_SKINS = ("F2CDB3", "E3B08E", "C68A63", "9A6244", "6F4531")
_HAIRS = ("2A2220", "3B2A22", "4A3226", "6B4A33", "8C8985")
_Ellipse = tuple[float, float, float, float]
"""Middle, and half of the width and of the height."""
_BEHIND: dict[Hair, tuple[_Ellipse, ...]] = {
    "short": ((32, 24.5, 13, 14),),
    "long": ((32, 26, 15, 16), (32, 38, 15.5, 15)),
    "bun": ((32, 25, 13.5, 14), (32, 9, 6, 5.5)),
    "curls": (
        (32, 24, 15, 13),
        (20, 24, 6, 7),
        (44, 24, 6, 7),
        (24, 14, 6, 6),
        (40, 14, 6, 6),
        (32, 12, 7, 6),
    ),
}
_FRONT: dict[Hair, tuple[_Ellipse, ...]] = {
    "short": ((32, 17, 11.5, 7),),
    "long": ((27, 18, 9, 6.5), (39.5, 17, 6, 6.5)),
    "bun": ((32, 16, 12, 5.5),),
    "curls": ((26, 17, 7, 5.5), (38, 17, 7, 5.5)),
}
_SHOULDERS, _NECK, _HEAD = (32, 64, 24, 17), (32, 43, 5.5, 9), (32, 28, 11.5, 14)


@cache
def portrait(key: str, hair: Hair) -> bytes:
    """A PNG; `key` chooses the colours."""
    seed = zlib.crc32(key.encode())
    rows = [bytearray(_colour(_GROUNDS, seed) * _EDGE) for _row in range(_EDGE)]
    hairs, skin = _colour(_HAIRS, seed // 7), _colour(_SKINS, seed // 49)
    shade = bytes(value * 7 // 8 for value in skin)  # below the chin
    layers = [(shape, hairs) for shape in _BEHIND[hair]]
    layers += [(_SHOULDERS, _colour(_CLOTHES, seed)), (_NECK, shade), (_HEAD, skin)]
    layers += [(shape, hairs) for shape in _FRONT[hair]]
    for shape, colour in layers:
        _paint(rows, shape, colour)
    header = struct.pack(">IIBBBBB", _EDGE, _EDGE, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    chunks = (b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _colour(colours: tuple[str, ...], seed: int) -> bytes:
    return bytes.fromhex(colours[seed % len(colours)])


def _paint(rows: list[bytearray], shape: _Ellipse, colour: bytes) -> None:
    """Soft at its edge."""
    x_middle, y_middle, half_width, half_height = shape
    radius = min(half_width, half_height)
    for y in range(max(0, int(y_middle - half_height)), min(_EDGE, int(y_middle + half_height) + 2)):
        for x in range(max(0, int(x_middle - half_width)), min(_EDGE, int(x_middle + half_width) + 2)):
            away = hypot((x + 0.5 - x_middle) / half_width, (y + 0.5 - y_middle) / half_height)
            share = min(1.0, 0.5 - (away - 1) * radius)
            if share > 0:
                for part, value in enumerate(colour, start=3 * x):
                    rows[y][part] += round((value - rows[y][part]) * share)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
