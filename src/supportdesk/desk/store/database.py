"""Opening a desk's database and its transactions."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, bindparam, inspect, select, text, update
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
)
from sqlalchemy.schema import CreateSchema

from supportdesk.desk.store import durable
from supportdesk.desk.store.address import Address, PostgresSchema
from supportdesk.desk.store.engines import CHECK, WRITES, Engines, engine_for, turn
from supportdesk.desk.store.schema import SCHEMA_VERSION, counters
from supportdesk.domain.errors import BackendError, Refused
from supportdesk.i18n import _

log = logging.getLogger(__name__)

DeskConnection = Connection
"""For those who only hand it on."""

CHANGE = "change"
TICKET = "ticket"
ORDER = "order"

_POSTGRES = "postgresql"
_POSTGRES_MODES: dict[bool, dict[str, object]] = {  # by whether the transaction writes
    False: {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    True: {"isolation_level": "READ COMMITTED", "postgresql_readonly": False},
}
_MY_TURN = select(counters.c.value).where(counters.c.name == CHANGE).with_for_update()
_DRAW = (
    update(counters)
    .where(counters.c.name == bindparam("counter"))
    .values(value=counters.c.value + bindparam("count"))
    .returning(counters.c.value)
)
_MIGRATION_LOCK = 0x5D35C
_VERSION = text("SELECT version_num FROM alembic_version")


def opened(address: Address, *, may_upgrade: bool = False) -> Connection:
    """A connection to the desk, which is made where it is missing.

    Belongs to the calling thread. An older desk is brought to the present schema only with `may_upgrade`: a
    server of the older version may be at work on it. Raises BackendError when it cannot be used (out of
    reach, damaged, of another version) and leaves it as it is.
    """
    if isinstance(address, Path):
        durable.make_folder(address)
    with _opening(address):
        connection = engine_for(address).connect()
        try:
            _bring_up_to_date(connection, address, may_upgrade=may_upgrade)
        except BaseException:
            connection.close()
            raise
        return connection


def held(address: Address, *, readers: int, writers: int) -> Engines:
    """As `opened`, for many threads, and an older desk is upgraded. One at a time holds a SQLite database."""
    engines = Engines(address, readers=readers, writers=writers)
    try:
        with _opening(address), engines.writer.connect() as connection:
            _bring_up_to_date(connection, address, may_upgrade=True)
    except BaseException:
        engines.close()
        raise
    return engines


def version_of(address: Address) -> str:
    """The schema's; '' where there is no desk yet. Changes nothing. Raises BackendError."""
    if isinstance(address, Path) and not (address / "desk.db").exists():
        return ""
    with _opening(address), closing(engine_for(address).connect()) as connection, closing(connection.begin()):
        return schema_version(connection)


@contextmanager
def _opening(address: Address) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        if isinstance(address, PostgresSchema):
            what = _("The database of the support desk cannot be used: {reason}").format(
                reason=_reason(error)
            )
        elif isinstance(error, OperationalError):
            what = _("The support desk on this computer cannot be opened.")
        else:
            what = _("The support desk on this computer is damaged.")
        failure = BackendError(what)
        if isinstance(address, Path):
            failure.add_note(f"{address / 'desk.db'}: {_reason(error)}")
        raise failure from error


def _reason(error: DatabaseError) -> str:
    """What the driver says, for whoever runs the server; it never names the password."""
    return str(error.orig).strip().partition("\n")[0]


def _bring_up_to_date(connection: Connection, address: Address, *, may_upgrade: bool) -> None:
    """Makes what is missing. Several processes may do so at once: one does it, the others find it done."""
    with closing(connection.begin()):
        version = schema_version(connection)
    if version and version < SCHEMA_VERSION and not may_upgrade:
        raise BackendError(
            _("The database of the support desk is of an older version."),
            next_step=_("Start the new version of the server first, or run “supportdesk-server upgrade”."),
        )
    if version != SCHEMA_VERSION:
        _upgrade(connection, address)


def _upgrade(connection: Connection, address: Address) -> None:
    with _begun(connection, writes=True):
        if isinstance(address, PostgresSchema):
            _take_postgres(connection, address)
        version = schema_version(connection)
        if version > SCHEMA_VERSION:
            raise BackendError(
                _(
                    "The support desk has the version {found}, and this program knows none after {known}."
                ).format(found=version, known=SCHEMA_VERSION),
                next_step=_("Install the newer version."),
            )
        if version < SCHEMA_VERSION:
            from supportdesk.desk.store.migrations import upgrade

            upgrade(connection)


def _take_postgres(connection: Connection, address: PostgresSchema) -> None:
    for limit in ("lock_timeout", "statement_timeout"):  # a big desk takes its time
        connection.exec_driver_sql(f"SET LOCAL {limit} = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
    if connection.exec_driver_sql("SHOW server_encoding").scalar() != "UTF8":
        raise BackendError(_("The database of the support desk must be made with the encoding UTF8."))
    if not inspect(connection).has_schema(address.name):
        connection.execute(CreateSchema(address.name))
    if inspect(connection).has_table(counters.name):  # whoever writes ends before, or finds the new version
        connection.execute(_MY_TURN)


def schema_version(connection: Connection) -> str:
    """The revision that the database carries, '' for an empty one. Within a transaction."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(_VERSION).scalar() or "")


def is_present(connection: Connection) -> bool:
    """Whether the desk still is of this program's version: a newer server may have upgraded it meanwhile.

    Within a transaction.
    """
    return connection.execute(_VERSION).scalar() == SCHEMA_VERSION


def _check_present(connection: Connection) -> None:
    if not is_present(connection):
        log.error("the database is of another version: this process has to be restarted with that version")
        raise BackendError(_("The support desk is being updated."))


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """One consistent view of the desk; within another transaction a part of that one."""
    if _writes(connection) is not None:
        yield
        return
    with as_backend_errors(), _explained(connection), _begun(connection, writes=False):
        yield


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """One transaction, all or nothing, one at a time in the whole desk.

    Whoever begins it waits until the writer before has committed. So nothing read in it can be outdated, and
    numbers drawn in it become visible in their order. Within another one it is a part of that: then its
    errors must end the outer one, too.
    """
    if _writes(connection):
        yield
        return
    with as_backend_errors(), _begun(connection, writes=True):
        if connection.dialect.name == _POSTGRES:
            connection.execute(_MY_TURN)
        _check_present(connection)
        if (check := connection.get_execution_options().get(CHECK)) is not None:
            check(connection)
        yield


@contextmanager
def checked(connection: Connection, check: Callable[[Connection], object]) -> Iterator[None]:
    """Meanwhile each writing transaction begins with `check`, whose errors end it before it writes."""
    connection.execution_options(**{CHECK: check})
    try:
        yield
    finally:
        connection.execution_options(**{CHECK: None})


def _writes(connection: Connection) -> bool | None:
    """Whether the open transaction writes; None where none is open."""
    return connection.get_execution_options().get(WRITES)


@contextmanager
def _begun(connection: Connection, *, writes: bool) -> Iterator[None]:
    modes = _POSTGRES_MODES[writes] if connection.dialect.name == _POSTGRES else {}
    connection.execution_options(**{WRITES: writes, **modes})
    try:
        if writes:
            with turn(connection), connection.begin():
                yield
        else:
            with closing(connection.begin()):  # there is nothing to commit
                yield
    finally:
        connection.execution_options(**{WRITES: None})


@contextmanager
def _explained(connection: Connection) -> Iterator[None]:
    """A question that cannot be asked any more is no fault where the desk is of another version by now."""
    try:
        yield
    except ProgrammingError:
        with closing(connection.begin()):
            _check_present(connection)
        raise


@contextmanager
def as_backend_errors() -> Iterator[None]:
    try:
        yield
    except (IntegrityError, ProgrammingError):  # a fault of the program
        raise
    except DataError as error:  # a text that this database cannot hold
        raise Refused(_("This cannot be understood by the support portal.")) from error
    except DatabaseError as error:  # locked, disk full, I/O error, damaged, out of reach
        raise durable.cannot_save() from error


def draw(connection: Connection, counter: str, count: int = 1) -> int:
    """The next number of a counter, the last of `count`; kept only if the transaction is."""
    return int(connection.execute(_DRAW, {"counter": counter, "count": count}).scalar_one())
