"""Copies of a desk, made while it is at work, and a desk made of a copy.

A copy is laid out like the place of a vendor: `desk.db` and `files`. The database is copied first: contents
are in their place before a ticket speaks of them and are not removed after, so what is copied then is enough.
Contents in a place with tools of its own stay there: whether they are there is looked at all the same.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from supportdesk.desk.store import durable, settings
from supportdesk.desk.store.address import Address, PostgresSchema
from supportdesk.desk.store.contents import Contents
from supportdesk.desk.store.database import opened, reading, schema_version, writing
from supportdesk.desk.store.engines import engine_for, hold
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import attachments, uploads
from supportdesk.desk.store.transfer import there_already, transfer
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import BackendError, Refused
from supportdesk.i18n import _

_CHUNK_BYTES = 8 * 1024 * 1024
_DATABASE = "desk.db"


class Copied(msgspec.Struct, frozen=True):
    files: int
    """That were not there before."""
    lost: tuple[str, ...]
    """Hashes of contents of which tickets speak, but which are damaged or missing."""
    elsewhere: int = 0
    """That stay in their place, and are there."""


def back_up(address: Address, files: Files, folder: Path) -> Copied:
    """Into `folder`; one that holds an earlier copy is brought up to now.

    Of a database on PostgreSQL only the files are copied: pg_dump has to come before. Raises Refused where
    there is no desk, BackendError.
    """
    _check_there(address)
    durable.make_folder(folder)
    with closing(opened(address)) as connection:
        if isinstance(address, Path):
            _snapshot(address, folder)
        if files.whole.backed_up_elsewhere:
            return _seen(connection, files.whole)
        return _copy(connection, files, Files(folder / "files"))


def restore(folder: Path, address: Address, files: Files) -> Copied:
    """Makes the desk that was copied into `folder`.

    On PostgreSQL pg_restore has made its database already, or the copy is of a desk on SQLite, which moves to
    PostgreSQL. Every customer's app begins its sync anew: it may have seen what is not there any more. Raises
    Refused where there is a desk already, BackendError.
    """
    if isinstance(address, Path):
        with _alone(address):
            _bring_database(folder, address)
    elif (folder / _DATABASE).is_file():
        transfer(folder / _DATABASE, address)
    else:
        _check_restored(address)
    with closing(opened(address, may_upgrade=True)) as connection:
        copied = _copy(connection, Files(folder / "files"), files)
        _forget_uploads(connection)
        settings.renew_identity(connection)
        return copied


def _forget_uploads(connection: Connection) -> None:
    """What was brought and not attached yet is not in the copy: whoever brought it has to do so again."""
    with writing(connection):
        connection.execute(uploads.delete())


def _check_there(address: Address) -> None:
    """A wrong configuration is not a desk without files."""
    if isinstance(address, Path) and not (address / _DATABASE).is_file():
        raise Refused(_("There is no support desk."), next_step=_("Check the configuration."))


def _check_restored(address: PostgresSchema) -> None:
    with closing(engine_for(address).connect()) as connection, closing(connection.begin()):
        if not schema_version(connection):
            raise Refused(
                _("There is no support desk in the database."), next_step=_("Run pg_restore first.")
            )


def _snapshot(address: Path, folder: Path) -> None:
    fresh = folder / f"{_DATABASE}.new"
    fresh.unlink(missing_ok=True)
    with _errors(), closing(engine_for(address).raw_connection()) as connection:
        # One consistent view; writers go on meanwhile.
        connection.cursor().execute("VACUUM INTO ?", (str(fresh),))
    durable.sync_file(fresh)
    durable.rename(fresh, folder / _DATABASE)


def _bring_database(folder: Path, address: Path) -> None:
    if (address / _DATABASE).exists():
        raise there_already()
    if not (folder / _DATABASE).is_file():
        raise Refused(_("There is no copy of a support desk."), next_step=_("Name the folder of a backup."))
    fresh = address / f"{_DATABASE}.new"
    shutil.copyfile(folder / _DATABASE, fresh)
    durable.sync_file(fresh)
    durable.rename(fresh, address / _DATABASE)


@contextmanager
def _alone(address: Path) -> Iterator[None]:
    durable.make_folder(address)
    lock = hold(address)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise BackendError(_("The support desk on this computer is damaged.")) from error


def _wanted(connection: Connection) -> list[str]:
    """Every content of which a ticket speaks."""
    with reading(connection):
        return list(connection.execute(select(attachments.c.sha256).distinct()).scalars())


def _seen(connection: Connection, contents: Contents) -> Copied:
    wanted = set(_wanted(connection))
    there = wanted.intersection(contents.untouched(datetime.max.replace(tzinfo=UTC)))
    return Copied(0, tuple(sorted(wanted - there)), elsewhere=len(there))


def _copy(connection: Connection, source: Files, target: Files) -> Copied:
    """Each is checked against its hash."""
    count, lost = 0, []
    for sha256 in _wanted(connection):
        if target.whole.whole_bytes(sha256) is not None:
            continue
        if _brought(source, target, sha256):
            count += 1
        else:
            lost.append(sha256)
    return Copied(count, tuple(sorted(lost)))


def _brought(source: Files, target: Files, sha256: str) -> bool:
    size_bytes = source.whole.whole_bytes(sha256)
    if size_bytes is None:
        return False
    file = FileRef(name=sha256, sha256=sha256, size_bytes=size_bytes)
    offset = target.append("", file, 0, source.read(sha256, 0, _CHUNK_BYTES))
    while offset < size_bytes:
        offset = target.append("", file, offset, source.read(sha256, offset, _CHUNK_BYTES))
    target.settle("", file)
    return True
