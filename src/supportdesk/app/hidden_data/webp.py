"""WebP: camera data, XMP and colour profile go. https://developers.google.com/speed/webp/docs/riff_container"""

import struct
from collections.abc import Iterator

from supportdesk.app.hidden_data import tiff

_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_HAS_PROFILE, _HAS_EXIF, _HAS_XMP = 0x20, 0x08, 0x04


def is_webp(header: bytes) -> bool:
    return header.startswith(b"RIFF") and header[8:12] == b"WEBP"


def cleaned(webp: bytes) -> bytes:
    """Nothing follows its end either. Raises struct.error and ValueError."""
    kept = list(_chunks(webp))
    camera = next((data.removeprefix(b"Exif\0\0") for kind, data in kept if kind == b"EXIF"), b"")
    turn = tiff.orientation(camera)
    told = [] if turn == tiff.UPRIGHT else [(b"EXIF", tiff.with_orientation(turn))]
    pixels = [(kind, _flags(data, told=bool(told)) if kind == b"VP8X" else data) for kind, data in kept]
    body = b"".join(_chunk(*each) for each in [*(p for p in pixels if p[0] in _KEPT), *told])
    return struct.pack("<4sI4s", b"RIFF", len(body) + 4, b"WEBP") + body


def _chunks(webp: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, min(len(webp), 8 + int(struct.unpack_from("<I", webp, 4)[0]))
    while at + 8 <= end:
        kind, size = struct.unpack_from("<4sI", webp, at)
        data = webp[at + 8 : at + 8 + size]
        if len(data) < size:
            raise ValueError("a chunk is cut off")
        yield kind, data
        at += 8 + size + size % 2


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("<4sI", kind, len(data)) + data + b"\0" * (len(data) % 2)


def _flags(data: bytes, *, told: bool) -> bytes:
    flags = data[0] & ~(_HAS_PROFILE | _HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if told else 0)
    return bytes([flags]) + data[1:]
