"""Opening a desk's database and its transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from supportdesk.desk import durable
from supportdesk.desk.schema import SCHEMA_VERSION, counters
from supportdesk.domain.errors import BackendError
from supportdesk.i18n import _

DeskConnection = Connection
"""For those who only hand it on."""

CHANGE = "change"
TICKET = "ticket"
BUSY_TIMEOUT_MS = 5_000


def engine_for(database: Path) -> Engine:
    """An engine on a SQLite file: every commit durable, foreign keys on, transactions where we say so."""
    engine = create_engine(f"sqlite:///{database}", poolclass=NullPool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(driver: Any, _record: object) -> None:
    driver.isolation_level = (
        None  # else the driver begins transactions by itself, but not before DDL or SELECT
    )
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        driver.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def opened(folder: Path) -> Connection:
    """The connection to the desk below `folder`, made or brought to the present schema where needed.

    Belongs to the calling thread. Raises BackendError when it cannot be used (out of reach, damaged, or made
    by a newer version) and leaves it as it is.
    """
    connection = None
    try:
        durable.make_folder(folder)
        connection = engine_for(folder / "desk.db").connect()
        _bring_up_to_date(connection)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, OperationalError):
            raise BackendError(_("The support desk on this computer cannot be opened.")) from error
        if isinstance(error, DatabaseError):
            raise BackendError(_("The support desk on this computer is damaged.")) from error
        raise
    return connection


def schema_version(connection: Connection) -> str:
    """The revision that the database carries, '' for an empty one."""
    with connection.begin():
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _bring_up_to_date(connection: Connection) -> None:
    version = schema_version(connection)
    if version == SCHEMA_VERSION:
        return
    if version > SCHEMA_VERSION:
        raise BackendError(_("The support desk on this computer was made by a newer version."))
    from supportdesk.desk.migrations import upgrade

    with connection.begin():  # entirely or not at all
        upgrade(connection)


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """One consistent view of the desk."""
    with _as_backend_errors(), connection.begin():
        yield


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """One transaction, all or nothing, one at a time in the whole desk.

    Its first statement is a write to one row. So on SQLite nothing read in it can be outdated, on PostgreSQL
    others wait here until it is committed, and numbers drawn in it become visible in their order.
    """
    with _as_backend_errors(), connection.begin():
        connection.execute(update(counters).where(counters.c.name == CHANGE).values(value=counters.c.value))
        yield


@contextmanager
def _as_backend_errors() -> Iterator[None]:
    try:
        yield
    except (IntegrityError, ProgrammingError):  # a fault of the program
        raise
    except DatabaseError as error:  # locked, disk full, I/O error, damaged: nothing was committed
        raise BackendError(_("The support desk cannot save at the moment.")) from error


def draw(connection: Connection, counter: str, count: int = 1) -> int:
    """The next number of a counter, the last of `count`; kept only if the transaction is."""
    return int(
        connection.execute(
            update(counters)
            .where(counters.c.name == counter)
            .values(value=counters.c.value + count)
            .returning(counters.c.value)
        ).scalar_one()
    )
