"""Writing to a disk so that a power cut takes nothing back."""

import os
from pathlib import Path

from supportdesk.domain.errors import BackendError
from supportdesk.i18n import _


def cannot_save() -> BackendError:
    """The disk is full or gone, the database locked, damaged or out of reach: it is tried again later."""
    return BackendError(_("The support desk cannot save at the moment."))


def make_folder(folder: Path) -> None:
    """With its parents. A new folder is only safe when the one above it has been synced, too."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def write(path: Path, offset: int, content: bytes) -> None:
    """At `offset` of the file, which is made where it is missing."""
    with path.open("r+b" if path.exists() else "wb") as stream:
        stream.seek(offset)
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def sync_file(path: Path) -> None:
    """What another program wrote."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def rename(source: Path, target: Path) -> None:
    """`target` is replaced; it lies in a folder of its own or the same one."""
    source.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # folders cannot be opened there, and a rename is kept without it
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
