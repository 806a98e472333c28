"""SQLAlchemy engines for both kinds of database; every commit is durable and foreign keys hold."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

from supportdesk.desk.store import durable
from supportdesk.desk.store.address import Address, PostgresSchema
from supportdesk.domain.errors import BackendError
from supportdesk.file_lock import FileLock, Locked, holder
from supportdesk.i18n import _

BUSY_TIMEOUT_MS = 5_000
"""How long a writer of a SQLite database waits for another one."""

_LOOK_AGAIN_S = 0.002

WRITES = "supportdesk_writes"
"""Option of a connection: whether its next transaction writes."""
CHECK = "supportdesk_check"
"""Option of a connection: what its writing transactions begin with."""

_POSTGRES_SETTINGS = {
    "lock_timeout": "10s",  # who has to wait longer is told to come again
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "30s",  # nobody waits for ever for a machine that was cut off
    "jit": "off",  # many short statements: neither pays
    "max_parallel_workers_per_gather": "0",
}
_CONNECT_TIMEOUT_S = 10


def engine_for(address: Address, *, connections: int = 0, read_only: bool = False) -> Engine:
    """With a pool of so many connections; without one, each is closed when it is given back."""
    pool: dict[str, Any] = (
        {"pool_size": connections, "max_overflow": 0} if connections else {"poolclass": NullPool}
    )
    if isinstance(address, Path):
        return _sqlite(address / "desk.db", pool, read_only=read_only)
    return _postgres(address, pool)


def _sqlite(database: Path, pool: dict[str, Any], *, read_only: bool) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(database)), **pool)

    def prepare(driver: Any, _record: object) -> None:
        # Else the driver begins transactions by itself, but not before DDL or SELECT.
        driver.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"query_only = {int(read_only)}",
        ):
            driver.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def turn(connection: Connection) -> Iterator[None]:
    """One writer at a time among all programs, from before its transaction begins until it is committed.

    SQLite sees to that itself, but before 3.51.3 two that write or tidy up the log at the same instant may
    damage the database. PostgreSQL needs no help. Raises BackendError.
    """
    database = connection.engine.url.database
    if connection.dialect.name != "sqlite" or database is None:
        yield
        return
    lock = _taken(Path(database).with_name("desk.turn"))
    try:
        yield
    finally:
        lock.release()


def _taken(path: Path) -> FileLock:
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            return FileLock(path)
        except Locked as error:
            if time.monotonic() > deadline:
                raise durable.cannot_save() from error
            time.sleep(_LOOK_AGAIN_S)


def _begin_sqlite(connection: Connection) -> None:
    """A writer has its turn from the beginning, so that nothing it reads can be outdated."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(address: PostgresSchema, pool: dict[str, Any]) -> Engine:
    url = make_url(address.url).set(drivername="postgresql+psycopg")
    settings = {"search_path": address.name, **_POSTGRES_SETTINGS}
    options = [str(url.query.get("options", "")), *(f"-c {name}={value}" for name, value in settings.items())]
    arguments = {
        "application_name": "supportdesk",
        "client_encoding": "utf8",
        "connect_timeout": _CONNECT_TIMEOUT_S,
        "options": " ".join(options).strip(),
    }
    return create_engine(url.difference_update_query(["options"]), connect_args=arguments, **pool)


def hold(folder: Path) -> FileLock:
    """The one hold on a SQLite database. Raises BackendError where another one has it."""
    path = folder / "desk.lock"
    try:
        return FileLock(path, sign=True)
    except Locked as error:
        process = holder(path)
        if process:
            what = _("The process {process} is using this support desk.").format(process=process)
        else:
            what = _("Another program on this computer is using this support desk.")
        raise BackendError(
            what, next_step=_("End it first. With PostgreSQL several processes share one support desk.")
        ) from error


class Engines:
    """Those for the threads of one desk, while one holds it. Any thread."""

    def __init__(self, address: Address, *, readers: int, writers: int) -> None:
        """Raises BackendError for a SQLite database that is held already, in this process or another one."""
        self._lock: FileLock | None = None
        if isinstance(address, Path):
            durable.make_folder(address)
            self._lock = hold(address)
            self.writer = engine_for(address, connections=1)
            self.reader = engine_for(address, connections=readers, read_only=True)
        else:
            self.writer = self.reader = engine_for(address, connections=readers + writers)

    def close(self) -> None:
        """Once nobody uses a connection any more."""
        self.reader.dispose()
        self.writer.dispose()
        if self._lock is not None:
            self._lock.release()
