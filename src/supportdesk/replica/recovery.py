"""Finding damage in the precious database, and bringing back what can be brought back.

Damaged files are set aside in `quarantine`, never deleted; each repair leaves a line for Diagnostics.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from supportdesk.clock import now, uuid7
from supportdesk.domain.errors import StoreError
from supportdesk.i18n import _, ngettext
from supportdesk.replica.blobs import sync_folder
from supportdesk.replica.commands import COLUMNS, CommandRow, log_seal
from supportdesk.replica.connections import connect_single, is_circumstance
from supportdesk.replica.rows import seal
from supportdesk.replica.schema import OUTBOX_STEPS, migrate, version

_SIDE_FILES = ("-wal", "-shm")
_KEPT_COPIES = 5

Key = tuple[str, object]
"""Table and primary key of a row."""
Row = tuple[object, ...]


class _Table:
    def __init__(self, name: str, columns: str, key: str) -> None:
        self.name = name
        self.columns = columns
        self.places = [column.strip() for column in columns.split(",")]
        self.key = self.places.index(key)


_TABLES = (
    _Table("saved_account", "id, body, seal", "id"),
    _Table("draft", "id, account_id, kind, body, updated_at, seal", "id"),
    _Table("command", f"{COLUMNS}, seq", "id"),
    _Table("delivery_log", "seq, command_id, at, step, detail, seal", "seq"),
    _Table("upload", "command_id, sha256, sent_bytes", "command_id"),
)


class OutboxFile:
    """The file `outbox.db` in a data folder, before anybody works with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "outbox.db"
        self._backup = folder / "outbox.backup.db"
        self._rebuilt = folder / "outbox.rebuilt.db"
        self.events: list[str] = []

    def prepare(self) -> None:
        """Creates, checks, repairs and migrates. Raises StoreError when it was made by a newer version."""
        self._finish_swap()
        if not self._path.exists() and self._backup.exists():
            self._recover(_("the file was missing"))
        elif self._path.exists() and (problem := self._examine()):
            self._recover(problem)
        connection = connect_single(self._path)
        try:
            if version(connection) > len(OUTBOX_STEPS):
                raise StoreError(
                    _("This data folder was used by a newer version of SupportDesk."),
                    next_step=_("Install the newer version."),
                )
            migrate(connection, OUTBOX_STEPS)
        finally:
            connection.close()

    def _examine(self) -> str:
        """What is wrong, or ''."""
        try:
            connection = connect_single(self._path)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            return damage_or_raise(error)
        try:
            if version(connection) == 0 and not _has_tables(connection):
                return ""
            (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if answer != "ok":
                return str(answer)
            migrate(connection, OUTBOX_STEPS)
            broken = sum(not intact(table.name, row) for table, row in _all_rows(connection))
            return (
                ngettext("{n} damaged entry", "{n} damaged entries", broken).format(n=broken)
                if broken
                else ""
            )
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            return damage_or_raise(error)
        finally:
            connection.close()

    def _recover(self, problem: str) -> None:
        aside = self._copy_aside()
        rows: dict[Key, tuple[_Table, Row]] = {}
        lost: set[Key] = set()
        self._collect(self._backup, rows, set())
        from_backup = set(rows)
        current: set[Key] = set()
        if aside is not None:
            current = self._collect(aside / self._path.name, rows, lost)
        self._rebuild([_doubtful(table, row, key not in current) for key, (table, row) in rows.items()])
        self.events.append(
            _(
                "The outbox was repaired ({problem})."
                " Entries recovered: {count}, of these from the backup: {backup}."
            ).format(problem=problem, count=len(rows), backup=len(from_backup - current))
        )
        self.events.extend(
            _(
                "Could not be recovered: {table} {key}. The damaged file is kept in the folder “quarantine”."
            ).format(table=table, key=key)
            for table, key in sorted(lost - set(rows), key=str)
        )

    def _collect(self, path: Path, rows: dict[Key, tuple[_Table, Row]], broken: set[Key]) -> set[Key]:
        """Adds every intact row of the database at `path`; returns their keys."""
        found: set[Key] = set()
        if not path.exists():
            return found
        with (
            contextlib.suppress(sqlite3.DatabaseError, UnicodeDecodeError),
            contextlib.closing(_open_leniently(path)) as connection,
        ):
            for table in _TABLES:
                for row in _salvage(connection, table):
                    key = (table.name, row[table.key] if table.name != "upload" else row[:2])
                    if intact(table.name, row):
                        rows[key] = (table, row)
                        found.add(key)
                    else:
                        broken.add(key)
        return found

    def _rebuild(self, entries: list[tuple[_Table, Row]]) -> None:
        for name in ("", *_SIDE_FILES, "-journal"):
            Path(f"{self._rebuilt}{name}").unlink(missing_ok=True)
        connection = sqlite3.connect(self._rebuilt, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            migrate(connection, OUTBOX_STEPS)
            connection.execute("BEGIN")
            for table, row in entries:
                marks = ", ".join("?" * len(row))
                connection.execute(
                    f"INSERT OR REPLACE INTO {table.name} ({table.columns}) VALUES ({marks})",  # noqa: S608
                    row,
                )
            connection.execute("COMMIT")
        finally:
            connection.close()
        self._path.unlink(missing_ok=True)
        self._finish_swap()

    def _finish_swap(self) -> None:
        """Puts a completely rebuilt database in place; also after a crash in between.

        The old database goes first and its log second: a log must never meet another database.
        """
        if self._path.exists() or not self._rebuilt.exists():
            return
        for name in _SIDE_FILES:
            Path(f"{self._path}{name}").unlink(missing_ok=True)
        self._rebuilt.replace(self._path)
        sync_folder(self._folder)

    def _copy_aside(self) -> Path | None:
        if not self._path.exists():
            return None
        aside = quarantine_folder(self._folder, "outbox")
        for name in ("", *_SIDE_FILES):
            source = Path(f"{self._path}{name}")
            if source.exists():
                shutil.copy2(source, aside / source.name)
        sync_folder(aside)
        return aside


def intact(table: str, row: Row) -> bool:
    """Whether a row of the outbox is what was once saved."""
    try:
        if table == "command":
            return CommandRow._make(row[:-1]).intact
        if table == "delivery_log":
            _seq, command_id, at, step, detail, kept = row
            return kept == log_seal(str(command_id), int(str(at)), str(step), str(detail))
        if table == "saved_account":
            return row[2] == seal(row[0], row[1])
        if table == "draft":
            return row[5] == seal(row[0], row[3])
    except (TypeError, ValueError):
        return False
    return True


def back_up(connection: sqlite3.Connection, folder: Path) -> None:
    """Copies the attached outbox to `outbox.backup.db`, whole or not at all. Write lane only."""
    temporary = folder / f"outbox.backup.{uuid7()}.db"
    try:
        target = sqlite3.connect(temporary, isolation_level=None)
        try:
            connection.backup(target, name="outbox")
            target.execute("PRAGMA journal_mode = DELETE")
        finally:
            target.close()
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())
        temporary.replace(folder / "outbox.backup.db")
        sync_folder(folder)
    finally:
        temporary.unlink(missing_ok=True)


def set_aside(folder: Path, name: str) -> Path:
    """Moves a database with its side files into quarantine; nobody may have it open."""
    aside = quarantine_folder(folder, name.partition(".")[0])
    for suffix in ("", *_SIDE_FILES):
        source = folder / f"{name}{suffix}"
        if source.exists():
            source.replace(aside / source.name)
    return aside


def quarantine_folder(folder: Path, kind: str) -> Path:
    """A new folder for damaged files; of each kind the newest few are kept."""
    root = folder / "quarantine"
    root.mkdir(parents=True, exist_ok=True)
    for old in sorted(root.glob(f"{kind}-*"))[: -_KEPT_COPIES + 1]:
        shutil.rmtree(old, ignore_errors=True)
    aside = root / f"{kind}-{now():%Y%m%dT%H%M%S%f}"
    aside.mkdir()
    return aside


def _doubtful(table: _Table, row: Row, only_in_backup: bool) -> tuple[_Table, Row]:
    """A command that only the backup knows may have been sent since: it counts as interrupted then."""
    if table.name != "command" or not only_in_backup:
        return table, row
    at = table.places.index("state")
    state = "sending" if row[at] in ("queued", "uploading") else row[at]
    return table, (*row[:at], state, *row[at + 1 :])


def _all_rows(connection: sqlite3.Connection) -> Iterator[tuple[_Table, Row]]:
    for table in _TABLES:
        for row in connection.execute(f"SELECT {table.columns} FROM {table.name}"):  # noqa: S608
            yield table, row


def _salvage(connection: sqlite3.Connection, table: _Table) -> Iterator[Row]:
    """Rows readable from both ends of a table whose middle may be broken; some come twice."""
    for direction in ("ASC", "DESC"):
        order = "command_id" if table.name == "upload" else "rowid"
        with contextlib.suppress(sqlite3.DatabaseError, UnicodeDecodeError):
            yield from connection.execute(
                f"SELECT {table.columns} FROM {table.name} NOT INDEXED ORDER BY {order} {direction}"  # noqa: S608
            )


def _open_leniently(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.text_factory = lambda data: data.decode(errors="replace")
    return connection


def _has_tables(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def damage_or_raise(error: sqlite3.DatabaseError | UnicodeDecodeError) -> str:
    """What is damaged, in SQLite's words."""
    if isinstance(error, sqlite3.Error) and is_circumstance(error):
        raise error
    return str(error)
