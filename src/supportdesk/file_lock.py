"""A lock on a file that ends with the process at the latest, whatever ends the process."""

import os
import sys
from pathlib import Path

_SIGNATURE = 1
"""Where it begins in the file: behind the byte that Windows keeps others from reading."""


class Locked(Exception):
    """Another holder has the lock."""


class FileLock:
    """Held from being made until `release`. Raises Locked, or OSError where the file cannot be opened."""

    def __init__(self, path: Path, *, wait: bool = False, sign: bool = False) -> None:
        """With `wait`, for the others' end: also for other threads of this process. With `sign`, others can
        find out who the `holder` is."""
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _take(self._handle, wait=wait)
            if sign:
                _sign(self._handle)
        except OSError as error:
            os.close(self._handle)
            if isinstance(error, BlockingIOError | PermissionError):
                raise Locked from error
            raise

    def release(self) -> None:
        """Closing the file gives the lock up."""
        os.close(self._handle)


def holder(path: Path) -> int:
    """Id of the process that has signed the lock, 0 where it is not known. Raises OSError."""
    with path.open("rb", buffering=0) as file:
        file.seek(_SIGNATURE)
        written = file.read(20)
    return int(written) if written.isdigit() else 0


def _sign(handle: int) -> None:
    os.ftruncate(handle, _SIGNATURE)
    os.lseek(handle, _SIGNATURE, os.SEEK_SET)
    os.write(handle, str(os.getpid()).encode())


def _take(handle: int, *, wait: bool) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
