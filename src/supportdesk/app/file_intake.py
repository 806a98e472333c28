"""Files on their way into a draft: judged by what can be known without reading them, then stored.

A refusal names the file and says what to do; the others go on. Nothing of a refused file is read or kept.
"""

import mimetypes
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from supportdesk.app import hidden_data
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import InvalidInput, LimitExceeded, UnsafeFile
from supportdesk.i18n import _
from supportdesk.replica.blobs import Blobs

MAX_PIXELS = 100_000_000
MAX_UNPACKED_BYTES = 1 << 30
MAX_UNPACKED_RATIO = 200
_HEADER_BYTES = 64
_JPEG_SEARCH_BYTES = 1 << 20
"""How far into a JPEG its size is looked for: behind previews and colour profiles."""


class Taken(NamedTuple):
    file: FileRef
    cleaned: bool
    """It was a picture that said something beside its pixels, which was left out: see `hidden_data`."""
    resists: bool = False
    """It is a picture out of which nothing can be taken, whatever it says beside its pixels."""


def take_in(path: Path, blobs: Blobs, limits: Limits) -> Taken:
    """Stores a file of this computer; on the cpu lane. Raises LimitExceeded, UnsafeFile or InvalidInput."""
    header = check(path, limits)
    if not hidden_data.may_hide(header, path.name):
        resists = hidden_data.resists(header, path.name)
        return Taken(blobs.put_file(path, limits.max_file_bytes), cleaned=False, resists=resists)
    picture = _read(path, limits)
    clean = hidden_data.cleaned(picture, path.name)
    resists = hidden_data.resists(picture, path.name)
    return Taken(take_in_bytes(clean, path.name, blobs, limits), clean != picture, resists)


def hides_data(path: Path) -> bool:
    """Whether something would be left out of this file; also False when it cannot be read (any more)."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return hidden_data.cleaned(content, path.name) != content


def _read(path: Path, limits: Limits) -> bytes:
    with _refused_unless_readable(path), path.open("rb") as source:
        content = source.read(limits.max_file_bytes + 1)
    if len(content) > limits.max_file_bytes:  # it has grown since it was looked at
        raise _too_large(path.name, limits)
    return content


@contextmanager
def _refused_unless_readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InvalidInput(
            _("“{name}” cannot be opened.").format(name=path.name),
            field="files",
            next_step=_("Close the program that uses it, or choose a copy."),
        ) from error


def take_in_bytes(data: bytes, name: str, blobs: Blobs, limits: Limits) -> FileRef:
    """Stores what was pasted or captured; on the cpu lane."""
    if len(data) > limits.max_file_bytes:
        raise _too_large(name, limits)
    return blobs.put_bytes(data, name, media_type_of(name))


def media_type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def check(path: Path, limits: Limits) -> bytes:
    """The first bytes of a file. Raises what is wrong with it, from its metadata and these bytes (archives:
    their directory)."""
    try:
        info = path.stat()
    except OSError as error:
        raise InvalidInput(
            _("“{name}” cannot be found.").format(name=path.name),
            field="files",
            next_step=_("Look where it is now, and choose it again."),
        ) from error
    if not path.is_file():
        raise InvalidInput(
            _("“{name}” is a folder or a device.").format(name=path.name),
            field="files",
            next_step=_("Choose single files, or pack the folder as a ZIP file."),
        )
    if info.st_size > limits.max_file_bytes:
        raise _too_large(path.name, limits)
    with _refused_unless_readable(path), path.open("rb") as source:
        header = source.read(_HEADER_BYTES)
        if header.startswith(b"\xff\xd8"):
            header += source.read(_JPEG_SEARCH_BYTES)
    _check_pixels(path.name, header)
    if header.startswith(b"PK\x03\x04"):
        _check_archive(path)
    return header


def _too_large(name: str, limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        _("“{name}” is larger than {limit} MB.").format(name=name, limit=limits.max_file_bytes // 2**20),
        field="files",
        next_step=_("Make it smaller or ask support where to put it."),
    )


def _check_pixels(name: str, header: bytes) -> None:
    size = _pixel_size(header)
    if size is not None and size[0] * size[1] > MAX_PIXELS:
        raise UnsafeFile(
            _("“{name}” is a picture of {width} × {height} pixels, too large to be handled safely.").format(
                name=name, width=size[0], height=size[1]
            ),
            field="files",
            next_step=_("Save it in a smaller size."),
        )


def _pixel_size(header: bytes) -> tuple[int, int] | None:
    """Width and height that a PNG, GIF, BMP, JPEG or WebP claims; None for everything else."""
    if header.startswith(b"\x89PNG\r\n\x1a\n") and len(header) >= 24:
        width, height = struct.unpack(">II", header[16:24])
        return width, height
    if header[:6] in (b"GIF87a", b"GIF89a") and len(header) >= 10:
        width, height = struct.unpack("<HH", header[6:10])
        return width, height
    if header.startswith(b"BM") and len(header) >= 26:
        width, height = struct.unpack("<ii", header[18:26])
        return abs(width), abs(height)
    if header.startswith(b"\xff\xd8"):
        return _jpeg_size(header)
    if header.startswith(b"RIFF") and header[8:12] == b"WEBP":
        return _webp_size(header)
    return None


def _jpeg_size(header: bytes) -> tuple[int, int] | None:
    """Of its frame header, found by going from segment to segment."""
    at = 2
    while at + 9 <= len(header) and header[at] == 0xFF:
        marker = header[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", header[at + 5 : at + 9])
            return width, height
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:  # without content
            at += 2
        else:
            at += 2 + int.from_bytes(header[at + 2 : at + 4], "big")
    return None


def _webp_size(header: bytes) -> tuple[int, int] | None:
    kind, data = header[12:16], header[20:]
    if kind == b"VP8X" and len(data) >= 10:
        return 1 + int.from_bytes(data[4:7], "little"), 1 + int.from_bytes(data[7:10], "little")
    if kind == b"VP8L" and len(data) >= 5:
        bits = int.from_bytes(data[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _check_archive(path: Path) -> None:
    """Sizes that the archive's own directory claims; nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        return  # not an archive after all, or a broken one: then it is just a file
    packed = max(path.stat().st_size, 1)
    if unpacked > MAX_UNPACKED_BYTES or unpacked / packed > MAX_UNPACKED_RATIO:
        raise UnsafeFile(
            _("“{name}” would unpack to an absurd size.").format(name=path.name),
            field="files",
            next_step=_("Pack only the files that show the problem."),
        )
