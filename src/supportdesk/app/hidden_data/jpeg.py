"""JPEG: all application segments and comments go, and what follows the end of the picture.

ITU-T T.81, JFIF 1.02 (T.871), Exif 2.32.
"""

import re
import struct

from supportdesk.app.hidden_data import tiff

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_APP0, _APP1, _APP14, _SOS, _END = 0xE0, 0xE1, 0xEE, 0xDA, 0xD9
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a segment."""
_PIXELS = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)})
"""Frames, tables and scans."""
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_EXIF = b"Exif\0\0"


def is_jpeg(header: bytes) -> bool:
    return header.startswith(b"\xff\xd8\xff")


def cleaned(jpeg: bytes) -> bytes:
    """A cut file is kept as far as it goes. Raises ValueError and struct.error for what is no JPEG."""
    head: list[bytes] = []
    pixels: list[bytes] = []
    turn, at = tiff.UPRIGHT, len(_SOI)
    while at < len(jpeg):
        marker, at = _marker(jpeg, at)
        if marker == _END:
            pixels.append(_EOI)
            break
        segment, at = _segment(jpeg, marker, at)
        if marker in _PIXELS:
            pixels.append(segment)
        elif marker == _APP1 and segment[4:10] == _EXIF and turn == tiff.UPRIGHT:
            turn = tiff.orientation(segment[10:])
        else:
            head.append(_of_use(marker, segment))
    if not pixels:
        raise ValueError("no picture in it")
    return b"".join([_SOI, *head, _turned(turn), *pixels])


def _marker(jpeg: bytes, at: int) -> tuple[int, int]:
    """The next marker and where it stands, behind fill bytes."""
    if jpeg[at] != 0xFF:
        raise ValueError("no marker where one belongs")
    while jpeg[at + 1 : at + 2] == b"\xff":
        at += 1
    return struct.unpack_from("B", jpeg, at + 1)[0], at


def _segment(jpeg: bytes, marker: int, at: int) -> tuple[bytes, int]:
    """From its marker on, a scan with its data, and where the next one begins."""
    if marker in _BARE:
        return jpeg[at : at + 2], at + 2
    end = at + 2 + int(struct.unpack_from(">H", jpeg, at + 2)[0])
    if marker == _SOS:
        following = _AFTER_SCAN.search(jpeg, end)
        end = following.start() if following else len(jpeg)
    return jpeg[at:end], end


def _of_use(marker: int, segment: bytes) -> bytes:
    """What decoders need of the application segments: the kind of colours, without a preview."""
    if marker == _APP0 and segment[4:9] == b"JFIF\0":
        return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"
    if marker == _APP14 and segment[4:9] == b"Adobe":
        return b"\xff\xee\x00\x0e" + segment[4:16]
    return b""


def _turned(turn: int) -> bytes:
    if turn == tiff.UPRIGHT:
        return b""
    content = _EXIF + tiff.with_orientation(turn)
    return struct.pack(">BBH", 0xFF, _APP1, len(content) + 2) + content
