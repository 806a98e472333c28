"""What a PNG file says beside its pixels. A file that leaves this computer says nothing."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PIXELS_ONLY = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """`kind` is the four letters of the PNG specification; `raw` is the chunk as it stands in the file."""

    kind: bytes
    data: bytes
    raw: bytes


class NotPng(ValueError):
    """The bytes are no PNG, or a damaged one."""


def chunks(png: bytes) -> Iterator[Chunk]:
    """Every chunk up to and with IEND. Raises NotPng for a wrong signature or checksum and a cut file."""
    if not png.startswith(SIGNATURE):
        raise NotPng("no PNG signature")
    position = len(SIGNATURE)
    while True:
        chunk = _chunk_at(png, position)
        yield chunk
        position += len(chunk.raw)
        if chunk.kind == b"IEND":
            return


def pixels_only(png: bytes) -> bytes:
    """The same picture without text, dates, colour profiles, resolution and whatever follows its end.

    Raises NotPng.
    """
    return SIGNATURE + b"".join(chunk.raw for chunk in chunks(png) if chunk.kind in PIXELS_ONLY)


def hidden_data(png: bytes) -> tuple[str, ...]:
    """The kinds of chunks that are not pixels, and "trailing" for bytes after the end. Raises NotPng."""
    kept = tuple(chunks(png))
    names = [chunk.kind.decode("latin-1") for chunk in kept if chunk.kind not in PIXELS_ONLY]
    if len(SIGNATURE) + sum(len(chunk.raw) for chunk in kept) != len(png):
        names.append("trailing")
    return tuple(names)


def _chunk_at(png: bytes, position: int) -> Chunk:
    head = png[position : position + 8]
    if len(head) < 8:
        raise NotPng("ends without IEND")
    size, kind = struct.unpack(">I4s", head)
    raw = png[position : position + size + 12]
    if len(raw) < size + 12:
        raise NotPng(f"chunk {kind!r} is cut off")
    if zlib.crc32(raw[4:-4]) != int.from_bytes(raw[-4:], "big"):
        raise NotPng(f"chunk {kind!r} has a wrong checksum")
    return Chunk(kind, raw[8:-4], raw)
