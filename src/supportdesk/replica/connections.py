"""SQLite connections as this room uses them, and what their errors mean."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from supportdesk.domain.errors import DiskFull, StoreBusy, StoreDamaged, StoreError

_READ_CACHE_KIB = 8 * 1024
_CIRCUMSTANCES = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_CANTOPEN",
    "SQLITE_READONLY",
    "SQLITE_PERM",
    "SQLITE_NOMEM",
    "SQLITE_INTERRUPT",
)
_SCHEMA_LOST = ("no such column", "no such table", "no such index", "no such view")
"""Every statement is ours and fits our schema: where it does not, the schema's own bytes have changed."""
_FULL_DISK_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT})


def connect_single(path: Path, *, synchronous: str = "FULL") -> sqlite3.Connection:
    """One database alone, created when missing; for checking, migrating and recovering before work begins."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA busy_timeout = 2000")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_writer(replica: Path, outbox: Path, *, outbox_synchronous: str = "FULL") -> sqlite3.Connection:
    """The one writing connection: the replica as main, the outbox attached.

    A commit to the replica may be lost with the power, one to the outbox may not.
    """
    connection = connect_single(replica, synchronous="NORMAL")
    try:
        connection.execute("ATTACH ? AS outbox", (str(outbox),))
        connection.execute("PRAGMA outbox.journal_mode = WAL")
        connection.execute(f"PRAGMA outbox.synchronous = {outbox_synchronous}")
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reader(replica: Path, outbox: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{replica.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("ATTACH ? AS outbox", (f"{outbox.absolute().as_uri()}?mode=ro",))
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{_READ_CACHE_KIB}")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def store_errors() -> Iterator[None]:
    """Turns what SQLite and the file system raise into errors of the tree."""
    try:
        yield
    except sqlite3.Error as error:
        raise store_error(error) from error
    except UnicodeDecodeError as error:  # even the message of SQLite's error quotes damaged bytes
        raise StoreDamaged from error
    except OSError as error:
        raise (
            DiskFull if error.errno in _FULL_DISK_ERRNOS else StoreError(f"{StoreError().what()} ({error})")
        ) from error


def store_error(error: sqlite3.Error) -> StoreError:
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR_SHM")):
        return DiskFull()
    if is_damage(error):
        return StoreDamaged()
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy()
    return StoreError(f"{StoreError().what()} ({error})")


def is_circumstance(error: sqlite3.Error) -> bool:
    """Whether the system around the database is to blame: nothing is wrong with its content then."""
    return str(getattr(error, "sqlite_errorname", "")).startswith(_CIRCUMSTANCES)


def is_damage(error: sqlite3.Error) -> bool:
    name = str(getattr(error, "sqlite_errorname", ""))
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or str(error).startswith(
        ("Could not decode", *_SCHEMA_LOST)
    )
