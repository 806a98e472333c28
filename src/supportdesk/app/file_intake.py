"""Files on their way into a draft: judged by what can be known without reading them, then stored.

A refusal names the file and says what to do; the others go on. Nothing of a refused file is read or kept.
"""

import mimetypes
import struct
import zipfile
from pathlib import Path

from supportdesk.domain.capabilities import Limits
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import InvalidInput, LimitExceeded, UnsafeFile
from supportdesk.i18n import _
from supportdesk.replica.blobs import Blobs

MAX_PIXELS = 100_000_000
MAX_UNPACKED_BYTES = 1 << 30
MAX_UNPACKED_RATIO = 200
_HEADER_BYTES = 64


def take_in(path: Path, blobs: Blobs, limits: Limits) -> FileRef:
    """Stores a file of this computer; on the cpu lane. Raises LimitExceeded, UnsafeFile or InvalidInput."""
    check(path, limits)
    return blobs.put_file(path, limits.max_file_bytes)


def take_in_bytes(data: bytes, name: str, blobs: Blobs, limits: Limits) -> FileRef:
    """Stores what was pasted or captured; on the cpu lane."""
    if len(data) > limits.max_file_bytes:
        raise _too_large(name, limits)
    return blobs.put_bytes(data, name, media_type_of(name))


def media_type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def check(path: Path, limits: Limits) -> None:
    """Raises what is wrong with a file, from its metadata and its first bytes (archives: their directory)."""
    try:
        info = path.stat()
    except OSError as error:
        raise InvalidInput(_("“{name}” cannot be found.").format(name=path.name), field="files") from error
    if not path.is_file():
        raise InvalidInput(
            _("“{name}” is a folder or a device.").format(name=path.name),
            field="files",
            next_step=_("Choose single files, or pack the folder as a ZIP file."),
        )
    if info.st_size > limits.max_file_bytes:
        raise _too_large(path.name, limits)
    try:
        with path.open("rb") as source:
            header = source.read(_HEADER_BYTES)
    except OSError as error:
        raise InvalidInput(
            _("“{name}” cannot be opened.").format(name=path.name),
            field="files",
            next_step=_("Close the program that uses it, or choose a copy."),
        ) from error
    _check_pixels(path.name, header)
    if header.startswith(b"PK\x03\x04"):
        _check_archive(path)


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
    """Width and height that a PNG, GIF or BMP claims in its first bytes; None for everything else."""
    if header.startswith(b"\x89PNG\r\n\x1a\n") and len(header) >= 24:
        width, height = struct.unpack(">II", header[16:24])
        return width, height
    if header[:6] in (b"GIF87a", b"GIF89a") and len(header) >= 10:
        width, height = struct.unpack("<HH", header[6:10])
        return width, height
    if header.startswith(b"BM") and len(header) >= 26:
        width, height = struct.unpack("<ii", header[18:26])
        return abs(width), abs(height)
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
