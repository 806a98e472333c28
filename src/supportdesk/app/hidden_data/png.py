"""PNG: texts, dates, camera data and colour profiles (they name the screen) go; how pixels show stays."""

import struct
import zlib

from supportdesk.app.annotation.png import PIXELS_ONLY, SIGNATURE, Chunk, chunks
from supportdesk.app.hidden_data import tiff

_KEPT = PIXELS_ONLY | frozenset(
    [*(b"acTL", b"fcTL", b"fdAT"), *(b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"bKGD", b"pHYs", b"hIST")]
)


def is_png(header: bytes) -> bool:
    return header.startswith(SIGNATURE)


def cleaned(png: bytes) -> bytes:
    """Nothing follows its end either. Raises NotPng."""
    return SIGNATURE + b"".join(map(_kept, chunks(png)))


def _kept(chunk: Chunk) -> bytes:
    if chunk.kind in _KEPT:
        return chunk.raw
    turn = tiff.orientation(chunk.data) if chunk.kind == b"eXIf" else tiff.UPRIGHT
    if turn == tiff.UPRIGHT:
        return b""
    told = b"eXIf" + tiff.with_orientation(turn)
    return struct.pack(">I", len(told) - 4) + told + struct.pack(">I", zlib.crc32(told))
